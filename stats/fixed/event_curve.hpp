#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace touchstone::stats {

/// The distribution of an arm's events over strata: F(x) = sum w_k F_k(x), F_k the share of a stratum's events that do
/// not exceed x. With equal weights in both arms a mix of strata that differs between them changes nothing.
class EventCurve {
 public:
  /// `sorted`: ascending, not empty, and there as long as the curve. Weights add up to 1.
  void add(std::span<const std::int64_t> sorted, double weight);

  /// F(amount).
  [[nodiscard]] double share_to(std::int64_t amount) const noexcept;
  /// The smallest amount of any event whose F is at least `level`; infinite outside of (0, 1].
  [[nodiscard]] double at(double level) const noexcept;
  /// The same, but where F is just `level` the middle between that amount and the next (of 10, 20 the median is 15).
  [[nodiscard]] double quantile(double level) const noexcept;

 private:
  struct Part {
    std::span<const std::int64_t> sorted;
    double weight;
  };
  /// The smallest amount above; the largest of all where there is none.
  [[nodiscard]] std::int64_t next(std::int64_t amount) const noexcept;
  [[nodiscard]] std::int64_t smallest_with(double level) const noexcept;

  std::vector<Part> parts_;
  std::int64_t lowest_ = INT64_MAX;
  std::int64_t highest_ = INT64_MIN;
};

}  // namespace touchstone::stats
