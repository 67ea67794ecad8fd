#include "speech/bias.h"

#include "base/characters.h"
#include "base/text.h"
#include "speech/token_encoder.h"

#include <algorithm>
#include <set>

namespace chartside::speech {
namespace {

constexpr const char* write_plainly = " Write one term a line, as plain text (UTF-8).";
constexpr const char* keep_few = " Keep the terms that may come up: the more there are, the more are heard where nobody said them.";

Error refuse(std::string message, const char* advice)
{
    return {ErrorCode::invalid_input, std::move(message) + advice, ""};
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// As it was written, and as it stands inside and at the beginning of a sentence.
std::set<std::string> spellings(const std::string& term)
{
    std::string inside = term, beginning = term;
    inside.front() = lower(inside.front());
    beginning.front() = upper(beginning.front());
    return {term, inside, beginning, to_lower_ascii(term)};
}

} // namespace

Result<std::vector<std::string>> parse_terms(std::string_view list)
{
    if (list.size() > most_list_bytes)
        return refuse("The list of words is larger than " + std::to_string(most_list_bytes / 1024) + " KB.", keep_few);
    if (list.starts_with("\xEF\xBB\xBF")) list.remove_prefix(3);
    const bool is_text = is_valid_utf8(list)
                      && std::ranges::none_of(list, [](char c) { return static_cast<unsigned char>(c) < 32 && c != '\n' && c != '\r' && c != '\t'; });
    if (!is_text) return refuse("The list of words is not a text file.", write_plainly);
    std::vector<std::string> terms;
    size_t line_number = 0;
    for (size_t at = 0; at < list.size();) {
        const size_t end = std::min(list.find('\n', at), list.size());
        line_number++;
        std::string term;
        for (const char c : list.substr(at, end - at)) {
            const bool space = c == ' ' || c == '\t' || c == '\r';
            if (!space) term += c;
            else if (!term.empty() && term.back() != ' ') term += ' ';
        }
        if (!term.empty() && term.back() == ' ') term.pop_back();
        at = end + 1;
        if (term.empty()) continue;
        if (term.size() > most_term_bytes)
            return refuse("Line " + std::to_string(line_number) + " of the list of words is longer than a term can be ("
                              + std::to_string(most_term_bytes) + " bytes).",
                          write_plainly);
        if (terms.size() == most_terms)
            return refuse("The list of words has more than " + std::to_string(most_terms) + " terms.", keep_few);
        terms.push_back(std::move(term));
    }
    if (terms.empty()) return refuse("The list of words is empty.", write_plainly);
    return terms;
}

Bias::Bias(std::span<const std::string> terms, const Tokenizer& tokenizer, float boost_a_token)
    : m_boost(boost_a_token), m_nodes(1), m_continues_word(static_cast<size_t>(tokenizer.token_count()))
{
    for (int token = 0; token < tokenizer.token_count(); token++) {
        const std::string_view bytes = tokenizer.bytes(token);
        const bool is_special = tokenizer.kind(token) == Tokenizer::Kind::special;
        const char first = bytes.empty() ? ' ' : bytes.front();
        m_continues_word[static_cast<size_t>(token)] = !is_special && (is_letter(first) || is_digit(first));
    }
    const TokenEncoder encoder(tokenizer);
    for (const std::string& term : terms) {
        if (term.empty()) continue;
        for (const std::string& spelling : spellings(term)) add(encoder.encode(" " + spelling));
    }
}

void Bias::add(std::span<const int> tokens)
{
    int node = 0;
    for (const int token : tokens) {
        int next = child(node, token);
        if (next < 0) {
            next = static_cast<int>(m_nodes.size());
            m_nodes.emplace_back();
            auto& children = m_nodes[static_cast<size_t>(node)].children;
            children.insert(std::ranges::lower_bound(children, std::pair{token, 0}), {token, next});
        }
        node = next;
    }
    if (node != 0) m_nodes[static_cast<size_t>(node)].ends_term = true;
}

int Bias::child(int node, int token) const
{
    const auto& children = m_nodes[static_cast<size_t>(node)].children;
    const auto found = std::ranges::lower_bound(children, std::pair{token, 0});
    return found != children.end() && found->first == token ? found->second : -1;
}

bool Bias::is_whole(State state, int next_token) const
{
    return m_nodes[static_cast<size_t>(state.node)].ends_term && !m_continues_word[static_cast<size_t>(next_token)];
}

Bias::Step Bias::step(State state, int token) const
{
    const bool whole = is_whole(state, token);
    if (const int next = child(state.node, token); next >= 0) return {m_boost, {next, (whole ? 0 : state.earned) + m_boost}};
    Step result;
    if (!whole) result.change = -state.earned;
    if (const int next = child(0, token); next >= 0) {
        result.change += m_boost;
        result.next = {next, m_boost};
    }
    return result;
}

float Bias::end(State state) const
{
    return m_nodes[static_cast<size_t>(state.node)].ends_term ? 0 : -state.earned;
}

void Bias::add_boosted_tokens(State state, std::vector<int>& tokens) const
{
    for (const auto& [token, node] : m_nodes[static_cast<size_t>(state.node)].children) tokens.push_back(token);
    if (state.node == 0) return;
    for (const auto& [token, node] : m_nodes.front().children) tokens.push_back(token);
}

} // namespace chartside::speech
