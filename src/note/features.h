// What the linear model sees of a clause. Training reads these very strings (`eval note --features`), so that the
// model is never asked about features it was not trained on. Pure; any thread.
#pragma once

#include "note/clauses.h"

#include <span>
#include <string>
#include <vector>

namespace chartside::note {

/// Features of clauses[index]. `role` colours them with the speaker; unknown leaves the speaker out, as the
/// heads for role and question need it.
std::vector<std::string> clause_features(std::span<const Clause> clauses, size_t index, Role role);

} // namespace chartside::note
