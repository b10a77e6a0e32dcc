#include "service/judge/staying.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "service/judge/case.hpp"

namespace touchstone::judge {
namespace {

using std::chrono::seconds;

/// Indices of the variants, control first.
std::vector<std::size_t> order_of(const storage::Experiment& experiment) {
  std::vector<std::size_t> order(experiment.variants.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto control = order.begin() + static_cast<std::ptrdiff_t>(control_of(experiment));
  std::rotate(order.begin(), control, control + 1);
  return order;
}

StayStep step_of(const storage::Window& window) {
  constexpr int enough = 10;
  for (const StayStep step : {StayStep::day, StayStep::hour})
    if (*window.length >= enough * length_of(step)) return step;
  return StayStep::minute;
}

/// What is known of a unit at an instant; nothing where no step has passed.
std::optional<stats::Lifetime> known_of(const Stay& stay, const storage::Window& window, StayStep step, Time now) {
  const Micros watched = std::min(*window.length, now - stay.opened);
  const auto whole = watched < Micros(0) ? 0 : watched / length_of(step);
  if (whole < 1) return std::nullopt;
  if (stay.ended && *stay.ended / length_of(step) < whole)
    return stats::Lifetime{static_cast<double>(*stay.ended / length_of(step) + 1), true};
  return stats::Lifetime{static_cast<double>(whole), false};
}

SurvivalStudy study_at(const storage::Experiment& experiment, const MetricStays& of, StayStep step, Time now) {
  const std::vector<std::size_t> order = order_of(experiment);
  SurvivalStudy study;
  std::vector<std::size_t> places(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    study.variants.push_back(experiment.variants[order[place]].key);
    places[order[place]] = place;
  }
  study.strata.assign(experiment.phases.size(), Stays(order.size()));
  for (const Stay& stay : of.stays)
    if (const auto known = known_of(stay, of.metric.window, step, now))
      study.strata[stay.phase][places[stay.variant]].push_back(*known);
  return study;
}

Staying staying_of(const storage::Experiment& experiment, const MetricStays& of, Time now) {
  Staying told;
  told.metric = of.metric.key;
  told.version = of.metric.version;
  told.kind = of.metric.kind;
  told.step = step_of(of.metric.window);
  SurvivalStudy latest = study_at(experiment, of, told.step, now);
  told.arms = judge_survival(latest, experiment.plan.alpha).arms;
  latest.strata.clear();
  told.study = std::move(latest);
  const auto& end = experiment.plan.horizon.ends_at;
  if (!end || now < *end) return told;
  told.tested_at = end;
  told.rows = judge_survival(study_at(experiment, of, told.step, *end), experiment.plan.alpha).rows;
  return told;
}

}  // namespace

bool tells_staying(const storage::Metric& metric) noexcept {
  return metric.kind == storage::MetricKind::duration ||
         (metric.kind == storage::MetricKind::churn && !metric.by_inactivity);
}

storage::Metric as_duration(storage::Metric metric) {
  metric.kind = storage::MetricKind::duration;
  metric.decimals = 0;
  return metric;
}

std::vector<Stay> stays_of(const Study& study, const storage::Metric& metric,
                           const std::function<std::int64_t(UnitNumber person, const Participation& part)>& waited) {
  std::vector<Stay> stays;
  const Micros end = metric.window.delay + *metric.window.length;
  study.for_each_record([&](UnitNumber person, const Participation& part, std::span<const Amount>) {
    if (part.exposures == 0 || !analysed(part, study.experiment().plan.crossover)) return;
    Stay stay{part.exposed_at + metric.window.delay, static_cast<std::uint16_t>(part.variant),
              static_cast<std::uint16_t>(part.phase)};
    if (const Micros time = seconds(waited(person, part)); time < end) stay.ended = time - metric.window.delay;
    stays.push_back(stay);
  });
  return stays;
}

std::chrono::seconds length_of(StayStep step) noexcept {
  using namespace std::chrono_literals;
  return step == StayStep::day ? seconds(24h) : step == StayStep::hour ? seconds(1h) : seconds(1min);
}

std::vector<Staying> staying(const storage::Experiment& experiment, std::span<const MetricStays> metrics,
                             std::optional<Time> now) {
  std::vector<Staying> all;
  for (const MetricStays& of : metrics)
    if (now) all.push_back(staying_of(experiment, of, *now));
  return all;
}

}  // namespace touchstone::judge
