#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "service/judge/case.hpp"
#include "service/judge/tick_cells.hpp"
#include "stats/fixed/ratio.hpp"
#include "stats/moments.hpp"

namespace touchstone::judge {

/// What the analysed units of an arm add up to in one metric. Of a metric that waits for its units' windows only those
/// units are in it whose windows have closed; the rest wait.
struct Gathered {
  stats::RatioSums sums;           ///< of a ratio, or with the covariate; of other metrics y alone
  std::vector<std::int64_t> bins;  ///< units by bin, of metrics that have bins
  std::int64_t units = 0;          ///< analysed, with a value or without
  std::int64_t waiting = 0;        ///< analysed, and not in any of the above yet

  void merge(const Gathered& other);
};

/// When the last of those who entered by `end` has been seen for as long as the window asks.
[[nodiscard]] Time closes(const storage::Window& window, Time end) noexcept;
/// End of a tick of a phase: nobody enters a phase after its end.
[[nodiscard]] Time end_of(const Cells::Shape& shape, const std::vector<storage::Phase>& phases, std::size_t phase,
                          std::int64_t tick) noexcept;
[[nodiscard]] Time end_of(const Case& of, std::size_t phase, std::int64_t tick) noexcept;

[[nodiscard]] Gathered gathered(const Case& of, std::size_t phase, std::size_t variant, std::size_t metric);
/// Over all phases.
[[nodiscard]] Gathered gathered(const Case& of, std::size_t variant, std::size_t metric);

/// Adds the units of one tick and arm.
void add_tick(const Case& of, std::size_t metric, const TickCell& cell, stats::RatioSums& into);

/// Its units by bin, where the metric has bins.
void add_bins(std::size_t metric, const ExtraSums& extra, std::vector<std::int64_t>& into);

/// The values of an arm's units as moments, in the metric's unit.
[[nodiscard]] stats::Moments moments_of(const Case& of, std::size_t metric, const stats::RatioSums& sums) noexcept;

}  // namespace touchstone::judge
