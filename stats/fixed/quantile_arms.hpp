#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "stats/estimate.hpp"
#include "stats/fixed/event_curve.hpp"
#include "stats/fixed/event_sample.hpp"

/// A quantile of events that come in clusters (units), of two arms over strata. Nothing is assumed of the amounts:
/// limits are order statistics (Woodruff 1952), as far from the quantile as the share of events below it is uncertain,
/// by the variance over units, which are what is randomised (Deng, Knoblich and Lu 2018, section 4).
namespace touchstone::stats {

/// An arm of a stratum, with its amounts in ascending order beside it.
struct SortedEvents {
  explicit SortedEvents(const EventSample& events);

  const EventSample* sample;  ///< must outlive it
  std::vector<std::int64_t> sorted;
};

struct QuantileStratum {
  const SortedEvents* a = nullptr;
  const SortedEvents* b = nullptr;
};

struct QuantileArm {
  EventCurve curve;
  double which = undefined;          ///< the share of events that the quantile is not exceeded by
  double estimate = undefined;       ///< in amounts, as everything here
  double share_se = undefined;       ///< of the share of events up to the quantile
  double pooled_se = undefined;      ///< the same from the units of both arms, as if they had one law
  double design_effect = undefined;  ///< how often the variance is what it would be if events were independent
  double df = undefined;   ///< of share_se: units with events beyond the quantile, on the side with fewer, less strata
  std::int64_t units = 0;  ///< with events
  std::int64_t events = 0;
  std::int64_t above = 0;  ///< of the events, above the estimate

  /// The amounts at which - critical se, + critical se of the share are; infinite where there are too few events.
  [[nodiscard]] Interval limits(double critical, double se) const noexcept;
  /// Of the estimate: what its limits at 1.96 say; undefined where both are infinite.
  [[nodiscard]] double se() const noexcept;
};

/// Units with events that each arm of a stratum must have: with fewer the variance between them is little known.
inline constexpr std::int64_t kFewestClusters = 20;

/// Units with events beyond the quantile that each arm must have: fewer are the accident of a few.
inline constexpr double kFewestBeyond = 5;

/// Each stratum has the weight nA nB/(nA + nB) of its events in both arms; strata with fewer than kFewestClusters units
/// in an arm are left out. Status: ok, no_data, insufficient_data.
struct QuantileArms {
  Status status = Status::no_data;
  QuantileArm a;
  QuantileArm b;
};
[[nodiscard]] QuantileArms quantile_arms(double which, std::span<const QuantileStratum> strata);

}  // namespace touchstone::stats
