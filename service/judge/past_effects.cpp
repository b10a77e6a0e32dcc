#include "service/judge/past_effects.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "stats/bayes/shrinkage.hpp"
#include "stats/distribution/normal.hpp"

namespace touchstone::judge {
namespace {

using stats::Estimate;
using stats::SegmentEffect;

constexpr double kAlpha = 0.05;

/// A relative change as a logarithm of a ratio, a rise for the better.
struct Oriented {
  SegmentEffect effect;
  bool upwards = true;
};

Lift lift_of(double estimate, const stats::Interval& interval, bool upwards) {
  if (upwards) return {std::expm1(estimate), std::expm1(interval.low), std::expm1(interval.high)};
  return {std::expm1(-estimate), std::expm1(-interval.high), std::expm1(-interval.low)};
}

Lift lift_of(const Estimate& of, bool upwards) { return lift_of(of.estimate, of.interval, upwards); }

/// As wide as an independent sum of them is.
Lift raw_sum(std::span<const SegmentEffect> effects, bool upwards) {
  double sum = 0;
  double variance = 0;
  for (const SegmentEffect& one : effects) {
    sum += one.estimate;
    variance += one.se * one.se;
  }
  const double reach = stats::normal_upper_quantile(kAlpha / 2) * std::sqrt(variance);
  return lift_of(sum, {sum - reach, sum + reach}, upwards);
}

/// Nothing where the row knows no bounded relative change. The standard error is the interval's, read at its level.
std::optional<Oriented> oriented(const Row& row, const JudgedPlan& plan, storage::Direction direction) {
  const Interval& relative = row.relative;
  if (!relative.estimate || !relative.low || !relative.high || *relative.low <= -1) return std::nullopt;
  const bool upwards = direction == storage::Direction::increase;
  const double width = std::log1p(*relative.high) - std::log1p(*relative.low);
  const double se = width / (2 * stats::normal_upper_quantile(plan.alpha / 2));
  if (!(se > 0) || !std::isfinite(se)) return std::nullopt;
  const double change = std::log1p(*relative.estimate);
  return Oriented{{upwards ? change : -change, se}, upwards};
}

/// The effects, and beside each what the prior is found from.
struct Gathered {
  std::vector<PastEffect> effects;
  std::vector<Oriented> oriented;
};

const PlannedMetric* first_goal(const Report& report) {
  const auto goal = std::ranges::find(report.plan.metrics, storage::MetricRole::goal, &PlannedMetric::role);
  return goal == report.plan.metrics.end() ? nullptr : &*goal;
}

/// All treatments enter, shipped or not: a choice among them is what shrinkage is to undo. Says why none did.
std::string gather(const PastExperiment& past, Gathered& into) {
  if (!past.report) return "no_report";
  const Report& report = *past.report;
  if (report.verdict.code == "do_not_trust" || report.verdict.code == "no_data") return report.verdict.code;
  const PlannedMetric* const goal = first_goal(report);
  if (goal == nullptr) return "no_goal";
  std::string reason = "no_data";
  bool any = false;
  for (const Row& row : report.results) {
    if (row.metric != goal->key) continue;
    const auto found = oriented(row, report.plan, goal->direction);
    if (!found) {
      reason = row.relative.status == "ok" ? "unbounded" : row.relative.status;
      continue;
    }
    any = true;
    into.oriented.push_back(*found);
    into.effects.push_back({past.key,
                            past.name,
                            goal->key,
                            row.variant,
                            past.shipped == row.variant,
                            Lift{*row.relative.estimate, *row.relative.low, *row.relative.high},
                            {},
                            {}});
  }
  return any ? "" : reason;
}

std::vector<SegmentEffect> plain(std::span<const Oriented> all) {
  std::vector<SegmentEffect> effects;
  for (const Oriented& one : all) effects.push_back(one.effect);
  return effects;
}

PortfolioPrior told(const stats::EffectPrior& prior) {
  PortfolioPrior result{std::string(stats::name(prior.status)), prior.effects, {}, {}};
  if (prior.status != stats::Status::ok) return result;
  const double reach = stats::normal_upper_quantile(kAlpha / 2) * prior.mean_se;
  result.mean = lift_of(prior.mean, {prior.mean - reach, prior.mean + reach}, true);
  result.spread = prior.spread;
  return result;
}

void shrink(Gathered& gathered, const stats::EffectPrior& prior) {
  if (prior.status != stats::Status::ok) return;
  for (std::size_t i = 0; i < gathered.effects.size(); ++i) {
    const Oriented& one = gathered.oriented[i];
    gathered.effects[i].shrunken = lift_of(stats::believed_sum(prior, {&one.effect, 1}, kAlpha), one.upwards);
    gathered.effects[i].kept = 1 - stats::shrinkage(prior, one.effect.se);
  }
}

std::vector<Shipped> sum_shipped(const Gathered& gathered, const stats::EffectPrior& prior) {
  std::map<std::string, std::vector<Oriented>> by_metric;
  for (std::size_t i = 0; i < gathered.effects.size(); ++i)
    if (gathered.effects[i].shipped) by_metric[gathered.effects[i].metric].push_back(gathered.oriented[i]);
  std::vector<Shipped> all;
  for (const auto& [metric, chosen] : by_metric) {
    const auto effects = plain(chosen);
    const bool upwards = chosen.front().upwards;
    Shipped& sum = all.emplace_back(Shipped{metric, effects.size(), raw_sum(effects, upwards), {}});
    if (prior.status == stats::Status::ok) sum.shrunken = lift_of(stats::believed_sum(prior, effects, kAlpha), upwards);
  }
  return all;
}

/// How good a change is believed to be.
double gain(const PastEffect& effect, const Oriented& oriented) {
  const double lift = effect.shrunken ? effect.shrunken->estimate : effect.raw.estimate;
  return oriented.upwards ? lift : -lift;
}

std::vector<PastEffect> in_order(Gathered gathered) {
  std::vector<std::size_t> order(gathered.effects.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&](std::size_t i) { return gain(gathered.effects[i], gathered.oriented[i]); });
  std::vector<PastEffect> sorted;
  for (const std::size_t i : order) sorted.push_back(std::move(gathered.effects[i]));
  return sorted;
}

}  // namespace

void compare_past(Portfolio& of, std::span<const PastExperiment> experiments) {
  Gathered gathered;
  for (const auto& past : experiments)
    if (auto reason = gather(past, gathered); !reason.empty())
      of.left_out.push_back({past.key, past.name, std::move(reason)});
  const auto prior = stats::effect_prior(plain(gathered.oriented));
  of.prior = told(prior);
  shrink(gathered, prior);
  of.shipped = sum_shipped(gathered, prior);
  of.effects = in_order(std::move(gathered));
}

}  // namespace touchstone::judge
