#include "note/orders.h"

#include "base/text.h"
#include "note/draft.h"
#include "note/lexicon.h"
#include "note/phrase.h"

#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

} // namespace

Words put(const Words& source, std::string_view phrase, const Words& rest)
{
    int start = source.empty() ? 0 : source.front().start, end = source.empty() ? 0 : source.front().end;
    Words out = make_words(phrase, start, end);
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
}

bool is_order_verb(std::string_view lower)
{
    static const Set set = {"order", "start", "increase", "decrease", "continue", "stop", "refer", "repeat", "schedule", "prescribe", "check", "send", "get", "obtain", "recommend",
                            "switch", "add", "hold", "refill", "follow", "monitor", "keep", "take", "use", "avoid", "call", "return", "come", "go", "try", "drink", "eat", "limit", "rest",
                            "elevate", "apply", "wear", "ice", "watch", "bring", "write", "do", "make", "put", "give", "have", "see", "let", "contact", "discontinue", "taper", "resume",
                            "perform", "wait", "finish", "discuss", "consider", "reduce", "lower", "change", "weigh", "record", "exercise", "walk", "wean", "set", "plan", "proceed", "remove", "draw", "screen", "measure", "treat", "inject"};
    return set.contains(lower);
}

Words drop_padding(Words words)
{
    Words out;
    for (size_t i = 0; i < words.size();) {
        if (size_t length = match_any(words, i, {"go ahead and", "go ahead"})) {
            i += length;
            continue;
        }
        bool early = out.size() < 2;
        if (early && (words[i].is("just") || words[i].is("also") || words[i].is("actually") || words[i].is("really") || words[i].is("probably") || words[i].is("certainly") || words[i].is("definitely"))) {
            if (!words[i].is("probably")) {
                i++;
                continue;
            }
        }
        out.push_back(words[i++]);
    }
    while (!out.empty() && out[0].is(",")) out.erase(out.begin());
    return out;
}

std::optional<Heading> read_heading(const Words& words)
{
    size_t at = 0;
    while (at < words.size() && (words[at].is("and") || words[at].is("then") || words[at].is("now") || words[at].is(",") || words[at].is("so") || words[at].is("as") || words[at].is("lastly") || words[at].is("finally") || words[at].is("next") || words[at].is("secondly"))) {
        if (words[at].is("as") && !phrase_at(words, at, "as far as") && !phrase_at(words, at, "as for")) break;
        if (words[at].is("as")) break;
        at++;
    }
    size_t ordinal = match_any(words, at, {"for your first problem", "for your second problem", "for your third problem", "for your fourth problem", "for your next problem", "for your last problem", "for the first problem",
                                           "for the second problem", "your first problem", "for your first problem is", "for problem number 1", "first problem", "next problem", "second problem", "third problem", "your next problem", "your last problem",
                                           "your second problem", "your third problem", "for you first problem", "for your fifth problem", "problem number 1", "problem number 2", "problem number 3", "for your first issue", "for your other problem", "for your 1st problem", "for your 2nd problem", "for your 3rd problem"});
    size_t opener = ordinal ? ordinal : match_any(words, at, {"in terms of your", "in terms of the", "in terms of", "as far as your", "as far as the", "as for your", "as for the", "with regards to your", "with regard to your", "with regards to the", "regarding your", "regarding the",
                                                              "for your", "for the", "for her", "for his", "when it comes to your", "with respect to your", "concerning your", "on the topic of your"});
    bool standpoint = false;
    if (!opener) {
        opener = match_any(words, at, {"from a", "from an", "from the", "from your"});
        standpoint = opener > 0;
    }
    if (!opener) return std::nullopt;
    size_t from = at + opener;
    while (from < words.size() && (words[from].is(",") || words[from].is("of") || words[from].is("is") || words[from].is("your") || words[from].is("the") || words[from].is("this") || words[from].is("a") || words[from].is("new") || words[from].is("with") || words[from].is("for") || words[from].is("uh") || words[from].is("being"))) from++;
    size_t end = from;
    static const Set stops = {"i", "we", "you", "let", "it", "this", "that", "there", "they", "she", "he", "um", "so", "is", "are", "was", "continue", "go", "please", "your", "again", "because", "now", "what", "if", "since", "keep", "take", "start", "use"};
    while (end < words.size() && end - from < 8) {
        const std::string& lower = words[end].lower;
        if (standpoint && (lower == "standpoint" || lower == "perspective")) break;
        if (words[end].is(",")) {
            // "high cholesterol, and blood pressure" goes on; ", I ..." does not
            break;
        }
        if (stops.contains(lower) && !(lower == "your" && end > from && words[end - 1].is("and"))) break; // "your reflux and your nausea"
        end++;
    }
    if (end == from) return std::nullopt;
    if (standpoint && !(end < words.size() && (words[end].is("standpoint") || words[end].is("perspective")))) return std::nullopt;
    Words name = slice(words, from, end);
    while (!name.empty() && (name.back().is("and") || name.back().is("or") || is_preposition(name.back().lower))) name.pop_back();
    std::erase_if(name, [](const Word& word) { return word.is("your"); });
    if (name.empty() || (end < words.size() && (words[end].is("is") || words[end].is("are") || words[end].is("was")) && !ordinal)) return std::nullopt;
    for (const Word& word : name)
        if ((word.kind == WordKind::number && !(&word != name.data() && (&word - 1)->is("type"))) || is_drug(word.lower) || word.is("exam") || word.is("time") || word.is("visit") || word.is("next") || word.is("now") || word.is("results") || is_adverb(word.lower) || word.is("weeks") || word.is("days")) return std::nullopt;
    ClinicalTerms terms = clinical_terms(name);
    if (!ordinal && !terms.conditions && !terms.symptoms && !terms.body && !terms.tests && !terms.classes) return std::nullopt;
    if (!ordinal && !standpoint && end >= words.size()) return std::nullopt;
    size_t rest = standpoint ? end + 1 : end;
    while (rest < words.size() && (words[rest].is(",") || words[rest].is("um"))) rest++;
    return Heading{name, rest};
}

Words order_of(const Words& source, Words verb_phrase)
{
    Words words = drop_padding(std::move(verb_phrase));
    while (words.size() > 2 && (words[0].is("need") || words[0].is("have") || words[0].is("want")) && words[1].is("to")) words = drop_padding(slice(words, 2));
    if (words.empty()) return {};
    if (words.size() > 2 && words[0].lower.ends_with("ly") && is_order_verb(words[1].lower)) return words; // "closely monitor"
    struct Rule { std::string_view spoken; std::string_view written; };
    static constexpr Rule rules[] = {
        {"start you on", "Start"}, {"put you on", "Start"}, {"get you started on", "Start"}, {"get you on", "Start"}, {"have you on", "Continue"}, {"keep you on", "Continue"}, {"continue you on", "Continue"}, {"leave you on", "Continue"}, {"maintain you on", "Continue"},
        {"take you off of", "Stop"}, {"take you off", "Stop"}, {"have you stop", "Stop"}, {"have you start", "Start"}, {"have you continue", "Continue"}, {"have you take", "Take"},
        {"refer you back to", "Refer back to"}, {"refer you out to", "Refer to"}, {"refer you over to", "Refer to"}, {"refer you to", "Refer to"}, {"refer you for", "Refer for"}, {"send you to", "Refer to"}, {"send you over to", "Refer to"}, {"send you for", "Send for"}, {"send you out for", "Send for"}, {"send you home with", "Send home with"}, {"get you in to see", "Arrange to see"}, {"get you into", "Arrange"}, {"get you to", "Refer to"},
        {"see you back in", "Return in"}, {"see you again in", "Return in"}, {"see you in", "Return in"}, {"see you back", "Return"}, {"have you come back in", "Return in"}, {"have you come back", "Return"}, {"have you return in", "Return in"}, {"have you follow up with", "Follow up with"}, {"have you follow up", "Follow up"}, {"have you see", "Refer to"},
        {"put you in", "Place in"}, {"place you in", "Place in"}, {"place you on", "Start"}, {"get you off of", "Stop"}, {"get you off", "Stop"}, {"have you stay on", "Continue"}, {"stay on", "Continue"}, {"give you some", "Give"}, {"give you", "Give"}, {"prescribe you some", "Prescribe"}, {"prescribe you", "Prescribe"}, {"write you a consult", "Write a consult"}, {"write you for", "Prescribe"}, {"call you in", "Prescribe"}, {"be ordering", "Order"}, {"be prescribing", "Prescribe"}, {"be referring you to", "Refer to"}, {"be sending you to", "Refer to"}, {"be starting you on", "Start"}, {"try to start you on", "Start"}, {"write you a prescription for", "Prescribe"}, {"write a prescription for", "Prescribe"}, {"order you some", "Order"}, {"order you", "Order"}, {"order some", "Order"}, {"get you some", "Get"}, {"get you a", "Get a"}, {"get you an", "Get an"}, {"get some", "Get"}, {"send off some", "Send"}, {"send off", "Send"}, {"talk about", "Discuss"}, {"set you up with", "Arrange"}, {"set you up for", "Arrange"}, {"schedule you for", "Schedule"}, {"bump you up to", "Increase to"}, {"increase you to", "Increase to"}, {"treat you with", "Treat with"}, {"fit you with", "Fit with"}};
    for (const Rule& rule : rules)
        if (size_t length = match_any(words, 0, {rule.spoken})) {
            Words rest = slice(words, length);
            if (rest.empty()) return rule.written == "Return" ? put(source, "Return", {}) : Words{};
            return put(source, rule.written, rest);
        }
    // "have you keep a diary", "have you use crutches": advice
    if (words.size() > 2 && words[0].is("have") && words[1].is("you") && is_base_verb(words[2].lower)) return put(source, "Advised to", slice(words, 2));
    if (words.size() > 2 && (words[0].is("see") && words[1].is("you"))) return {};
    if (is_order_verb(words[0].lower) || is_base_verb(words[0].lower)) {
        static const Set talk = {"look", "talk", "go", "ask", "tell", "examine", "see", "listen", "know", "say", "say", "review", "explain", "hear", "feel", "be", "show", "answer", "think", "mention", "take"};
        if (talk.contains(words[0].lower) && !(words[0].is("take") && (clinical_terms(words).drugs || clinical_terms(words).classes || clinical_terms(words).tests))) return {};
        return words;
    }
    return {};
}

std::string plan_label(const Words& written)
{
    if (written.empty()) return "";
    ClinicalTerms terms = clinical_terms(written);
    size_t verb = 0;
    // "At this point, refer ..." and "Can order ..." are what their verb is.
    for (size_t i = 0; i + 1 < written.size() && i < 6; i++)
        if (written[i].is(",") && is_order_verb(to_lower_ascii(written[i + 1].text))) verb = i + 1;
    std::string first = to_lower_ascii(written[verb].text);
    if (is_modal(first) && verb + 1 < written.size()) first = to_lower_ascii(written[++verb].text);
    static const Set education = {"advised", "call", "avoid", "monitor", "record", "weigh", "rest", "elevate", "ice", "drink", "eat", "limit", "watch", "keep", "wear", "discuss", "discussed", "asked", "counseled", "encouraged", "instructed", "explained", "go", "try", "walk", "exercise", "bring"};
    static const Set testing = {"order", "repeat", "check", "obtain", "get", "draw", "send", "schedule", "screen", "measure", "recheck", "perform"};
    if (education.contains(first)) return "Patient Education and Counseling";
    if (testing.contains(first) && !terms.drugs) return terms.tests ? "Additional Testing" : "Medical Treatment";
    if (is_order_verb(first) || first == "place" || first == "arrange" || first == "on" || first == "no") return "Medical Treatment";
    return std::string(reasoning_label);
}

} // namespace chartside::note
