#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace touchstone::codec {

/// Weights as people write them, brought to slots that sum to exactly 1,000,000: each is read to six decimals, its
/// slots are rounded down, and what remains goes one by one to the largest fractions, earlier weights first. Weights
/// that are slots already stay as they are. Nothing where one is negative, above 1,000,000 or has more decimals, and
/// where all are zero.
[[nodiscard]] std::optional<std::vector<std::uint32_t>> slots_of_weights(std::span<const double> weights);

}  // namespace touchstone::codec
