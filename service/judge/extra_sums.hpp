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
  std::vector<std::size_t> pairs;  ///< metrics with a second amount, a denominator or a covariate: these follow the
                                   ///< amounts of all metrics
  std::vector<std::size_t> bins;   ///< per metric; empty where none has any

  [[nodiscard]] std::size_t columns() const noexcept { return metrics + pairs.size(); }
  /// Where a metric has two amounts: which of the pairs it is, and the column of its second amount.
  [[nodiscard]] std::size_t pair_of(std::size_t metric) const noexcept;
  [[nodiscard]] std::size_t second(std::size_t metric) const noexcept { return metrics + pair_of(metric); }
  friend bool operator==(const ExtraShape&, const ExtraShape&) = default;
};
/// Whether a unit has two amounts of the metric.
[[nodiscard]] bool paired(const storage::Metric& metric) noexcept;
[[nodiscard]] ExtraShape extra_shape(std::span<const storage::Metric> metrics, Sorting sorting = Sorting::none);

/// What the units of a cell add up to beside their sums. Integers only; nothing at all for the usual metrics.
struct ExtraSums {
  explicit ExtraSums(const ExtraShape& shape = {});

  /// `sign` +1 adds a unit, -1 takes it back.
  void count(const ExtraShape& shape, std::span<const Amount> amounts, int sign);
  /// Takes a unit's amounts back and adds its others; nothing where they are the same.
  void change(const ExtraShape& shape, std::span<const Amount> before, std::span<const Amount> after);
  /// Both of one shape.
  void merge(const ExtraSums& other);
  friend bool operator==(const ExtraSums&, const ExtraSums&) = default;

  std::vector<stats::CrossSums> crosses;         ///< per pair
  std::vector<std::vector<std::int64_t>> units;  ///< per metric and bin
};

}  // namespace touchstone::judge
