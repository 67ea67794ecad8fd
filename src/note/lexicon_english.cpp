#include "note/lexicon.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

const Set& base_verbs()
{
    static const Set set = {
        "accept", "ache", "act", "add", "admit", "adjust", "advise", "affect", "agree", "allow", "appear", "apply",
        "appreciate", "ask", "attend", "avoid", "bathe", "become", "begin", "believe", "bend", "bike", "bleed", "blow",
        "bother", "break", "breathe", "bring", "bruise", "brush", "build", "burn", "burp", "buy", "call", "care", "carry",
        "cause", "chase", "check", "chew", "choke", "clean", "clear", "climb", "close", "collect", "come", "complain",
        "complete", "consider", "continue", "control", "cook", "cough", "count", "crave", "cross", "cry", "dance", "deal",
        "decide", "deny", "depend", "develop", "die", "diet", "discuss", "do", "drain", "dream", "drink", "drive", "drop",
        "eat", "elevate", "end", "enjoy", "exercise", "expect", "experience", "explain", "extend", "fall", "favor", "feel",
        "fight", "figure", "fill", "find", "finish", "fit", "flare", "follow", "forget", "function", "gain", "gag",
        "garden", "get", "give", "go", "golf", "grab", "grind", "grow", "guess", "handle", "hang", "happen", "hate", "have",
        "hear", "heal", "help", "hike", "hold", "hope", "imagine", "improve", "increase", "inject", "injure", "itch", "jog", "jump",
        "keep", "kick", "kneel", "know", "lay", "lead", "lean", "learn", "leave", "lie", "lift", "like", "limit", "limp", "listen",
        "live", "lock", "look", "lose", "love", "make", "manage", "massage", "matter", "mean", "meet", "mention", "miss", "monitor",
        "move", "need", "notice", "occur", "open", "own", "pass", "pay", "pee", "pick", "plan", "play", "point", "poop", "pop",
        "practice", "prefer", "press", "pull", "push", "radiate", "raise", "rate", "reach", "realize", "receive", "recall",
        "recommend", "record", "recover", "reduce", "refill", "refuse", "relax", "relieve", "remember", "remove", "repeat",
        "report", "require", "rest", "return", "ride", "roll", "rub", "run", "say", "schedule", "scratch", "scream", "see", "seem",
        "send", "shake", "share", "shop", "show", "sing", "sit", "skip", "sleep", "slip", "smell", "smoke", "sneeze", "snore", "snack",
        "sound", "speak", "spend", "sprain", "squat", "squeeze", "stand", "start", "stay", "step", "stick", "stop", "strain",
        "stress", "stretch", "strengthen", "struggle", "study", "suffer", "suggest", "support", "suppose", "suspect", "swallow",
        "sweat", "swell", "swim", "take", "talk", "taste", "teach", "tell", "tend", "test", "think", "throb", "throw", "tie",
        "tingle", "tolerate", "touch", "train", "travel", "treat", "trip", "trouble", "try", "turn", "twist", "understand", "urinate",
        "use", "vape", "visit", "void", "vomit", "wait", "wake", "walk", "want", "warm", "wash", "watch", "wear", "weigh", "wheeze",
        "change", "undergo", "eliminate", "confirm", "protect", "soak", "ensure", "discontinue", "schedule", "inform", "maintain", "lower", "wean", "identify", "recognize", "palpate", "detect", "examine", "demonstrate", "reveal", "indicate", "determine", "recheck", "win", "wipe", "wish", "wonder", "work", "workout", "worry", "worsen", "write", "yell", "bowl", "hurt", "put", "cut", "hit", "let",
        "quit", "set", "read", "rely", "remain", "request", "resume", "review", "drag", "lock", "catch", "click", "pound", "spin",
        "tear", "tire", "wobble", "babysit", "commute", "meditate", "pray", "sew", "paint", "fish", "hunt", "ski", "struggle",
        "taper", "titrate", "obtain", "order", "prescribe", "refer", "switch", "hydrate", "ice", "wrap", "brace", "reschedule",
        "contact", "notify", "track", "log", "cramp", "bloat", "belch", "cope", "nap", "snap", "faint", "trigger", "last", "ease", "radiate"};
    return set;
}

// Same form in the present and in the past: read as past after "I".
const Set& unchanging_verbs()
{
    static const Set set = {"put", "cut", "hit", "hurt", "let", "quit", "set", "read", "cost", "spread", "shut", "beat", "bet", "burst"};
    return set;
}

const Set& irregular_past()
{
    static const Set set = {
        "was", "were", "had", "did", "went", "took", "got", "came", "felt", "fell", "began", "bent", "bled", "blew", "broke",
        "brought", "built", "bought", "caught", "chose", "drank", "drove", "ate", "fought", "found", "forgot", "gave", "grew",
        "heard", "held", "kept", "knew", "laid", "led", "left", "lost", "made", "meant", "met", "paid", "ran", "rode", "said",
        "saw", "sent", "shook", "sat", "slept", "slid", "spoke", "spent", "stood", "stuck", "swam", "taught", "told", "thought",
        "threw", "tore", "understood", "woke", "wore", "won", "wrote", "lay", "became", "hung", "swelled", "hurt", "quit", "put",
        "cut", "hit", "let", "set", "read", "ended", "used", "tried"};
    return set;
}

} // namespace

bool is_filler(std::string_view lower)
{
    static const Set set = {"um", "uh", "uhm", "umm", "uhh", "er", "erm", "ah", "eh", "hm", "hmm", "hmmm", "mm", "mmm", "huh"};
    return set.contains(lower);
}

bool is_adverb(std::string_view lower)
{
    static const Set set = {
        "just", "also", "really", "actually", "always", "usually", "often", "sometimes", "still", "already", "probably", "only",
        "even", "now", "then", "currently", "definitely", "certainly", "never", "ever", "mostly", "mainly", "generally", "normally",
        "recently", "occasionally", "rarely", "kind", "basically", "obviously", "honestly", "literally", "typically", "pretty",
        "constantly", "frequently", "first", "finally", "almost", "hardly", "barely", "primarily", "simply", "again", "both", "all",
        "clearly", "slowly", "quickly", "possibly", "maybe", "perhaps", "either", "immediately", "initially", "originally",
        "previously", "suddenly", "specifically", "essentially", "totally", "completely", "certainly", "absolutely", "too", "today", "better"};
    return set.contains(lower);
}

bool is_function_word(std::string_view lower)
{
    static const Set set = {
        "a", "an", "the", "and", "or", "but", "so", "if", "then", "of", "to", "in", "on", "at", "for", "with", "from", "by", "as",
        "is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "have", "has", "had", "having", "i", "you",
        "he", "she", "it", "we", "they", "me", "him", "her", "us", "them", "my", "your", "his", "its", "our", "their", "this",
        "that", "these", "those", "there", "here", "not", "can", "could", "will", "would", "should", "may", "might", "must",
        "just", "very", "about", "into", "over", "when", "what", "which", "who", "how", "why", "where", "some", "any", "because",
        "going", "want", "like", "well", "your", "than", "too", "also"};
    return set.contains(lower);
}

bool takes_is_contraction(std::string_view lower)
{
    static const Set set = {"it", "he", "she", "that", "there", "here", "what", "where", "how", "who", "this", "everything",
                            "something", "nothing", "everyone", "everybody", "when", "one", "why", "pain", "which", "mom", "else", "pressure", "temperature"};
    return set.contains(lower);
}

bool is_participle_after_has(std::string_view lower)
{
    static const Set set = {"been", "had", "got", "gotten", "become", "improved", "worsened", "happened", "started", "stopped",
                            "increased", "decreased", "resolved", "changed", "taken", "helped", "kept", "come", "led", "grown", "made"};
    return set.contains(lower);
}

bool is_before_kind_of(std::string_view lower)
{
    static const Set set = {"what", "some", "this", "that", "any", "a", "the", "same", "which", "those", "these", "every", "all",
                            "different", "other", "certain", "two", "of", "another", "whatever", "new", "most"};
    return set.contains(lower);
}

bool is_negator(std::string_view lower)
{
    static const Set set = {"no", "not", "never", "none", "nothing", "neither", "nor", "without", "nobody", "nowhere", "denies",
                            "deny", "denied", "hardly", "barely", "negative", "cannot", "nope"};
    return set.contains(lower);
}

bool is_modal(std::string_view lower)
{
    static const Set set = {"can", "could", "will", "would", "should", "may", "might", "must", "shall"};
    return set.contains(lower);
}

bool is_auxiliary(std::string_view lower)
{
    static const Set set = {"am", "is", "are", "was", "were", "be", "been", "being", "have", "has", "had", "do", "does", "did"};
    return set.contains(lower) || is_modal(lower);
}

bool is_base_verb(std::string_view lower) { return base_verbs().contains(lower); }

bool is_past_verb(std::string_view lower)
{
    if (irregular_past().contains(lower) || unchanging_verbs().contains(lower)) return true;
    return lower.size() > 4 && lower.ends_with("ed") && !base_verbs().contains(lower) && lower != "need" && lower != "speed";
}

bool is_third_person_verb(std::string_view lower)
{
    if (lower.size() < 4 || !lower.ends_with('s')) return lower == "has" || lower == "is";
    if (is_base_verb(lower.substr(0, lower.size() - 1))) return true;
    if (lower.ends_with("es") && is_base_verb(lower.substr(0, lower.size() - 2))) return true;
    return lower.ends_with("ies") && is_base_verb(std::string(lower.substr(0, lower.size() - 3)) + "y");
}

bool is_preposition(std::string_view lower)
{
    static const Set set = {"of", "in", "on", "at", "for", "with", "from", "by", "about", "into", "over", "under", "to", "through",
                            "after", "before", "during", "since", "until", "between", "behind", "around", "without", "down", "up",
                            "across", "along", "near", "than", "within", "against", "towards", "toward"};
    return set.contains(lower);
}

bool is_subject_pronoun(std::string_view lower)
{
    static const Set set = {"i", "you", "he", "she", "it", "we", "they", "there", "that", "this", "these", "those", "everything",
                            "nothing", "something", "everybody", "everyone"};
    return set.contains(lower);
}

bool is_determiner(std::string_view lower)
{
    static const Set set = {"a", "an", "the", "my", "your", "his", "her", "its", "our", "their", "this", "that", "these", "those",
                            "some", "any", "no", "every", "each", "both"};
    return set.contains(lower);
}

bool is_wh_word(std::string_view lower)
{
    static const Set set = {"what", "when", "where", "how", "who", "why", "which", "whose"};
    return set.contains(lower);
}

bool is_proper_noun(std::string_view lower)
{
    static const Set set = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "april", "june",
        "july", "august", "september", "october", "november", "december", "christmas", "thanksgiving", "easter", "english",
        "spanish", "american", "mexico", "florida", "california", "texas", "washington", "google", "covid", "pfizer", "moderna",
        "lachman", "lachman's", "mcmurray", "mcmurray's", "babinski", "romberg", "phalen", "phalen's", "tinel", "tinel's", "parkinson's",
        "alzheimer's", "crohn's", "medicare", "medicaid", "achilles", "dupuytren's", "hashimoto's", "graves'", "dr.", "mr.", "mrs.", "ms.",
        "facebook", "zoom", "europe", "vermont", "walmart", "costco", "halloween", "doppler", "holter", "spurling's", "finkelstein's",
        "murphy's", "homans", "hawkins", "neer", "mallampati", "pap", "xarelto", "lyme", "martha", "james", "bryan", "andrew"};
    return set.contains(lower);
}

std::string third_person(std::string_view verb)
{
    if (verb == "have") return "has";
    if (verb == "am" || verb == "are") return "is";
    if (verb == "do") return "does";
    if (verb == "go") return "goes";
    std::string made(verb);
    auto ends = [&](std::string_view tail) { return verb.size() >= tail.size() && verb.ends_with(tail); };
    auto vowel = [](char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; };
    if (ends("y") && verb.size() > 1 && !vowel(verb[verb.size() - 2])) return made.substr(0, made.size() - 1) + "ies";
    if (ends("s") || ends("sh") || ends("ch") || ends("x") || ends("z") || ends("o")) return made + "es";
    return made + "s";
}

std::string ing_form(std::string_view verb)
{
    std::string made(verb);
    auto vowel = [](char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; };
    if (verb == "lie" || verb == "die" || verb == "tie") return made.substr(0, made.size() - 2) + "ying";
    if (verb == "be" || verb == "see" || verb.ends_with("ee")) return made + "ing";
    if (verb.ends_with("e")) return made.substr(0, made.size() - 1) + "ing";
    size_t n = verb.size();
    static const Set doubled = {"get", "run", "sit", "put", "cut", "hit", "let", "quit", "set", "stop", "swim", "skip", "slip",
                                "step", "drop", "jog", "limp", "begin", "forget", "rub", "snap", "nap", "plan", "shop", "trip",
                                "drag", "grab", "wrap", "squat", "throb", "pop", "chat", "hug", "control"};
    if (doubled.contains(verb) && verb != "limp") return made + made[n - 1] + "ing";
    (void)vowel;
    return made + "ing";
}

std::string_view acronym_form(std::string_view lower)
{
    static const std::unordered_map<std::string_view, std::string_view> table = {
        {"mri", "MRI"}, {"mris", "MRIs"}, {"ct", "CT"}, {"ekg", "EKG"}, {"ecg", "ECG"}, {"a1c", "A1c"}, {"gi", "GI"}, {"er", "ER"},
        {"icu", "ICU"}, {"tsh", "TSH"}, {"psa", "PSA"}, {"cbc", "CBC"}, {"bmp", "BMP"}, {"cmp", "CMP"}, {"ldl", "LDL"},
        {"hdl", "HDL"}, {"copd", "COPD"}, {"gerd", "GERD"}, {"chf", "CHF"}, {"uti", "UTI"}, {"std", "STD"}, {"hiv", "HIV"},
        {"dvt", "DVT"}, {"emg", "EMG"}, {"pt", "PT"}, {"bmi", "BMI"}, {"iv", "IV"}, {"acl", "ACL"}, {"mcl", "MCL"}, {"pcl", "PCL"},
        {"lcl", "LCL"}, {"pcp", "PCP"}, {"adhd", "ADHD"}, {"ptsd", "PTSD"}, {"ocd", "OCD"}, {"hpv", "HPV"}, {"egd", "EGD"},
        {"ent", "ENT"}, {"ob", "OB"}, {"obgyn", "OB/GYN"}, {"nsaids", "NSAIDs"}, {"nsaid", "NSAID"}, {"cpap", "CPAP"},
        {"afib", "AFib"}, {"x-ray", "X-ray"}, {"x-rays", "X-rays"}, {"xray", "X-ray"}, {"iga", "IgA"}, {"igg", "IgG"},
        {"bun", "BUN"}, {"inr", "INR"}, {"tb", "TB"}, {"otc", "OTC"}, {"cabg", "CABG"}, {"pfts", "PFTs"}, {"pft", "PFT"},
        {"rsv", "RSV"}, {"ed", "ED"}, {"cva", "CVA"}, {"tia", "TIA"}, {"usa", "USA"}, {"hct", "HCT"},
        {"hctz", "HCTZ"}, {"mcp", "MCP"}, {"pip", "PIP"}, {"dip", "DIP"}, {"bph", "BPH"}, {"ckd", "CKD"}, {"pcos", "PCOS"}, {"iud", "IUD"},
        {"tmj", "TMJ"}, {"ibs", "IBS"}, {"cll", "CLL"}, {"ana", "ANA"}, {"esr", "ESR"}, {"crp", "CRP"}, {"pcr", "PCR"}, {"dna", "DNA"}, {"rna", "RNA"}};
    auto found = table.find(lower);
    return found == table.end() ? std::string_view() : found->second;
}

} // namespace chartside::note
