// The doctor's wishes as orders: "start you on" -> "Start", the problem that is talked about, and which part of a plan
// a line of it is. Pure; any thread.
#pragma once

#include "note/words.h"

#include <optional>
#include <string>
#include <string_view>

namespace chartside::note {

/// `phrase` where `source` was said, and `rest` behind it.
Words put(const Words& source, std::string_view phrase, const Words& rest);

bool is_order_verb(std::string_view lower);

/// Without "go ahead and", "just", "also" in front.
Words drop_padding(Words words);

struct Heading {
    Words name;
    size_t end = 0; // first word after it
};

/// "for your first problem, your congestive heart failure," / "in terms of the knee" / "from a depression standpoint"
std::optional<Heading> read_heading(const Words& words);

/// The verb phrase after "I want to" as an order, or as advice to the patient; empty where it is talk.
Words order_of(const Words& source, Words verb_phrase);

/// The label of what the doctor thinks of a problem; every other label stands before something to do.
constexpr std::string_view reasoning_label = "Medical Reasoning";

/// What a line of the plan is, as hospital notes label it: "Medical Reasoning", "Additional Testing", "Medical
/// Treatment", "Patient Education and Counseling".
std::string plan_label(const Words& written);

} // namespace chartside::note
