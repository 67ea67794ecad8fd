// Code points of the icons we draw from lucide.ttf (its codepoints.json). Main thread.
#pragma once

namespace chartside::ui {

enum class Icon : char32_t {
    none = 0,
    stethoscope = 0xe2f1, calendar = 0xe063, file_text = 0xe0cc, settings = 0xe154, shield_check = 0xe1ff,
    lock = 0xe10b, undo = 0xe2a1, copy = 0xe09e, check = 0xe06c, play = 0xe13c, square = 0xe167, pause = 0xe12e,
    flag = 0xe0d1, mic = 0xe118, wifi_off = 0xe1af, circle_alert = 0xe077, info = 0xe0f9, plus = 0xe13d,
    close = 0xe1b2, triangle_alert = 0xe193, pill = 0xe3bd, link = 0xe102, chevron_left = 0xe06e,
    chevron_right = 0xe06f, chevron_down = 0xe06d, arrow_left = 0xe048, file_audio = 0xe31a, user = 0xe19f,
    sun = 0xe178, moon = 0xe11e, monitor = 0xe11d, trash = 0xe18e, pencil = 0xe1f9, volume = 0xe1ab,
    swap = 0xe24a, refresh = 0xe145, key = 0xe4a3, hard_drive = 0xe0ed, clock = 0xe087, ear = 0xe382,
    messages = 0xe40d, circle_check = 0xe226, panel_right = 0xe431, pen_line = 0xe130, book_open = 0xe05f,
    audio_lines = 0xe55a, download = 0xe0b2, clipboard_check = 0xe219,
};

} // namespace chartside::ui
