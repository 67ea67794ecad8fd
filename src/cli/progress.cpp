#include "cli/progress.h"

#include <cstdio>
#include <unistd.h>

namespace chartside::cli {
namespace {

constexpr double line_every_ms = 5 * 60000.0;

} // namespace

std::string clock_text(double milliseconds)
{
    char text[16];
    const auto seconds = static_cast<int>(milliseconds / 1000);
    std::snprintf(text, sizeof text, "%d:%02d", seconds / 60, seconds % 60);
    return text;
}

Progress::Progress() : m_terminal(isatty(STDERR_FILENO) != 0), m_next_line_ms(line_every_ms) {}

Progress::~Progress() { clear(); }

void Progress::show(double done_ms, double total_ms)
{
    if (!m_terminal) {
        if (done_ms < m_next_line_ms) return;
        std::fprintf(stderr, "%s of %s heard\n", clock_text(done_ms).c_str(), clock_text(total_ms).c_str());
        while (m_next_line_ms <= done_ms) m_next_line_ms += line_every_ms;
        return;
    }
    std::fprintf(stderr, "\r%s of %s ", clock_text(done_ms).c_str(), clock_text(total_ms).c_str());
    std::fflush(stderr);
    m_shown = true;
}

void Progress::clear()
{
    if (m_shown) std::fputs("\r                \r", stderr);
    m_shown = false;
}

} // namespace chartside::cli
