// Whether words can be shown as a sentence of a note: the last reader before the page, who knows grammar and not what
// was said. Pure; any thread.
#pragma once

#include "note/words.h"

#include <string_view>

namespace chartside::note {

/// What the words have to be. A statement has a subject and a verb; an order begins with its verb; a finding stands
/// under a label or in the exam and may be a phrase; a topic is what is denied or reported.
enum class Form { statement, order, finding, topic };

/// Why the words cannot be shown: "person" (a first or second person is left), "question" (one is asked in them),
/// "broken" (two sentences run into each other), "dangling" (they break off), "fragment" (no subject with its verb) or
/// "empty" (nothing is said in them). Empty where they can be shown. Words between quotation marks are the speaker's.
std::string_view flaw_of(const Words& words, Form form);

/// Without what trails behind a finished sentence: ", but at this point", "so now", "however".
Words without_loose_end(const Words& words);

} // namespace chartside::note
