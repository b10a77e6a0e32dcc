#include "service/simulate/course.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "service/judge/study.hpp"

namespace touchstone::simulate {
namespace {

constexpr std::uint32_t kWhole = 1'000'000;

/// Weights of a million that sum to it; control gets what rounding leaves.
std::vector<std::uint32_t> slots_of(const std::vector<double>& weights) {
  const double all = std::reduce(weights.begin(), weights.end());
  std::vector<std::uint32_t> slots;
  for (const double weight : weights) slots.push_back(static_cast<std::uint32_t>(weight / all * kWhole));
  slots.front() += kWhole - std::reduce(slots.begin(), slots.end());
  return slots;
}

std::vector<storage::Variant> variants_of(const std::vector<std::uint32_t>& slots) {
  std::vector<storage::Variant> variants(slots.size());
  for (std::size_t v = 0; v < slots.size(); ++v) {
    variants[v].key = v == 0 ? "control" : "treatment-" + std::to_string(v);
    variants[v].control = v == 0;
    variants[v].weight = slots[v];
  }
  return variants;
}

std::size_t first_goal(const storage::Plan& plan) {
  const auto goal = std::ranges::find(plan.metrics, storage::MetricRole::goal, &storage::PlanMetric::role);
  return goal == plan.metrics.end() ? 0 : static_cast<std::size_t>(goal - plan.metrics.begin());
}

/// Units that have entered by the end of a stage.
std::uint64_t last_of(const Trial& trial, const Stage& stage) {
  return static_cast<std::uint64_t>(std::llround(stage.until * static_cast<double>(trial.units)));
}

std::vector<storage::Phase> phases_of(const Trial& trial) {
  std::vector<storage::Phase> phases;
  Time begins = opening();
  for (const Stage& stage : trial.stages) {
    storage::Phase& phase = phases.emplace_back();
    phase.number = static_cast<std::uint32_t>(phases.size());
    phase.started_at = begins;
    phase.weights = slots_of(stage.weights);
    begins = opening() + hours_for(trial, last_of(trial, stage)) * judge::kTickWithoutEnd;
    if (&stage != &trial.stages.back()) phase.ended_at = begins;
  }
  return phases;
}

}  // namespace

Time opening() noexcept { return std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}; }

Trial trial(storage::Plan plan, std::vector<storage::Metric> metrics, std::vector<Stage> stages, std::uint64_t units,
            int hours) {
  Trial made{{}, std::move(metrics), std::move(stages), units};
  made.hours = static_cast<int>(std::clamp<std::uint64_t>(units, 1, static_cast<std::uint64_t>(hours)));
  for (storage::Metric& metric : made.metrics) metric.window = {Micros{0}, kUnitWindow};
  made.experiment.key = "simulated";
  made.experiment.scheme = "external";
  made.experiment.state = storage::ExperimentState::running;
  made.experiment.variants = variants_of(slots_of(made.stages.back().weights));
  made.experiment.plan = std::move(plan);
  made.experiment.plan.horizon = {units, std::nullopt};
  made.experiment.plan.tick.reset();
  made.experiment.phases = phases_of(made);
  made.changed = first_goal(made.experiment.plan);
  return made;
}

std::uint64_t units_by(const Trial& trial, std::int64_t hours) noexcept {
  const auto all = static_cast<std::uint64_t>(trial.hours);
  return (static_cast<std::uint64_t>(hours) * trial.units + all - 1) / all;
}

std::int64_t hours_for(const Trial& trial, std::uint64_t units) noexcept {
  const auto before = units * static_cast<std::uint64_t>(trial.hours);
  return static_cast<std::int64_t>((before + trial.units - 1) / trial.units);
}

Course::Course(const Trial& trial, const Behaviour& behaviour, Random random)
    : trial_(trial),
      behaviour_(behaviour),
      random_(random),
      cells_(judge::shape_of(trial.experiment, trial.metrics)),
      amounts_(cells_.shape.extra.columns()) {}

void Course::enter(std::uint64_t units) {
  while (entered_ < units) enter_one();
}

void Course::enter_one() {
  while (stage_ + 1 < trial_.stages.size() && entered_ >= last_of(trial_, trial_.stages[stage_])) ++stage_;
  judge::Participation part;
  const auto hour = static_cast<std::int64_t>(entered_ * static_cast<std::uint64_t>(trial_.hours) / trial_.units);
  part.exposed_at = opening() + hour * judge::kTickWithoutEnd + judge::kTickWithoutEnd / 2;
  part.exposures = 1;
  part.phase = static_cast<std::uint32_t>(stage_);
  const std::size_t variant = variant_in(trial_.stages[stage_]);
  part.variant = static_cast<std::uint32_t>(variant);
  const double when = static_cast<double>(entered_) / static_cast<double>(trial_.units);
  behaviour_({entered_, when, variant}, random_, amounts_);
  sort_by_level();
  cells_.add(part, amounts_);
  ++entered_;
}

/// As measuring does it for a strict plan.
void Course::sort_by_level() {
  if (!is_strict(trial_.experiment.plan.method)) return;
  for (std::size_t m = 0; m < trial_.metrics.size(); ++m) {
    const auto top = judge::level_top(trial_.metrics[m]);
    if (top && amounts_[m].state == judge::AmountState::present)
      amounts_[m].bin = judge::level_of(amounts_[m].value, *top);
  }
}

std::size_t Course::variant_in(const Stage& stage) {
  double place = random_.uniform() * std::reduce(stage.weights.begin(), stage.weights.end());
  for (std::size_t v = 0; v + 1 < stage.weights.size(); ++v) {
    place -= stage.weights[v];
    if (place < 0) return v;
  }
  return stage.weights.size() - 1;
}

judge::Report Course::report() const {
  const Time closed = opening() + (hours_for(trial_, entered_) + 1) * judge::kTickWithoutEnd + kUnitWindow;
  return judge::report(trial_.experiment, trial_.metrics, cells_, {{}, closed}, {});
}

}  // namespace touchstone::simulate
