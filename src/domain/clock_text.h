// Times as people read them. Pure; any thread.
#pragma once

#include <string>

namespace chartside {

std::string clock_time(double epoch_ms, int utc_offset_minutes);      // "10:41"
std::string long_date(double epoch_ms, int utc_offset_minutes);       // "Monday, November 23"
std::string short_date(double epoch_ms, int utc_offset_minutes);      // "Nov 23"
std::string day_label(double epoch_ms, double now_ms, int utc_offset_minutes); // "Today", "Yesterday", "Nov 23"
bool is_same_day(double a_ms, double b_ms, int utc_offset_minutes);
std::string position_time(double ms);  // "01:12", "1:02:03"
std::string minutes_text(double ms);   // "14 min", "40 s", never parted at the end of a line
std::string megabytes_text(double bytes); // "12.4 MB"

} // namespace chartside
