// Whether what the model says was heard is to be believed. Pure; any thread.
//
// The model has to say something about whatever it is given: of a piece of a word it makes another word ("Mm-h",
// "Yeah."), and it is sure of it. So the sound must carry the words:
// - no word said by itself has less than 190 ms of voice (answers have 250 ms and more, however fast);
// - of a voice that the recording's start or end cuts into, less is certain, and of a short one cut at both nothing is;
// - a short text that did not come to its end by itself ran on into the limit of tokens.
// Calibrated on 1,500 pieces of 0.1 to 0.5 s cut out of read, conversational and made speech, and on short answers.
#pragma once

#include <string_view>

namespace chartside::speech {

struct Evidence {
    float confidence = 0;        // of the whole text
    float end_probability = 0;   // of the end of the text; 0 when the decoder was stopped
    double length_ms = 0;        // of what was decoded
    double voiced_ms = 0;        // of voice in it
    float peak_probability = 0;  // that there is a voice at all, where it is likeliest
    bool cut_at_start = false;   // the recording began within the voice
    bool cut_at_end = false;     // and ended within it
};

bool is_believable(std::string_view text, const Evidence& evidence);

} // namespace chartside::speech
