#include "note/linear_model.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace chartside::note {
namespace {

constexpr float largest_scale = 1e6f;

Error damaged(std::string detail)
{
    return {ErrorCode::corrupt, "The note model file is damaged; load Chartside again.", "note model: " + std::move(detail)};
}

uint64_t little_endian(std::span<const uint8_t> bytes, size_t at, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++) value |= static_cast<uint64_t>(bytes[at + i]) << (8 * i);
    return value;
}

float read_float(std::span<const uint8_t> bytes, size_t at)
{
    uint32_t bits = static_cast<uint32_t>(little_endian(bytes, at, 4));
    float value;
    std::memcpy(&value, &bits, 4);
    return value;
}

} // namespace

uint64_t feature_hash(std::string_view feature)
{
    uint64_t hash = 0xcbf29ce484222325ull;
    for (char c : feature) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ull;
    }
    return hash;
}

Result<LinearModel> LinearModel::create(std::span<const uint8_t> file)
{
    constexpr size_t header = 16 + 8 * head_count;
    if (file.size() < header) return damaged("too short");
    if (std::memcmp(file.data(), "CSNL", 4) != 0) return damaged("no signature");
    uint64_t version = little_endian(file, 4, 4);
    if (version > 1)
        return Error{ErrorCode::newer_version, "The note model was made for a newer Chartside; load the page again.",
                     "note model: version " + std::to_string(version)};
    if (version != 1) return damaged("version 0");
    if (little_endian(file, 8, 4) != head_count) return damaged("head count");
    uint64_t count = little_endian(file, 12, 4);
    if (file.size() != header + count * (8 + head_count)) return damaged("size does not match its feature count");
    LinearModel model;
    for (size_t i = 0; i < head_count; i++) {
        model.m_bias[i] = read_float(file, 16 + 4 * i);
        model.m_scale[i] = read_float(file, 16 + 4 * (head_count + i));
        // So that every score is a number: a sum has as many weights as a clause has features.
        const bool sane = std::abs(model.m_bias[i]) < largest_scale && std::abs(model.m_scale[i]) < largest_scale;
        if (!sane) return damaged("a scale is out of bounds");
    }
    model.m_hashes.resize(count);
    for (size_t i = 0; i < count; i++) {
        model.m_hashes[i] = little_endian(file, header + 8 * i, 8);
        if (i > 0 && model.m_hashes[i] <= model.m_hashes[i - 1]) return damaged("features out of order");
    }
    model.m_weights.resize(count * head_count);
    if (count > 0) std::memcpy(model.m_weights.data(), file.data() + header + 8 * count, count * head_count);
    return model;
}

Scores LinearModel::score(const std::vector<std::string>& features) const
{
    std::array<long, head_count> sums{};
    for (const std::string& feature : features) {
        uint64_t hash = feature_hash(feature);
        auto found = std::lower_bound(m_hashes.begin(), m_hashes.end(), hash);
        if (found == m_hashes.end() || *found != hash) continue;
        const int8_t* weights = &m_weights[static_cast<size_t>(found - m_hashes.begin()) * head_count];
        for (size_t head = 0; head < head_count; head++) sums[head] += weights[head];
    }
    Scores scores;
    for (size_t head = 0; head < head_count; head++)
        scores[head] = m_bias[head] + m_scale[head] * static_cast<float>(sums[head]);
    return scores;
}

} // namespace chartside::note
