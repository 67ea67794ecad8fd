// Preferences as the one flat JSON object that the store keeps. Pure; any thread.
#pragma once

#include "domain/state.h"

#include <string>
#include <string_view>

namespace chartside::app {

std::string preferences_to_json(const Preferences& preferences);
/// Unknown names are skipped and bad values replaced by the usual ones, so that an older file always opens.
Preferences preferences_from_json(std::string_view json);

} // namespace chartside::app
