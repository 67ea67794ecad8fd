// What opens the practice, and what is typed while that is being changed. Pure data; main thread.
#pragma once

#include <array>
#include <string>

namespace chartside {

enum class RecoveryCode : int { none, unchecked, checked };

/// What opens the practice besides its passphrase.
struct KeyState {
    RecoveryCode recovery = RecoveryCode::none;
    bool device_possible = false; // this browser and device can open it by the device's own lock
    bool device_added = false;
};

enum class KeyTask : int {
    none,
    new_passphrase,    // opened with the recovery code: the forgotten passphrase gets a successor
    change_passphrase,
    confirm_code,      // the passphrase is asked for before a new code is made
    show_code,
    check_code,        // two groups of it are typed back from the paper
    confirm_device,
};

/// Wiped when the task is left and when the practice is locked.
struct KeyForm {
    KeyTask task = KeyTask::none;
    bool from_set_up = false;
    bool busy = false;
    std::string problem; // sentence
    std::string present; // the passphrase, asked for again
    std::string first, again;
    std::string code;    // "7QK2-..."; empty while it is being made
    std::array<int, 2> asked_groups{}; // of the seven, from 0
    std::array<std::string, 2> typed_groups;
};

} // namespace chartside
