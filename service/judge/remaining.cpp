#include "service/judge/remaining.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "service/judge/sizing.hpp"
#include "stats/planning/always_valid.hpp"
#include "stats/planning/sample_size.hpp"

namespace touchstone::judge {
namespace {

using Days = std::chrono::duration<double, std::chrono::days::period>;

constexpr double kPower = 0.8;
constexpr Days kRecent{7};
constexpr Days kLeast{1};

/// Where nothing says when the one look is, the data's end was it.
bool runs_on(const Case& of) {
  const storage::Horizon& horizon = of.plan().horizon;
  const bool more_looks = of.plan().method.id != "fixed-horizon" || horizon.units || horizon.ends_at;
  return more_looks && of.experiment.state == storage::ExperimentState::running && !of.experiment.phases.empty();
}

/// A score has no relative changes, in which plans state effects.
bool undecided(const Comparison& made) {
  return made.row.role == storage::MetricRole::goal && made.row.kind != storage::MetricKind::score &&
         (made.row.conclusion == "not_clear" || made.row.conclusion == "unknown");
}

double units_since(const Case& of, Time from) {
  const auto first = std::chrono::floor<std::chrono::hours>(from).time_since_epoch().count();
  std::int64_t units = 0;
  for (const auto& entries : of.cells.entries)
    for (auto hour = entries.lower_bound(first); hour != entries.end(); ++hour) units += hour->second;
  return static_cast<double>(units);
}

std::optional<double> units_per_day(const Case& of) {
  if (!of.facts.last_te || !of.experiment.enrolling) return std::nullopt;
  const Time now = *of.facts.last_te;
  const Time from = std::max(of.experiment.phases.back().started_at, now - std::chrono::days(7));
  const Days seen = now - from;
  const double units = units_since(of, from);
  if (seen < kLeast || units == 0) return std::nullopt;
  return units / std::min(seen, kRecent).count();
}

/// What the sizes of a comparison are made of.
struct Basis {
  stats::Baseline baseline;
  stats::Allocation allocation;
  double drift = stats::undefined;
  double entered = 0;
  std::optional<double> per_day;
  Days waits{0};  ///< from a unit's entry to its figure
};

stats::Allocation allocation_of(const Case& of, std::size_t variant) {
  const auto& weights = of.experiment.phases.back().weights;
  return {weights[of.control()] / 1e6, weights[variant] / 1e6};
}

/// Alpha as Holm's first step shares it.
double alpha_each(const Case& of, std::span<const Comparison> found) {
  const auto goals =
      std::ranges::count_if(found, [](const Comparison& made) { return made.row.role == storage::MetricRole::goal; });
  return of.plan().alpha / static_cast<double>(goals);
}

std::optional<Basis> basis_of(const Case& of, const Comparison& made, double alpha) {
  const auto baseline = baseline_of(made.row);
  const stats::Allocation allocation = allocation_of(of, made.variant);
  if (!baseline || !(baseline->mean > 0) || !(allocation.control > 0 && allocation.treatment > 0)) return std::nullopt;
  const bool any_time = of.plan().method.id == "always-valid";
  const storage::Window& window = of.metrics[made.metric].window;
  return Basis{*baseline,
               allocation,
               any_time ? stats::always_valid_drift_near(kPower, alpha) : stats::fixed_horizon_drift(kPower, alpha),
               static_cast<double>(of.total(&Cell::units)),
               units_per_day(of),
               window.length ? Days(window.delay + *window.length) : Days(0)};
}

/// Nothing where so large a change cannot be, or none is asked for.
std::optional<UnitsAhead> ahead(const Basis& basis, double change) {
  const double all = stats::units_for(basis.baseline, basis.allocation, change * basis.baseline.mean, basis.drift);
  if (!std::isfinite(all)) return std::nullopt;
  UnitsAhead made{change, std::ceil(std::max(0.0, all - basis.entered)), std::nullopt};
  if (basis.per_day) made.days = made.units / *basis.per_day + basis.waits.count();
  return made;
}

/// The bounds of the interval, the one farther from no change first.
struct Bounds {
  double far = 0;
  std::optional<double> near;  ///< nothing where no change is possible
};

std::optional<Bounds> bounds(const Interval& relative) {
  if (!relative.low || !relative.high) return std::nullopt;
  const double low = *relative.low;
  const double high = *relative.high;
  const bool rises = std::abs(high) >= std::abs(low);
  if (low <= 0 && high >= 0) return Bounds{rises ? high : low, std::nullopt};
  return Bounds{rises ? high : low, rises ? low : high};
}

std::optional<Remaining> of_row(const Case& of, const Comparison& made, double alpha) {
  const auto basis = basis_of(of, made, alpha);
  if (!basis) return std::nullopt;
  Remaining left;
  left.metric = made.row.metric;
  left.variant = made.row.variant;
  left.power = kPower;
  left.units_per_day = basis->per_day;
  const double good = of.metrics[made.metric].direction == storage::Direction::increase ? 1 : -1;
  if (of.plan().smallest_effect) left.smallest = ahead(*basis, good * *of.plan().smallest_effect);
  const Interval& seen = made.row.always_valid.relative;
  if (seen.estimate) left.seen = ahead(*basis, *seen.estimate);
  if (const auto range = bounds(seen)) {
    left.soonest = ahead(*basis, range->far);
    if (range->near) left.latest = ahead(*basis, *range->near);
  }
  return left;
}

/// What is not known takes longest.
double length(const Remaining& left) {
  const auto& told = left.smallest ? left.smallest : left.seen;
  if (!told) return stats::infinity;
  return told->units;
}

}  // namespace

std::optional<Remaining> remaining(const Case& of, std::span<const Comparison> found) {
  if (!runs_on(of)) return std::nullopt;
  std::optional<Remaining> longest;
  for (const Comparison& made : found) {
    auto left = undecided(made) ? of_row(of, made, alpha_each(of, found)) : std::nullopt;
    if (left && (!longest || length(*left) > length(*longest))) longest = std::move(left);
  }
  return longest;
}

}  // namespace touchstone::judge
