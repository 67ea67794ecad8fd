// The linear model: hashed clause features in, scores out. The file is written by tools/train/note_linear.py.
//
// Little-endian: "CSNL", u32 version (1), u32 head count, u32 feature count, f32 bias[heads], f32 scale[heads],
// then u64 hash[features] ascending, then i8 weight[features][heads]; a score is bias + scale * sum of weights.
// Heads: 0 relevance, 1..5 section (subjective, medications, exam, results, assessment_plan), 6 doctor,
// 7 question. Pure; any thread.
#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chartside::note {

constexpr size_t head_count = 8;
constexpr size_t relevance_head = 0;
constexpr size_t section_head = 1;
constexpr size_t section_count = 5;
constexpr size_t doctor_head = 6;
constexpr size_t question_head = 7;

using Scores = std::array<float, head_count>;

/// FNV-1a, 64 bits.
uint64_t feature_hash(std::string_view feature);

class LinearModel {
public:
    /// Refuses anything that is not exactly one whole model file.
    static Result<LinearModel> create(std::span<const uint8_t> file);

    Scores score(const std::vector<std::string>& features) const;

private:
    std::array<float, head_count> m_bias{};
    std::array<float, head_count> m_scale{};
    std::vector<uint64_t> m_hashes;
    std::vector<int8_t> m_weights;
};

} // namespace chartside::note
