#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "service/judge/measure.hpp"
#include "service/judge/study.hpp"
#include "service/simulate/course.hpp"
#include "storage/metric.hpp"

namespace touchstone::simulate {

/// What real units did, in the order in which they came.
struct Pool {
  std::size_t columns = 0;  ///< metrics and denominators
  std::vector<judge::Amount> amounts;

  [[nodiscard]] std::uint64_t units() const noexcept { return columns == 0 ? 0 : amounts.size() / columns; }
  [[nodiscard]] std::span<const judge::Amount> of(std::uint64_t unit) const noexcept {
    return std::span(amounts).subspan(unit * columns, columns);
  }
};

/// Of the units of control that count in the results.
[[nodiscard]] Pool pool_of(const judge::Study& study);

/// Mean and variance of a metric over the units that have a value, as amounts.
struct PoolMoments {
  double answering = 0;  ///< share of units that have one
  double mean = 0;
  double variance = 0;
};
[[nodiscard]] PoolMoments moments_of(const Pool& pool, std::size_t metric);

/// The units of the pool, each once in their order, or as many as the trial needs drawn with replacement. What treated
/// ones did of the changed metric has `factor` times its mean: of a share some are won over, or lost; other amounts are
/// multiplied, whole numbers rounded up or down at random. The pool must outlive it.
[[nodiscard]] Behaviour behaviour_of(const Pool& pool, const Trial& trial, double factor, bool each_once);

}  // namespace touchstone::simulate
