#include "domain/clock_text.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace chartside {

namespace {

constexpr const char* day_names[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr const char* month_names[] = {"January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"};

long long local_minutes(double epoch_ms, int utc_offset_minutes)
{
    return static_cast<long long>(std::floor(epoch_ms / 60000)) + utc_offset_minutes;
}

long long day_number(double epoch_ms, int utc_offset_minutes)
{
    const long long minutes = local_minutes(epoch_ms, utc_offset_minutes);
    return minutes >= 0 ? minutes / 1440 : -((1439 - minutes) / 1440);
}

std::chrono::year_month_day date(double epoch_ms, int utc_offset_minutes)
{
    return std::chrono::sys_days{std::chrono::days{day_number(epoch_ms, utc_offset_minutes)}};
}

template <typename... Values>
std::string format(const char* pattern, Values... values)
{
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, pattern, values...);
    return buffer;
}

} // namespace

std::string clock_time(double epoch_ms, int utc_offset_minutes)
{
    const long long minutes = local_minutes(epoch_ms, utc_offset_minutes);
    const int of_day = static_cast<int>(((minutes % 1440) + 1440) % 1440);
    return format("%02d:%02d", of_day / 60, of_day % 60);
}

std::string short_date(double epoch_ms, int utc_offset_minutes)
{
    const auto day = date(epoch_ms, utc_offset_minutes);
    return format("%.3s %u", month_names[static_cast<unsigned>(day.month()) - 1], static_cast<unsigned>(day.day()));
}

std::string long_date(double epoch_ms, int utc_offset_minutes)
{
    const auto day = date(epoch_ms, utc_offset_minutes);
    const std::chrono::weekday weekday{std::chrono::sys_days{day}};
    return format("%s, %s %u", day_names[weekday.c_encoding()], month_names[static_cast<unsigned>(day.month()) - 1],
        static_cast<unsigned>(day.day()));
}

bool is_same_day(double a_ms, double b_ms, int utc_offset_minutes)
{
    return day_number(a_ms, utc_offset_minutes) == day_number(b_ms, utc_offset_minutes);
}

std::string day_label(double epoch_ms, double now_ms, int utc_offset_minutes)
{
    const long long ago = day_number(now_ms, utc_offset_minutes) - day_number(epoch_ms, utc_offset_minutes);
    if (ago == 0) return "Today";
    if (ago == 1) return "Yesterday";
    return short_date(epoch_ms, utc_offset_minutes);
}

std::string position_time(double ms)
{
    const int seconds = static_cast<int>(std::max(0.0, ms) / 1000);
    if (seconds >= 3600) return format("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return format("%02d:%02d", seconds / 60, seconds % 60);
}

std::string minutes_text(double ms)
{
    if (ms < 60000) return format("%d\u00A0s", static_cast<int>(std::round(std::max(0.0, ms) / 1000)));
    return format("%d\u00A0min", static_cast<int>(std::round(ms / 60000)));
}

std::string megabytes_text(double bytes)
{
    if (bytes < 1e6) return format("%.0f kB", std::ceil(bytes / 1000));
    return format(bytes < 1e7 ? "%.1f MB" : "%.0f MB", bytes / 1e6);
}

} // namespace chartside
