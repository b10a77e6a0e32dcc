#pragma once

#include <cstdint>
#include <span>

#include "storage/experiment.hpp"
#include "storage/metric.hpp"
#include "storage/time.hpp"

namespace touchstone::judge {

/// The fixed clock of a plan, in event time: always-valid claims are made at its ticks alone, so that looking more
/// often changes nothing. A unit's entry tick is that of its first exposure.
struct TickClock {
  Time origin{};     ///< start of the run
  Micros length{0};  ///< 0 = the plan claims by no clock

  [[nodiscard]] bool runs() const noexcept { return length.count() > 0; }
  [[nodiscard]] std::int64_t tick_of(Time at) const noexcept;
  [[nodiscard]] Time end_of(std::int64_t tick) const noexcept { return origin + (tick + 1) * length; }

  friend bool operator==(const TickClock&, const TickClock&) = default;
};

/// Ticks in a planned time ...
inline constexpr int kTicks = 500;
/// ... each of whole minutes; where the plan has no last day, each of an hour.
inline constexpr Micros kTickWithoutEnd = std::chrono::hours(1);
/// The tick of a planned time where the plan sets none. Boundaries are solved for its kTicks looks: a shorter one would
/// look more often than they allow for.
[[nodiscard]] Micros usual_tick(Micros planned) noexcept;

/// The clock of an experiment that has begun and whose method walks by ticks (always-valid from version 2 on), or which
/// has a metric that waits for its units' windows; else one that does not run.
[[nodiscard]] TickClock tick_clock(const storage::Experiment& experiment,
                                   std::span<const storage::Metric> metrics = {}) noexcept;

}  // namespace touchstone::judge
