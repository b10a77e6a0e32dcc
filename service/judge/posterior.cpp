#include "service/judge/posterior.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "service/judge/figure.hpp"
#include "service/judge/strata.hpp"
#include "stats/posterior.hpp"

namespace touchstone::judge {
namespace {

using stats::BetaPosterior;
using stats::NormalPosterior;

bool lower_is_better(const Case& of, std::size_t metric) {
  return of.metrics[metric].direction == storage::Direction::decrease;
}

// Seen in the mirror, the smallest is the largest.
BetaPosterior mirrored(const BetaPosterior& arm) { return {arm.beta, arm.alpha}; }
NormalPosterior mirrored(const NormalPosterior& arm) { return {-arm.mean, arm.sd}; }

double mean(const BetaPosterior& arm) { return arm.mean(); }
double mean(const NormalPosterior& arm) { return arm.mean; }
double variance(const BetaPosterior& arm) { return arm.variance(); }
double variance(const NormalPosterior& arm) { return arm.sd * arm.sd; }

template <class Arm>
Interval credible(const Arm& control, const Arm& treatment, double alpha) {
  const NormalPosterior difference{mean(treatment) - mean(control), std::sqrt(variance(control) + variance(treatment))};
  const stats::Interval bounds = stats::credible(difference, 1 - alpha);
  return {"ok", figure(difference.mean), figure(bounds.low), figure(bounds.high)};
}

/// `arms`: control first, then the treatments of the rows; larger is better.
template <class Arm>
void compare_arms(const std::vector<Arm>& arms, std::span<Comparison> rows) {
  const stats::BestOfMany best = stats::best_of_many(arms);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const stats::PosteriorComparison against = stats::compare(arms[0], arms[i + 1]);
    Posterior& posterior = rows[i].row.posterior;
    posterior.chance_to_beat_control = figure(against.better.p);
    posterior.loss_choose_variant = figure(against.loss_b);
    posterior.loss_choose_control = figure(against.loss_a);
    if (best.status == stats::Status::ok) posterior.chance_best = figure(best.chance_best[i + 1]);
  }
}

template <class Arm>
void fill(const Case& of, std::size_t metric, std::vector<Arm> arms, std::span<Comparison> rows,
          const std::string& model) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].row.posterior.model = model;
    rows[i].row.posterior.credible = credible(arms[0], arms[i + 1], of.plan().alpha);
  }
  if (lower_is_better(of, metric))
    for (Arm& arm : arms) arm = mirrored(arm);
  compare_arms(arms, rows);
}

bool has_units(std::span<const Comparison> rows, std::uint64_t at_least) {
  for (const Comparison& made : rows)
    for (const Arm& arm : made.row.arms)
      if (arm.n < at_least) return false;
  return !rows.empty();
}

BetaPosterior beta(const Arm& arm) {
  return stats::posterior(
      stats::Proportion{static_cast<std::int64_t>(arm.successes.value_or(0)), static_cast<std::int64_t>(arm.n)});
}

std::vector<BetaPosterior> beta_arms(std::span<const Comparison> rows) {
  std::vector<BetaPosterior> arms{beta(rows[0].row.arms[0])};
  for (const Comparison& made : rows) arms.push_back(beta(made.row.arms[1]));
  return arms;
}

/// A quantile is as its standard error says. With several phases the treatments' controls are weighted differently.
std::vector<NormalPosterior> quantile_arms(std::span<const Comparison> rows) {
  const auto sd = [](const Arm& arm) { return std::sqrt(arm.variance.value_or(0) / static_cast<double>(arm.n)); };
  std::vector<NormalPosterior> arms;
  for (const Comparison& made : rows) {
    const auto& [control, treatment] = made.row.arms;
    if (!control.mean || !treatment.mean || !(sd(control) > 0) || !(sd(treatment) > 0)) return {};
    if (arms.empty()) arms.push_back({*control.mean, sd(control)});
    arms.push_back({arms[0].mean + *treatment.mean - *control.mean, sd(treatment)});
  }
  return arms;
}

/// Empty where a comparison has no variance to offer.
std::vector<NormalPosterior> normal_arms(const Case& of, std::size_t metric, std::span<const Comparison> rows) {
  if (of.metrics[metric].kind == storage::MetricKind::quantile) return quantile_arms(rows);
  std::vector<NormalPosterior> arms;
  for (const Comparison& made : rows) {
    const stats::ComparedMeans means = stats::compare(mean_strata(of, metric, made.variant));
    if (means.status != stats::Status::ok || !(means.a.variance > 0) || !(means.b.variance > 0)) return {};
    if (arms.empty()) arms.push_back({means.a.mean, std::sqrt(means.a.variance)});
    arms.push_back({arms[0].mean + means.difference, std::sqrt(means.b.variance)});
  }
  return arms;
}

bool one_phase(const Case& of, std::size_t metric, std::span<const Comparison> rows) {
  std::size_t most = 0;
  for (const Comparison& made : rows) most = std::max(most, mean_strata(of, metric, made.variant).size());
  return most <= 1;
}

}  // namespace

void add_posteriors(const Case& of, std::size_t metric, std::span<Comparison> rows) {
  if (of.beyond(metric) > 0 || !has_units(rows, 1)) return;
  if (of.as_share(metric) && one_phase(of, metric, rows))
    return fill(of, metric, beta_arms(rows), rows, "beta_binomial");
  if (auto arms = normal_arms(of, metric, rows); !arms.empty()) fill(of, metric, std::move(arms), rows, "normal");
}

}  // namespace touchstone::judge
