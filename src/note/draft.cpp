#include "note/draft.h"

#include "note/lexicon.h"

namespace chartside::note {

Draft draft_of(const Visit& visit, std::vector<size_t> sources, Words words)
{
    Draft made;
    made.sources = std::move(sources);
    made.words = std::move(words);
    for (size_t source : made.sources)
        if (visit.at(source).role_uncertain) made.flags = {"role_uncertain"};
    return made;
}

ClinicalTerms clinical_terms(const Words& words)
{
    ClinicalTerms terms;
    for (const Word& word : words) {
        terms.drugs += is_drug(word.lower);
        terms.classes += is_drug_class(word.lower);
        terms.symptoms += is_symptom(word.lower);
        terms.conditions += is_condition(word.lower);
        terms.family += is_family_member(word.lower);
        terms.numbers += word.kind == WordKind::number;
        terms.tests += is_test(word.lower);
        terms.body += !exam_label(word.lower).empty();
    }
    return terms;
}

} // namespace chartside::note
