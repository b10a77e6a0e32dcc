#include "service/judge/tick_clock.hpp"

#include <algorithm>
#include <chrono>

namespace touchstone::judge {
namespace {

using std::chrono::minutes;

Micros length(const storage::Plan& plan, Time origin) noexcept {
  if (plan.tick) return *plan.tick;
  return plan.horizon.ends_at ? usual_tick(*plan.horizon.ends_at - origin) : kTickWithoutEnd;
}

}  // namespace

Micros usual_tick(Micros planned) noexcept {
  return std::max(minutes(1), std::chrono::ceil<minutes>(planned / kTicks));
}

std::int64_t TickClock::tick_of(Time at) const noexcept {
  const Micros since = at - origin;
  return since / length - (since % length < Micros(0) ? 1 : 0);
}

TickClock tick_clock(const storage::Experiment& experiment, std::span<const storage::Metric> metrics) noexcept {
  const bool waits = std::ranges::any_of(metrics, [](const auto& metric) { return waits_for_window(metric.kind); });
  if (!(waits || storage::walks_by_ticks(experiment.plan.method)) || experiment.phases.empty()) return {};
  const Time origin = experiment.phases.front().started_at;
  return {origin, length(experiment.plan, origin)};
}

}  // namespace touchstone::judge
