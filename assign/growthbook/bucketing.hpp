#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assign/dialect/program.hpp"

namespace touchstone::assign::growthbook {

/// The bucketing arithmetic of GrowthBook's specification, each in its own double arithmetic.

/// [begin, end) of [0, 1).
struct Range {
  double begin = 0;
  double end = 0;

  friend bool operator==(const Range&, const Range&) = default;
};

/// Version 1 appends the seed and counts in thousandths; version 2 puts it first, hashes twice and counts in
/// ten-thousandths. Nothing for other versions.
[[nodiscard]] std::optional<dialect::Draw> draw_of(std::int64_t version, const std::string& seed,
                                                   dialect::Encoding encoding);

[[nodiscard]] std::vector<double> equal_weights(std::int64_t variations);

/// One range per variation: its cumulative start, and its weight times the coverage. Coverage outside of 0 to 1 is
/// clamped; weights that are too few or do not sum to about one are replaced by equal ones.
[[nodiscard]] std::vector<Range> bucket_ranges(std::int64_t variations, double coverage, std::vector<double> weights);

/// The number of the first range that holds `n`.
[[nodiscard]] std::optional<std::size_t> choose_variation(double n, std::span<const Range> ranges);

/// Version 1 of the hash of the id with the namespace's name lies in the namespace's part.
[[nodiscard]] bool in_namespace(std::string_view id, const std::string& name, Range part);

}  // namespace touchstone::assign::growthbook
