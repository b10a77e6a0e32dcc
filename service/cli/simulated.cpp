#include "service/cli/simulated.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "service/cli/agreed_plan.hpp"
#include "service/cli/option_text.hpp"
#include "service/cli/past_units.hpp"
#include "service/cli/sample_question.hpp"
#include "service/codec/sizing_json.hpp"
#include "service/simulate/figures.hpp"

namespace touchstone::cli {
namespace {

using judge::SizeRequest;
using simulate::Figures;
using simulate::Stage;

constexpr double kMostUnits = 1e8;

Error wrong(std::string_view option, std::string what, std::string hint) {
  return {ErrorCode::invalid, fmt::format("{}: {}", option, what), "", std::move(hint)};
}

Result<double> share_of(std::string_view option, const std::string& text, double otherwise) {
  if (text.empty()) return otherwise;
  const auto share = share_in(text);
  if (share && *share > -1 && *share <= 1) return *share;
  return bad_option(option, text, "is no share", "Write 5% or 0.05.");
}

/// "95,5:20%"
Result<Stage> stage_of(const std::string& text, std::size_t arms) {
  const auto bad = [&] { return bad_option("--ramp", text, "is not understood", "Write WEIGHTS:SHARE, 95,5:20%."); };
  const auto pair = split_first(text, ':');
  const auto until = pair ? share_in(pair->value) : std::nullopt;
  if (!until || *until <= 0 || *until >= 1) return bad();
  Stage stage{*until, {}};
  for (const std::string_view part : split_text(pair->name, ',')) {
    const auto weight = number_in(part);
    if (!weight || *weight <= 0) return bad();
    stage.weights.push_back(*weight);
  }
  if (stage.weights.size() != arms)
    return bad_option("--ramp", text, fmt::format("has {} weights for {} variants", stage.weights.size(), arms),
                      "Give each variant a weight, control first.");
  return stage;
}

Result<std::vector<Stage>> stages_of(const SimulateOptions& options, const std::vector<double>& weights) {
  std::vector<Stage> stages;
  for (const std::string& text : options.ramp) {
    auto stage = stage_of(text, weights.size());
    if (!stage) return stage.error();
    if (!stages.empty() && stages.back().until >= stage->until)
      return bad_option("--ramp", text, "ends before the one that was named before", "Name them in their order.");
    stages.push_back(*std::move(stage));
  }
  stages.push_back({1, weights});
  return stages;
}

storage::MethodRef method_of(const SizeRequest& request) {
  return request.method == stats::SizedFor::always_valid ? storage::MethodRef{}
                                                         : storage::MethodRef{"fixed-horizon", 1};
}

storage::Plan plan_of(const SizeRequest& request, storage::Plan plan) {
  plan.alpha = request.alpha;
  plan.method = method_of(request);
  return plan;
}

double difference_of(const SizeRequest& request, double mean) {
  if (!request.effect) return 0;
  return request.effect->relative ? request.effect->size * mean : request.effect->size;
}

simulate::Change change_of(double difference) {
  if (difference == 0) return simulate::Change::none;
  return difference > 0 ? simulate::Change::rise : simulate::Change::drop;
}

Result<Figures> figures_of(const SimulateOptions& options, const stats::Baseline& baseline) {
  Figures figures;
  figures.kind = baseline.conversions ? simulate::Kind::rate : simulate::Kind::values;
  if (options.events) figures.kind = simulate::Kind::ratio;
  figures.mean = baseline.mean;
  figures.deviation = std::sqrt(baseline.variance);
  figures.answering = baseline.answering;
  figures.events = options.events.value_or(1);
  figures.shape = options.shape == "normal"  ? simulate::Shape::normal
                  : options.shape == "gamma" ? simulate::Shape::gamma
                                             : simulate::Shape::lognormal;
  const auto paying = share_of("--paying", options.paying, 1);
  if (!paying) return paying.error();
  figures.paying = *paying;
  if (!(figures.paying > 0)) return wrong("--paying", "nobody pays", "Give a share above 0.");
  if (options.events && !(baseline.conversions && *options.events >= 1))
    return wrong("--events", "a unit has one at least, and --rate is a share of them", "Write --rate 12% --events 4.");
  if (auto why = simulate::contradiction(figures)) return wrong("--mean", *std::move(why), "Try --shape normal.");
  return figures;
}

/// The same model for each goal, of which the first is changed.
simulate::Behaviour behaviour_of(const Figures& figures, std::size_t goals, double factor, double drift) {
  return [=](const simulate::Entrant& who, simulate::Random& random, std::vector<judge::Amount>& amounts) {
    for (std::size_t goal = 0; goal < goals; ++goal) {
      const double changed = goal == 0 && who.variant > 0 ? factor : 1;
      const simulate::Drawn unit = simulate::drawn(figures, changed * (1 + drift * who.when), random);
      amounts[goal] = unit.amount;
      if (amounts.size() > goals) amounts[goals + goal] = unit.denominator;
    }
  };
}

std::vector<storage::Metric> goals_of(const Figures& figures, std::size_t goals) {
  std::vector<storage::Metric> metrics;
  for (std::size_t goal = 0; goal < goals; ++goal)
    metrics.push_back(simulate::metric_of(figures, goal == 0 ? "goal" : fmt::format("goal-{}", goal + 1)));
  return metrics;
}

storage::Plan plan_for(const std::vector<storage::Metric>& metrics) {
  storage::Plan plan;
  for (const storage::Metric& metric : metrics)
    plan.metrics.push_back({metric.key, metric.version, storage::MetricRole::goal, {}});
  return plan;
}

Result<std::uint64_t> whole_units(double units) {
  if (units >= 2 && units <= kMostUnits) return static_cast<std::uint64_t>(std::ceil(units));
  return wrong("--units", fmt::format("{:.0f} units are more than a simulation takes", units),
               "Simulate a larger change, or fewer units.");
}

/// Sets the trial and the change, which both sources know alike.
Result<Simulated> arranged(const SimulateOptions& options, const SizeRequest& request, storage::Plan plan,
                           std::vector<storage::Metric> metrics, double units) {
  auto stages = stages_of(options, request.weights);
  if (!stages) return stages.error();
  const auto whole = whole_units(units);
  if (!whole) return whole.error();
  Simulated made;
  made.trial = simulate::trial(plan_of(request, std::move(plan)), std::move(metrics), *std::move(stages), *whole);
  made.units_per_day = request.units_per_day;
  return made;
}

void plant(Simulated& made, const SizeRequest& request, double mean) {
  made.mean = mean;
  made.difference = difference_of(request, mean);
  made.change = change_of(made.difference);
}

Result<Simulated> from_model(const SimulateOptions& options, const SizeRequest& request) {
  if (!request.baseline)
    return wrong("--rate", "nothing to start from", "Say what the metric shows today, or give a file of units.");
  const auto figures = figures_of(options, *request.baseline);
  if (!figures) return figures.error();
  const auto drift = share_of("--drift", options.drift, 0);
  if (!drift) return drift.error();
  double units = request.units.value_or(0);
  if (!request.units) {
    const auto sized = judge::size_up(request);
    if (!sized) return sized.error();
    units = sized->answer.units;
  }
  auto metrics = goals_of(*figures, request.goals);
  auto plan = plan_for(metrics);
  auto made = arranged(options, request, std::move(plan), std::move(metrics), units);
  if (!made) return made;
  plant(*made, request, figures->mean);
  const double factor = 1 + made->difference / figures->mean;
  const double most = figures->mean * std::max(1.0, factor) * (1 + std::max(0.0, *drift));
  if (figures->kind != simulate::Kind::values && (most > 1 || factor < 0))
    return wrong("--change", "no rate is below 0 or above 1", "Plant a change that can happen.");
  if (!request.units) made->power_asked = request.power.value_or(0.8);
  made->same = behaviour_of(*figures, request.goals, 1, *drift);
  made->changed = behaviour_of(*figures, request.goals, factor, *drift);
  made->source = "model";
  return made;
}

/// What control shows in the changed metric, in its unit.
double mean_of(const simulate::Pool& pool, const simulate::Trial& trial) {
  const storage::Metric& metric = trial.metrics[trial.changed];
  const auto mean = [&](std::size_t column, int decimals) {
    return simulate::moments_of(pool, column).mean * std::pow(10.0, -decimals);
  };
  const double above = mean(trial.changed, judge::amount_decimals(metric));
  if (metric.kind != storage::MetricKind::ratio) return above;
  const auto before = std::span(trial.metrics).first(trial.changed);
  const auto ratios = std::ranges::count(before, storage::MetricKind::ratio, &storage::Metric::kind);
  return above / mean(trial.metrics.size() + static_cast<std::size_t>(ratios), judge::denominator_decimals(metric));
}

Result<Simulated> from_past(const SimulateOptions& options, const SizeRequest& request) {
  auto past = past_units(options);
  if (!past) return past.error();
  const auto pool = std::make_shared<simulate::Pool>(std::move(past->pool));
  const double units = request.units.value_or(static_cast<double>(pool->units()));
  auto made = arranged(options, request, past->plan, past->metrics, units);
  if (!made) return made;
  const storage::Metric& metric = made->trial.metrics[made->trial.changed];
  plant(*made, request, mean_of(*pool, made->trial));
  if (made->change != simulate::Change::none && (metric.kind == storage::MetricKind::score || !(made->mean > 0)))
    return wrong("--change", "cannot be planted in such answers", "Leave it out: false alarms are shown without one.");
  const double factor = made->change == simulate::Change::none ? 1 : 1 + made->difference / made->mean;
  if (storage::tells_share(metric) && made->mean * factor > 1)
    return wrong("--change", "no rate is above 1", "Plant a change that can happen.");
  made->same = simulate::behaviour_of(*pool, made->trial, 1, !request.units);
  made->changed = simulate::behaviour_of(*pool, made->trial, factor, !request.units);
  made->source = "past";
  made->pool = pool;
  return made;
}

}  // namespace

Result<Simulated> simulated(const SimulateOptions& options) {
  SimulateOptions asked = options;
  if (asked.past && asked.plan.experiment.empty())
    return wrong("--past", "whose past?", "Name an experiment: --like KEY.");
  if (!asked.plan.experiment.empty())
    if (const auto taken = take_plan(asked); !taken) return taken.error();
  if (!asked.plan_file.empty())
    if (const auto taken = take_plan_of_file(asked); !taken) return taken.error();
  const auto question = sample_question(asked.plan);
  if (!question) return question.error();
  const auto request = codec::read_size_request(*question);
  if (!request) return request.error();
  if (request->method == stats::SizedFor::group_sequential)
    return wrong("--method", "reports judge no group sequential plan", "Name always-valid or fixed-horizon.");
  const bool past = asked.past || !asked.files.empty();
  return past ? from_past(asked, *request) : from_model(asked, *request);
}

}  // namespace touchstone::cli
