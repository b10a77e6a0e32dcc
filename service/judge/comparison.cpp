#include "service/judge/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>
#include <string>
#include <utility>

#include "service/judge/adjustment.hpp"
#include "service/judge/capping.hpp"
#include "service/judge/families.hpp"
#include "service/judge/figure.hpp"
#include "service/judge/gathered.hpp"
#include "service/judge/posterior.hpp"
#include "service/judge/quantile_row.hpp"
#include "service/judge/strata.hpp"
#include "service/judge/strict.hpp"
#include "service/judge/watch.hpp"
#include "stats/effect.hpp"
#include "stats/fixed/proportion.hpp"
#include "stats/fixed/score.hpp"
#include "stats/fixed/welch.hpp"

namespace touchstone::judge {
namespace {

using storage::MetricKind;

/// Amounts per one of the metric's unit.
stats::Int128 scale(const Case& of, std::size_t metric) { return std::llround(std::pow(10.0, of.decimals(metric))); }

std::vector<std::uint64_t> counts(std::span<const std::int64_t> units) { return {units.begin(), units.end()}; }

/// From how many took just so many steps to how many took at least so many.
std::vector<std::uint64_t> reached(std::span<const std::int64_t> by_steps) {
  std::vector<std::uint64_t> steps;
  std::int64_t units = 0;
  for (std::size_t step = by_steps.size(); step-- > 1;)
    steps.push_back(static_cast<std::uint64_t>(units += by_steps[step]));
  std::ranges::reverse(steps);
  return steps;
}

/// Who may have a value and has none is told where that says something.
bool answers(MetricKind kind) {
  return kind == MetricKind::score || kind == MetricKind::first_value || kind == MetricKind::last_value;
}

Arm arm(const Case& of, std::size_t variant, std::size_t metric) {
  const Gathered found = gathered(of, variant, metric);
  const stats::Sums& sums = found.sums.y;
  const stats::Moments moments = moments_of(of, metric, found.sums);
  const MetricKind kind = of.metrics[metric].kind;
  Arm arm;
  arm.n = static_cast<std::uint64_t>(sums.n);
  arm.variance = figure(moments.variance());
  if (answers(kind)) arm.units = static_cast<std::uint64_t>(found.units);
  if (kind == MetricKind::score && !found.bins.empty())
    arm.answers = counts(std::span(found.bins).first(found.bins.size() - 1));
  if (kind == MetricKind::funnel) arm.steps = reached(found.bins);
  if (sums.n == 0) return arm;
  if (moments.n > 0) arm.mean = moments.mean;
  arm.sum = stats::ratio(sums.s1, scale(of, metric));
  if (tells_share(of.metrics[metric])) arm.successes = static_cast<std::uint64_t>(sums.s1);
  return arm;
}

struct Means {
  double control = stats::undefined;
  double treatment = stats::undefined;
};

Means standardised(std::span<const stats::ProportionStratum> strata) {
  const stats::ConstrainedRates rates = stats::standardised_rates(strata);
  return {rates.a, rates.b};
}

Means standardised(std::span<const stats::MeanStratum> strata) {
  const stats::ComparedMeans means = stats::compare(strata);
  return {means.a.mean, means.b.mean};
}

/// Where the strata do not allow a comparison each arm keeps its plain mean.
void standardise(Row& row, const Means& means) {
  if (!figure(means.control) || !figure(means.treatment)) return;
  row.arms[0].mean = means.control;
  row.arms[1].mean = means.treatment;
}

Fixed test(std::span<const stats::ProportionStratum> strata) {
  Fixed fixed;
  fixed.test = strata.size() > 1 ? "cochran_mantel_haenszel" : "two_proportion_z";
  fixed.statistic = figure(strata.empty() ? stats::undefined : stats::score_z_difference(strata, 0));
  return fixed;
}

Fixed test(std::span<const stats::MeanStratum> strata) {
  const stats::WelchTest welch = stats::welch(stats::compare(strata));
  Fixed fixed;
  fixed.test = "welch_t";
  fixed.statistic = figure(welch.t);
  fixed.df = figure(welch.df);
  return fixed;
}

void compare(Comparison& to, std::span<const stats::ProportionStratum> strata, const stats::Tuning& tuning) {
  to.fixed = stats::compare_proportions(strata, tuning.alpha);
  to.always_valid = stats::always_valid_proportions(strata, tuning);
}

void compare(Comparison& to, std::span<const stats::MeanStratum> strata, const stats::Tuning& tuning) {
  to.fixed = stats::compare_means(strata, tuning.alpha);
  to.always_valid = stats::always_valid_means(strata, tuning);
}

void show(Comparison& made) {
  Row& row = made.row;
  if (row.kind == MetricKind::score)
    for (stats::Effect* effect : {&made.fixed, &made.always_valid}) effect->relative = not_relative();
  row.absolute = interval(made.fixed.absolute);
  row.se = figure(made.fixed.absolute.se);
  row.relative = interval(made.fixed.relative);
  row.fixed.p = figure(made.fixed.absolute.p);
  row.fixed.log10_p = figure(made.fixed.absolute.log10_p);
  row.always_valid.absolute = interval(made.always_valid.absolute);
  row.always_valid.relative = interval(made.always_valid.relative);
  row.always_valid.p = figure(made.always_valid.absolute.p);
  row.status = row.absolute.status;
  if (row.status == "ok" && !row.always_valid.method.empty()) row.status = row.always_valid.absolute.status;
}

/// Whether a figure that still grows may be looked at again and again. For a ratio, whose two parts grow on, no method
/// has been shown to keep its promise.
bool lasting(const Case& of, std::size_t metric) { return of.metrics[metric].kind != MetricKind::ratio; }

stats::Effect without_method() {
  stats::Effect none;
  none.absolute.status = none.relative.status = stats::Status::no_sequential_method;
  return none;
}

/// The mean of two e-values is one: against a change either way.
double two_sided(const stats::StrictEvidence& now) {
  const double larger = std::max(now.log_e_up, now.log_e_down);
  return larger + std::log((std::exp(now.log_e_up - larger) + std::exp(now.log_e_down - larger)) / 2);
}

/// E-values tell the sign of a change; how large it looks is told beside them.
void add_estimates(Comparison& made, const Watched& watched) {
  if (!watched.evidence) return;
  made.log_e = two_sided(*watched.evidence_now);
  made.always_valid.absolute.estimate = made.fixed.absolute.estimate;
  made.always_valid.relative.estimate = made.fixed.relative.estimate;
  if (made.always_valid.relative.status == stats::Status::ok)
    made.always_valid.relative.status = made.fixed.relative.status;
  made.row.always_valid.log10_e = {watched.evidence->log_e_up / std::numbers::ln10,
                                   watched.evidence->log_e_down / std::numbers::ln10};
}

/// Where the plan walks by ticks the row says which method judged it, and what a metric with a window was judged by.
void watch(const Case& of, Comparison& made) {
  if (!storage::walks_by_ticks(of.plan().method)) return;
  AlwaysValid& row = made.row.always_valid;
  row.method = lasting(of, made.metric) ? "confidence_sequence" : "none";
  if (is_strict(of.plan().method) && !bets_on(of, made.metric)) {
    made.always_valid = without_method();
    row.method = "none";
    return;
  }
  if (!by_looks(of, made.metric)) return;
  Watched watched = judge::watch(of, made.metric, made.variant);
  made.always_valid = watched.effect;
  add_estimates(made, watched);
  row.method = std::move(watched.method);
  row.until = watched.until;
  row.decided_at = watched.decided_at;
  row.immature_units = static_cast<std::uint64_t>(watched.waiting);
}

template <class Stratum>
void fill(const Case& of, Comparison& made, const std::vector<Stratum>& strata) {
  compare(made, strata, stats::Tuning{of.plan().alpha, of.planned_pair().value_or(kTypicalSize)});
  standardise(made.row, standardised(strata));
  made.row.fixed = test(strata);
  if (!lasting(of, made.metric)) made.always_valid = without_method();
  watch(of, made);
  show(made);
}

Row described(const Case& of, std::size_t metric, std::size_t variant) {
  const storage::Metric& defined = of.metrics[metric];
  Row row;
  row.metric = defined.key;
  row.version = defined.version;
  row.kind = defined.kind;
  row.role = of.plan().metrics[metric].role;
  row.variant = of.experiment.variants[variant].key;
  row.control = of.experiment.variants[of.control()].key;
  row.score = defined.score;
  if (waits_for_window(defined.kind))
    row.immature_units =
        static_cast<std::uint64_t>(gathered(of, of.control(), metric).waiting + gathered(of, variant, metric).waiting);
  return row;
}

Comparison blocked(Comparison made) {
  Row& row = made.row;
  row.status = stats::name(stats::Status::out_of_range);
  for (Interval* interval :
       {&row.absolute, &row.relative, &row.always_valid.absolute, &row.always_valid.relative, &row.posterior.credible})
    interval->status = row.status;
  return made;
}

void fill_quantile(const Case& of, Comparison& made, const SortedCells& cells) {
  compare_quantiles(of, cells, made);
  watch(of, made);
  show(made);
}

Comparison comparison(const Case& of, std::size_t metric, std::size_t variant, const SortedCells& cells) {
  Comparison made{metric, variant, {}, {}, described(of, metric, variant)};
  if (of.beyond(metric) > 0) return blocked(std::move(made));
  if (of.metrics[metric].kind == MetricKind::quantile) {
    fill_quantile(of, made, cells);
    return made;
  }
  made.row.arms = {arm(of, of.control(), metric), arm(of, variant, metric)};
  if (of.as_share(metric))
    fill(of, made, proportion_strata(of, metric, variant));
  else
    fill(of, made, mean_strata(of, metric, variant));
  if (of.metrics[metric].covariate) made.row.covariate = adjustment(of, made);
  if (of.metrics[metric].pooled_cap) made.row.cap = capping(of, metric, variant);
  return made;
}

}  // namespace

Interval interval(const stats::Estimate& estimate) {
  return {std::string(stats::name(estimate.status)), figure(estimate.estimate), figure(estimate.interval.low),
          figure(estimate.interval.high)};
}

stats::Estimate not_relative() {
  stats::Estimate none;
  none.status = stats::Status::not_relative;
  return none;
}

std::vector<Comparison> comparisons(const Case& of) {
  std::vector<Comparison> all;
  for (std::size_t m = 0; m < of.metrics.size(); ++m) {
    if (of.asked.tell) of.asked.tell({"estimate", m, of.metrics.size()});
    const std::size_t first = all.size();
    const SortedCells cells = sorted_cells(of, m);
    for (const std::size_t v : of.treatments()) all.push_back(comparison(of, m, v, cells));
    add_posteriors(of, m, std::span(all).subspan(first));
  }
  correct(of, all);
  return all;
}

}  // namespace touchstone::judge
