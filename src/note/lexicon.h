// Closed word lists of the rules: English function words and verb forms (lexicon_english.cpp), and clinical terms
// (lexicon_clinical.cpp). All look-ups take lower case. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace chartside::note {

// English
bool is_filler(std::string_view lower);
bool is_adverb(std::string_view lower);           // may stand between a subject and its verb
bool is_function_word(std::string_view lower);
bool takes_is_contraction(std::string_view lower); // "it" in "it's"; not "patient" in "patient's"
bool is_participle_after_has(std::string_view lower);
bool is_before_kind_of(std::string_view lower);   // "what kind of" is no hedge
bool is_proper_noun(std::string_view lower);
bool is_negator(std::string_view lower);
bool is_auxiliary(std::string_view lower);        // be, have, do, modals
bool is_modal(std::string_view lower);
bool is_base_verb(std::string_view lower);
bool is_past_verb(std::string_view lower);        // irregular past forms, and -ed
bool is_third_person_verb(std::string_view lower); // "takes", "catches", "tries": also where a noun looks the same
bool is_preposition(std::string_view lower);
bool is_subject_pronoun(std::string_view lower);
bool is_determiner(std::string_view lower);
bool is_wh_word(std::string_view lower);
/// "go" -> "goes", "have" -> "has", "am" -> "is".
std::string third_person(std::string_view base_verb);
/// "take" -> "taking".
std::string ing_form(std::string_view base_verb);
/// "mri" -> "MRI"; empty where there is none.
std::string_view acronym_form(std::string_view lower);

// Clinical
bool is_drug(std::string_view lower);
bool is_drug_brand(std::string_view lower);  // written with a capital
bool is_drug_class(std::string_view lower);  // "antibiotic", "inhaler": no dose is expected
bool is_symptom(std::string_view lower);
bool is_condition(std::string_view lower);
bool is_family_member(std::string_view lower);
bool is_test(std::string_view lower);
/// The exam label of a body part ("lungs" -> "Lungs"), or empty.
std::string_view exam_label(std::string_view lower);
bool is_vital_sign(std::string_view lower);
bool is_laterality(std::string_view lower);

} // namespace chartside::note
