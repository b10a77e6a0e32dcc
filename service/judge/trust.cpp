#include "service/judge/trust.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

#include "service/judge/comparison.hpp"
#include "service/judge/doubts.hpp"
#include "service/judge/drift.hpp"
#include "service/judge/figure.hpp"
#include "service/judge/gathered.hpp"
#include "service/judge/looks.hpp"
#include "service/judge/measured.hpp"
#include "service/judge/novelty.hpp"
#include "service/judge/silence.hpp"
#include "service/judge/simpson.hpp"
#include "service/judge/strata.hpp"
#include "stats/distribution/normal.hpp"
#include "stats/effect.hpp"
#include "stats/sequential/confidence_sequence.hpp"
#include "stats/srm_slices.hpp"

namespace touchstone::judge {
namespace {

stats::Split split(const Case& of, const Dimension::Value& value, std::size_t phase) {
  stats::Split made;
  for (std::size_t v = 0; v < of.cells.shape.variants; ++v) {
    made.counts.push_back(value.units[phase * of.cells.shape.variants + v]);
    made.weights.push_back(of.experiment.phases[phase].weights[v]);
  }
  return made;
}

std::vector<stats::SlicePhases> slices(const Case& of, const Dimension& dimension) {
  std::vector<stats::SlicePhases> all;
  for (const Dimension::Value& value : dimension.values) {
    auto& phases = all.emplace_back();
    for (std::size_t p = 0; p < of.cells.shape.phases; ++p) phases.push_back(split(of, value, p));
  }
  return all;
}

std::int64_t units_of(const Case& of, const Dimension::Value& value, std::size_t variant) {
  std::int64_t units = 0;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p) units += value.units[p * of.cells.shape.variants + variant];
  return units;
}

void show_slice(const Case& of, const Dimension::Value& value, const stats::SrmTest& split, Check& check) {
  check.slice = value.text;
  for (std::size_t v = 0; v < of.experiment.variants.size(); ++v) {
    const std::string& variant = of.experiment.variants[v].key;
    check.figures.push_back({"units:" + variant, static_cast<double>(units_of(of, value, v))});
    if (v < split.expected.size()) check.figures.push_back({"expected:" + variant, figure(split.expected[v])});
  }
}

/// Whether an attribute knows more of the variant than it does not: Cramer's V^2 above a half. It is what was shown.
bool names_variant(const Case& of, const Dimension& dimension, const stats::SliceSplits& found) {
  std::int64_t units = 0;
  for (const Dimension::Value& value : dimension.values) units += std::reduce(value.units.begin(), value.units.end());
  const std::size_t ways = std::min(dimension.values.size(), of.cells.shape.variants) - 1;
  return found.mix_chi2 > 0.5 * static_cast<double>(units) * static_cast<double>(ways);
}

/// What an alarm means: off alike everywhere is no matter of slices.
void tell(const Case& of, const Dimension& dimension, const stats::SliceSplits& found, Check& check) {
  if (!(found.mix.p < kDoubtLimit)) return;
  check.level = CheckLevel::warn;
  if (found.rest.p < kDoubtLimit)
    check.code = "post_exposure";
  else
    show_slice(of, dimension.values[found.worst], found.worst_split, check);
}

Check slice_split(const Case& of, const Dimension& dimension, std::size_t attributes) {
  const stats::SliceSplits found = stats::srm_by_slice(slices(of, dimension));
  const double p = found.p.p * static_cast<double>(attributes);
  Check check = measured("slice_split", figure(p > 1 ? 1 : p), kDoubtLimit);
  check.attribute = dimension.attribute;
  check.status = stats::name(found.status);
  check.figures = {{"slices", static_cast<double>(dimension.values.size())},
                   {"mix_chi2", figure(found.mix_chi2)},
                   {"mix_df", static_cast<double>(found.mix_df)},
                   {"mix_p", figure(found.mix.p)}};
  if (names_variant(of, dimension, found)) {
    check.code = "post_exposure";
    check.status = "names_variant";
  } else if (p < kDoubtLimit) {
    tell(of, dimension, found, check);
  }
  return check;
}

void add_slices(const Case& of, std::vector<Check>& all) {
  if (of.facts.dimensions.too_many) {
    all.push_back(measured("slice_split", std::nullopt, kDoubtLimit));
    all.back().status = "too_many_values";
  }
  std::vector<const Dimension*> asked;
  for (const Dimension& dimension : of.facts.dimensions.known)
    if (!of.experiment.expects.contains(dimension.attribute)) asked.push_back(&dimension);
  for (const Dimension* dimension : asked) all.push_back(slice_split(of, *dimension, asked.size()));
}

bool is_score(const Case& of, std::size_t metric) { return of.metrics[metric].kind == storage::MetricKind::score; }

/// What an interval must be at, so that those of all looks together hold at 1 - kDoubtLimit: the confidence sequence's.
double lasting_level(const Case& of, std::size_t metric, std::size_t variant) {
  const auto units = [&](std::size_t v) { return static_cast<double>(gathered(of, v, metric).sums.y.n); };
  const double rho2 = stats::mixture_rho2(kDoubtLimit, of.planned_pair().value_or(kTypicalSize));
  const double pair = std::max(units(of.control()) + units(variant), 1.0);
  return stats::normal_two_sided(stats::mixture_critical(pair, rho2, -std::log(kDoubtLimit))).p;
}

stats::Effect certain_change(const Case& of, std::size_t metric, std::size_t variant) {
  const double level = lasting_level(of, metric, variant);
  if (of.as_share(metric)) return stats::compare_proportions(proportion_strata(of, metric, variant), level);
  return stats::compare_means(mean_strata(of, metric, variant), level);
}

/// How far from none the change is at least; 0 where there may be none.
double least(const stats::Interval& interval) { return std::max({interval.low, -interval.high, 0.0}); }

/// By which factor, up or down, the figures differ at least; 1 where they may be the same, a million where nothing is
/// left, or less.
double least_factor(const stats::Interval& lift) {
  constexpr double kNothingLeft = 1e-6;
  return std::max({1 + lift.low, 1 / std::max(1 + lift.high, kNothingLeft), 1.0});
}

double implausible(const Case& of, std::size_t metric) {
  if (!is_score(of, metric)) return kImplausibleFactor;
  const storage::Score& score = *of.metrics[metric].score;
  const std::int64_t range = scored(score, score.highest) - scored(score, score.lowest);
  return kImplausibleScore * static_cast<double>(range);
}

Check twyman(const Case& of, std::size_t metric) {
  Check check = measured("twyman", std::nullopt, implausible(of, metric));
  check.metric = of.metrics[metric].key;
  check.status = stats::name(stats::Status::no_data);
  for (const std::size_t v : of.treatments()) {
    const stats::Effect effect = certain_change(of, metric, v);
    const stats::Estimate& change = is_score(of, metric) ? effect.absolute : effect.relative;
    const std::string& variant = of.experiment.variants[v].key;
    check.figures.push_back({"change:" + variant, figure(change.estimate)});
    if (!change.interval.known()) continue;
    check.status = "ok";
    const double certain = is_score(of, metric) ? least(change.interval) : least_factor(change.interval);
    if (check.value && certain <= *check.value) continue;
    check.value = certain;
    check.variant = variant;
  }
  check.level = level(false, check.value && *check.value > *check.limit);
  if (check.level == CheckLevel::ok) check.variant.clear();
  return check;
}

Check drifting(const Case& of, std::size_t metric) {
  Check check = measured("drift", std::nullopt, kDoubtLimit);
  check.metric = of.metrics[metric].key;
  const std::vector<std::size_t> treatments = of.treatments();
  for (const std::size_t v : treatments) {
    const std::string& variant = of.experiment.variants[v].key;
    const auto [found, relative] = drift(of, metric, v);
    check.figures.push_back({"first:" + variant, figure(found.first)});
    check.figures.push_back({"last:" + variant, figure(found.last)});
    check.figures.push_back({"per_day:" + variant, figure(found.slope)});
    check.figures.push_back({"relative:" + variant, relative ? 1 : 0});
    lower(check, found.anytime.p, treatments.size(), variant);
  }
  finish(check);
  return check;
}

}  // namespace

std::vector<Check> trust(const Case& of) {
  std::vector<Check> all;
  add_slices(of, all);
  for (std::size_t m = 0; m < of.metrics.size(); ++m) {
    // The cells of a quantile know how many events there were, not what they are worth.
    if (of.beyond(m) > 0 || of.metrics[m].kind == storage::MetricKind::quantile) continue;
    all.push_back(twyman(of, m));
    if (of.cells.shape.phases > 1) all.push_back(simpson_of_phases(of, m));
    std::ranges::move(simpson_of_segments(of, m), std::back_inserter(all));
    if (by_looks(of, m)) all.push_back(drifting(of, m));
    if (by_looks(of, m) && is_heard(of.metrics[m].kind)) all.push_back(silence(of, m));
    if (const auto aged = std::ranges::find(of.facts.ages, m, &Aged::metric); aged != of.facts.ages.end())
      all.push_back(novelty(of, *aged));
  }
  return all;
}

}  // namespace touchstone::judge
