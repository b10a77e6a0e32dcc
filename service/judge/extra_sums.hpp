#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "service/judge/measure.hpp"
#include "stats/exact_sum.hpp"

namespace touchstone::judge {

/// Which metrics ask for more than the sums of one amount.
struct ExtraShape {
  std::size_t metrics = 0;
  std::vector<std::size_t> ratios;  ///< metrics with a denominator, whose amounts follow those of all metrics
  std::vector<std::size_t> bins;    ///< per metric; empty where none has any

  [[nodiscard]] std::size_t columns() const noexcept { return metrics + ratios.size(); }
  friend bool operator==(const ExtraShape&, const ExtraShape&) = default;
};
[[nodiscard]] ExtraShape extra_shape(std::span<const storage::Metric> metrics);

/// What the units of a cell add up to beside their sums. Integers only; nothing at all for the usual metrics.
struct ExtraSums {
  explicit ExtraSums(const ExtraShape& shape = {});

  /// `sign` +1 adds a unit, -1 takes it back.
  void count(const ExtraShape& shape, std::span<const Amount> amounts, int sign);
  /// Both of one shape.
  void merge(const ExtraSums& other);
  friend bool operator==(const ExtraSums&, const ExtraSums&) = default;

  std::vector<stats::CrossSums> crosses;         ///< per ratio
  std::vector<std::vector<std::int64_t>> units;  ///< per metric and bin
};

}  // namespace touchstone::judge
