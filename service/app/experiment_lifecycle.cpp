#include "service/app/experiment_lifecycle.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "assign/planner.hpp"
#include "service/app/schedule.hpp"
#include "service/app/slot_ranges.hpp"
#include "service/judge/tick_clock.hpp"

namespace touchstone::app {

namespace {

using storage::Experiment;
using storage::ExperimentState;
using storage::Phase;

constexpr std::string_view kExternal = "external";

struct Step {
  ExperimentState from;
  Move move;
  ExperimentState to;
};

constexpr std::array kSteps{
    Step{ExperimentState::draft, Move::start, ExperimentState::running},
    Step{ExperimentState::draft, Move::archive, ExperimentState::archived},
    Step{ExperimentState::running, Move::pause, ExperimentState::paused},
    Step{ExperimentState::running, Move::stop, ExperimentState::stopped},
    Step{ExperimentState::paused, Move::resume, ExperimentState::running},
    Step{ExperimentState::paused, Move::stop, ExperimentState::stopped},
    Step{ExperimentState::stopped, Move::archive, ExperimentState::archived},
};

std::string legal_moves(ExperimentState state) {
  std::string names;
  for (const auto& step : kSteps) {
    if (step.from != state) continue;
    if (!names.empty()) names += ", ";
    names += name_of(step.move);
  }
  return names.empty() ? "It has no further moves; create a new experiment." : "Legal moves now: " + names + ".";
}

Result<Time> effective(const Experiment& experiment, const MoveTerms& terms) {
  const Time at = terms.at.value_or(terms.now);
  if (at > terms.now)
    return Error{ErrorCode::invalid, "the instant lies in the future", "/at", "Leave it out for now."};
  if (at < Time{}) return Error{ErrorCode::invalid, "the instant lies before 1970", "/at", "Give a time from 1970 on."};
  if (experiment.phases.empty()) return at;
  const auto& last = experiment.phases.back();
  if (at < last.ended_at.value_or(last.started_at))
    return Error{ErrorCode::invalid, "the instant lies before the last change of the experiment", "/at",
                 "Give a later time or leave it out."};
  return at;
}

Error no_room(Error error) {
  error.code = ErrorCode::conflict;
  error.pointer = "/coverage";
  error.hint = "Lower the coverage, stop another experiment of the layer, or use another layer.";
  return error;
}

std::vector<std::uint32_t> weights_of(const Experiment& experiment) {
  std::vector<std::uint32_t> weights;
  weights.reserve(experiment.variants.size());
  for (const auto& variant : experiment.variants) weights.push_back(variant.weight);
  return weights;
}

/// Of the last phase.
std::uint32_t sticky_version_of(const Experiment& experiment) {
  return experiment.phases.empty() ? 1 : experiment.phases.back().sticky_version;
}

/// The next phase of an experiment, planned from the one before so that as few units as possible move.
Result<Phase> next_phase(const Experiment& experiment, Time at, std::span<const assign::SlotRange> taken) {
  Phase phase;
  phase.number = static_cast<std::uint32_t>(experiment.phases.size()) + 1;
  phase.started_at = at;
  phase.weights = weights_of(experiment);
  phase.enrolling = experiment.enrolling;
  phase.sticky_version = experiment.sticky ? experiment.sticky->version : sticky_version_of(experiment);
  const Phase before = experiment.phases.empty() ? Phase{} : experiment.phases.back();

  auto slots = experiment.phases.empty() ? assign::plan_slots(phase.weights)
                                         : assign::replan_slots(planned(before.slots), phase.weights);
  if (!slots) return slots.error();
  phase.slots = stored(*slots);
  if (experiment.scheme == kExternal || experiment.dialect) return phase;

  auto entry = assign::plan_entry(planned(before.entry), taken, experiment.coverage);
  if (!entry) return no_room(entry.error());
  phase.entry = stored(*entry);
  return phase;
}

void close_phase(Experiment& experiment, Time at) {
  if (!experiment.phases.empty() && !experiment.phases.back().ended_at) experiment.phases.back().ended_at = at;
}

Status open_next_phase(Experiment& experiment, Time at, std::span<const assign::SlotRange> taken) {
  auto phase = next_phase(experiment, at, taken);
  if (!phase) return phase.error();
  close_phase(experiment, at);
  experiment.phases.push_back(std::move(*phase));
  return ok();
}

/// Boundaries allow for so many looks and no more.
Status check_tick(const storage::Plan& plan, Time start) {
  if (!plan.tick || !plan.horizon.ends_at) return ok();
  const Micros least = judge::usual_tick(*plan.horizon.ends_at - start);
  if (*plan.tick >= least) return ok();
  return Error{ErrorCode::conflict, fmt::format("the tick is shorter than a {}th of the planned time", judge::kTicks),
               "/plan/tick",
               fmt::format("Make it at least {} minutes, or leave it out.",
                           std::chrono::duration_cast<std::chrono::minutes>(least).count())};
}

Status freeze_plan(Experiment& experiment, Time start, const MoveTerms& terms) {
  if (auto fits = check_tick(experiment.plan, start); !fits) return fits;
  for (std::size_t i = 0; i < experiment.plan.metrics.size(); ++i) {
    auto& planned_metric = experiment.plan.metrics[i];
    const auto found = std::ranges::find(terms.metrics, planned_metric.metric, &storage::Metric::key);
    if (found == terms.metrics.end())
      return Error{ErrorCode::conflict, "the plan names a metric that does not exist: " + planned_metric.metric,
                   "/plan/metrics/" + std::to_string(i) + "/metric", "Create the metric, or remove it from the plan."};
    if (planned_metric.version == 0) planned_metric.version = found->version;
  }
  experiment.plan.frozen_at = terms.now;
  return ok();
}

Status apply(Experiment& experiment, Move move, Time at, const MoveTerms& terms) {
  switch (move) {
    case Move::start:
      if (auto frozen = freeze_plan(experiment, at, terms); !frozen) return frozen;
      return open_next_phase(experiment, at, terms.taken);
    case Move::resume:
      return open_next_phase(experiment, at, terms.taken);
    case Move::pause:
    case Move::stop:
      close_phase(experiment, at);
      return ok();
    case Move::archive:
      return ok();
  }
  return ok();
}

bool same_arms(const Experiment& a, const Experiment& b) {
  return std::ranges::equal(a.variants, b.variants, [](const auto& left, const auto& right) {
    return left.key == right.key && left.control == right.control && left.values == right.values;
  });
}

/// The member that is fixed since the start and differs all the same; empty where there is none.
std::string_view fixed_member(const Experiment& current, const Experiment& wanted) {
  if (current.unit_type != wanted.unit_type) return "/unit_type";
  if (current.layer != wanted.layer) return "/layer";
  if (current.scheme != wanted.scheme) return "/scheme";
  if (current.dialect != wanted.dialect) return "/dialect";
  if (current.fallback_unit_type != wanted.fallback_unit_type) return "/fallback_unit_type";
  if (current.dialect && weights_of(current) != weights_of(wanted)) return "/variants";
  if (!same_arms(current, wanted)) return "/variants";
  if (current.exposure != wanted.exposure) return "/exposure";
  if (current.expects != wanted.expects) return "/expects";
  if (current.plan != wanted.plan) return "/plan";
  return {};
}

std::string_view redesigned_member(const Experiment& current, const Experiment& wanted) {
  if (weights_of(current) != weights_of(wanted)) return "/variants";
  if (current.coverage != wanted.coverage) return "/coverage";
  if (current.when != wanted.when) return "/when";
  if (current.enrolling != wanted.enrolling) return "/enrolling";
  if (current.sticky != wanted.sticky) return "/sticky";
  return {};
}

Error fixed(const Experiment& current, std::string_view member, std::string hint) {
  return Error{
      ErrorCode::conflict,
      std::string(member.substr(1)) + " is fixed: the experiment is " + std::string(storage::name_of(current.state)),
      std::string(member), std::move(hint)};
}

void keep_what_the_server_sets(Experiment& wanted, const Experiment& current) {
  wanted.key = current.key;
  wanted.version = current.version + 1;
  wanted.salt = current.salt;
  wanted.state = current.state;
  wanted.phases = current.phases;
  wanted.plan.frozen_at = current.plan.frozen_at;
  if (wanted.schedule.start) wanted.schedule.missed.reset();
}

}  // namespace

std::string_view name_of(Move move) noexcept {
  constexpr std::array<std::string_view, 5> names{"start", "pause", "resume", "stop", "archive"};
  return names[static_cast<std::size_t>(move)];
}

std::optional<Move> move_named(std::string_view name) noexcept {
  const auto* found = std::ranges::find(all_moves, name, [](Move move) { return name_of(move); });
  if (found == all_moves.end()) return std::nullopt;
  return *found;
}

Result<ExperimentState> after(const Experiment& experiment, Move move) {
  for (const auto& step : kSteps)
    if (step.from == experiment.state && step.move == move) return step.to;
  return Error{
      ErrorCode::conflict,
      "a " + std::string(storage::name_of(experiment.state)) + " experiment cannot " + std::string(name_of(move)), "",
      legal_moves(experiment.state)};
}

Result<Experiment> moved(Experiment experiment, Move move, const MoveTerms& terms) {
  const auto next = after(experiment, move);
  if (!next) return next.error();
  auto at = effective(experiment, terms);
  if (!at) return at.error();
  auto schedule = schedule_after(experiment.schedule, move, *at);
  if (!schedule) return schedule.error();
  if (auto done = apply(experiment, move, *at, terms); !done) return done.error();
  experiment.schedule = *std::move(schedule);
  experiment.state = *next;
  ++experiment.version;
  return experiment;
}

Result<Experiment> changed(const Experiment& current, Experiment wanted, const MoveTerms& terms) {
  keep_what_the_server_sets(wanted, current);
  if (auto fine = check_schedule(wanted, current.schedule, terms.now); !fine) return fine.error();
  if (current.state == ExperimentState::draft) return wanted;
  if (const auto member = fixed_member(current, wanted); !member.empty())
    return fixed(current, member, "Words, weights, coverage, condition, stickiness and enrolment may change.");
  if (wanted.sticky && wanted.sticky->version < sticky_version_of(current))
    return Error{ErrorCode::conflict, "the version may only be raised", "/sticky/version",
                 "It is " + std::to_string(sticky_version_of(current)) + " now."};
  const auto member = redesigned_member(current, wanted);
  if (member.empty()) return wanted;
  if (!holds_slots(current)) return fixed(current, member, "Create a new experiment.");
  if (current.state == ExperimentState::paused) return wanted;
  auto at = effective(current, terms);
  if (!at) return at.error();
  if (auto opened = open_next_phase(wanted, *at, terms.taken); !opened) return opened.error();
  return wanted;
}

bool holds_slots(const Experiment& experiment) noexcept {
  return experiment.state == ExperimentState::running || experiment.state == ExperimentState::paused;
}

bool judged_alike(const Experiment& a, const Experiment& b) {
  return a.unit_type == b.unit_type && a.fallback_unit_type == b.fallback_unit_type && a.sticky == b.sticky &&
         holds_slots(a) == holds_slots(b) && a.variants == b.variants && a.phases == b.phases &&
         a.expects == b.expects && a.plan == b.plan;
}

}  // namespace touchstone::app
