#include "service/judge/conclusion.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "service/judge/looks.hpp"

namespace touchstone::judge {
namespace {

using storage::ExperimentState;
using storage::MetricRole;

bool has_horizon(const storage::Horizon& horizon) { return horizon.units || horizon.ends_at; }

bool horizon_reached(const Case& of) {
  const storage::Horizon& horizon = of.plan().horizon;
  return (horizon.units && of.total(&Cell::units) >= static_cast<std::int64_t>(*horizon.units)) ||
         (horizon.ends_at && of.reached(*horizon.ends_at));
}

bool over(const Case& of) {
  return of.experiment.state == ExperimentState::stopped || of.experiment.state == ExperimentState::archived;
}

bool one_look(const Case& of) { return of.plan().method.id == "fixed-horizon"; }

/// A single look may be taken at the planned end only; without one, the data's end is it.
bool may_look(const Case& of) { return !has_horizon(of.plan().horizon) || horizon_reached(of); }

stats::Direction direction(storage::Direction wanted) {
  return wanted == storage::Direction::increase ? stats::Direction::higher_is_better
                                                : stats::Direction::lower_is_better;
}

stats::Role role(MetricRole role) {
  switch (role) {
    case MetricRole::goal:
      return stats::Role::goal;
    case MetricRole::secondary:
      return stats::Role::secondary;
    case MetricRole::guardrail:
      return stats::Role::guardrail;
  }
  throw std::invalid_argument("a metric of unknown role");
}

/// The relative change, in which effects and margins are stated; without one to speak of, the sign of the absolute
/// change still tells better from worse.
struct Change {
  stats::Interval interval;
  bool relative = true;
};

Change change(const stats::Effect& effect) {
  if (effect.relative.status == stats::Status::ok) return {effect.relative.interval, true};
  return {effect.absolute.interval, false};
}

/// What Holm or Benjamini-Hochberg does not reject is not clear, wherever the interval of this comparison alone lies.
stats::Conclusion shared(stats::Conclusion alone, const std::optional<double>& p_adjusted, double alpha) {
  const bool claim = alone == stats::Conclusion::better || alone == stats::Conclusion::worse;
  return claim && (!p_adjusted || *p_adjusted > alpha) ? stats::Conclusion::not_clear : alone;
}

/// E-values show a sign: an end at 0 is not part of the interval.
Change watched_change(const Case& of, const Comparison& made) {
  Change seen = change(made.always_valid);
  if (!is_strict(of.plan().method)) return seen;
  if (seen.interval.low == 0) seen.interval.low = std::numeric_limits<double>::min();
  if (seen.interval.high == 0) seen.interval.high = -std::numeric_limits<double>::min();
  return seen;
}

stats::Conclusion goal(const Case& of, const Comparison& made) {
  if (one_look(of) && !may_look(of)) return stats::Conclusion::not_clear;
  const Change seen = one_look(of) ? change(made.fixed) : watched_change(of, made);
  const double smallest = seen.relative ? of.plan().smallest_effect.value_or(0) : 0;
  const auto& p = one_look(of) ? made.row.fixed.p_adjusted : made.row.always_valid.p_adjusted;
  return shared(stats::conclude_goal(seen.interval, direction(of.metrics[made.metric].direction), smallest), p,
                of.plan().alpha);
}

stats::Conclusion guardrail(const Case& of, const Comparison& made) {
  const Change seen = one_look(of) && may_look(of) ? change(made.fixed) : watched_change(of, made);
  const double margin = of.plan().metrics[made.metric].margin.value_or(0);
  if (!seen.relative && margin > 0 && made.row.kind != storage::MetricKind::score) return stats::Conclusion::unknown;
  return stats::conclude_guardrail(seen.interval, direction(of.metrics[made.metric].direction), margin);
}

}  // namespace

stats::Conclusion conclusion(const Case& of, const Comparison& made) {
  return made.row.role == MetricRole::guardrail ? guardrail(of, made) : goal(of, made);
}

namespace {

stats::Finding finding(const Case& of, const Comparison& made) {
  stats::Finding found{made.row.metric, made.row.variant, role(made.row.role)};
  found.conclusion = conclusion(of, made);
  found.expected_loss = made.row.posterior.loss_choose_variant.value_or(stats::undefined);
  return found;
}

/// An answer is one, whatever it says; and that nobody left, or did it in time, is a finding.
bool happened(const Case& of, std::size_t metric) {
  const storage::MetricKind kind = of.metrics[metric].kind;
  const bool any =
      kind == storage::MetricKind::score || kind == storage::MetricKind::churn || kind == storage::MetricKind::duration;
  for (std::size_t v = 0; v < of.experiment.variants.size(); ++v) {
    const stats::Sums sums = of.cells.over_phases(v, metric);
    if (any ? sums.n > 0 : sums.s2 != 0) return true;
  }
  return false;
}

/// Whether a metric that the verdict rests on was ever observed: a goal, or any where no goal was named.
bool observed(const Case& of) {
  const auto& planned = of.plan().metrics;
  const bool goals = std::ranges::any_of(planned, [](const auto& m) { return m.role == MetricRole::goal; });
  for (std::size_t m = 0; m < planned.size(); ++m)
    if ((!goals || planned[m].role == MetricRole::goal) && happened(of, m)) return true;
  return false;
}

bool one_group(const Case& of) {
  const auto seen = [&of](std::size_t v) { return of.total(&Cell::analysed, v) > 0; };
  return !seen(of.control()) || std::ranges::none_of(of.treatments(), seen);
}

/// Who should have told that customers met their variant.
std::string missing_exposure(const assign::ExposureDocument& exposure) {
  if (std::holds_alternative<assign::ExposureEvent>(exposure)) return "no_exposure_event";
  return std::holds_alternative<assign::ExposedByClient>(exposure) ? "no_exposures" : "no_single_evaluation";
}

/// Empty where the chain from exposure to goal is whole.
std::string missing_link(const Case& of) {
  if (of.total(&Cell::units) == 0) return missing_exposure(of.experiment.exposure);
  if (one_group(of)) return "one_group_only";
  return observed(of) ? "" : "no_goal_events";
}

stats::Level level(CheckLevel level) {
  if (level == CheckLevel::block) return stats::Level::block;
  return level == CheckLevel::warn ? stats::Level::warn : stats::Level::ok;
}

/// Units of both arms that may have a figure, now or once their window has closed.
std::uint64_t entered_pair(const Case& of, const Comparison& made) {
  const bool some_have_none = waits_for_window(made.row.kind) || made.row.arms[0].units;
  if (!some_have_none) return made.row.arms[0].n + made.row.arms[1].n;
  return static_cast<std::uint64_t>(of.total(&Cell::analysed, of.control()) + of.total(&Cell::analysed, made.variant));
}

/// Whether all who entered up to the planned end have been judged. What is not judged by looks is judged as it comes.
bool ripe(const Case& of, const Comparison& made) {
  if (!by_looks(of, made.metric)) return true;
  const storage::Window& window = of.metrics[made.metric].window;
  const storage::Horizon& horizon = of.plan().horizon;
  if (horizon.ends_at) return of.reached(*horizon.ends_at + window.delay + *window.length);
  const auto entered = entered_pair(of, made);
  const auto judged = entered - std::min(entered, made.row.always_valid.immature_units.value_or(0));
  return static_cast<double>(judged) >= of.planned_pair().value_or(0);
}

bool complete(const Case& of, std::span<const Comparison> found) {
  if (over(of)) return true;
  if (one_look(of)) return may_look(of);
  return horizon_reached(of) && std::ranges::all_of(found, [&of](const Comparison& made) {
           return made.row.role != MetricRole::goal || ripe(of, made);
         });
}

stats::Evidence evidence(const Case& of, std::span<const Comparison> found,
                         std::span<const stats::SegmentFinding> segments, std::span<const Check> checks) {
  stats::Evidence evidence;
  evidence.missing_link = missing_link(of);
  evidence.data_present = evidence.missing_link.empty();
  evidence.plan_complete = complete(of, found);
  for (const Check& check : checks) evidence.checks.push_back({check.code, level(check.level)});
  for (const Comparison& made : found) evidence.findings.push_back(finding(of, made));
  evidence.segments.assign(segments.begin(), segments.end());
  return evidence;
}

}  // namespace

Verdict conclude(const Case& of, std::span<const Comparison> found, std::span<const stats::SegmentFinding> segments,
                 std::span<const Check> checks) {
  const stats::Verdict decided = stats::decide(evidence(of, found, segments, checks));
  Verdict verdict{std::string(stats::name(decided.code)), decided.variant, {}};
  for (const stats::Reason& reason : decided.reasons)
    verdict.reasons.push_back({reason.code, reason.metric, reason.variant, reason.segment});
  return verdict;
}

}  // namespace touchstone::judge
