// Versions of the open note, for taking edits back. Every version is also kept by the store as a revision; this
// one lives in memory and ends with the visit. Pure; main thread.
#pragma once

#include "domain/note.h"

#include <deque>

namespace chartside::app {

class Journal {
public:
    static constexpr size_t limit = 500;

    void remember(Note note)
    {
        m_versions.push_back(std::move(note));
        if (m_versions.size() > limit) m_versions.pop_front();
    }
    bool empty() const { return m_versions.empty(); }
    int count() const { return static_cast<int>(m_versions.size()); }
    Note take_back()
    {
        Note note = std::move(m_versions.back());
        m_versions.pop_back();
        return note;
    }
    void clear() { m_versions.clear(); }

private:
    std::deque<Note> m_versions;
};

} // namespace chartside::app
