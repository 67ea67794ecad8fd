// How far a recording has been heard, on stderr: one line that is written over on a terminal, else a line every few
// minutes of sound. Main thread.
#pragma once

#include <string>

namespace chartside::cli {

/// "3:05"
std::string clock_text(double milliseconds);

class Progress {
public:
    Progress();
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void show(double done_ms, double total_ms);
    /// Takes the line away again.
    void clear();

private:
    bool m_terminal;
    bool m_shown = false;
    double m_next_line_ms;
};

} // namespace chartside::cli
