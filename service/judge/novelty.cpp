#include "service/judge/novelty.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "service/judge/comparison.hpp"
#include "service/judge/doubts.hpp"
#include "service/judge/figure.hpp"
#include "stats/effect.hpp"
#include "stats/fixed/ratio.hpp"
#include "stats/strata.hpp"

namespace touchstone::judge {
namespace {

/// With those who did nothing: they add 0.
stats::RatioSums all_units(const AgeSums& arm) {
  stats::RatioSums sums = arm.sums;
  sums.y.n = sums.x.n = arm.units - arm.beyond;
  return sums;
}

/// One phase of a comparison.
struct Part {
  const AgeSums& a;
  const AgeSums& b;

  [[nodiscard]] bool says_something() const {
    return std::min(a.sums.x.n, b.sums.x.n) >= kFewestActive && a.sums.x.s1 > 0 && b.sums.x.s1 > 0;
  }
};

std::vector<Part> parts(const Case& of, const Aged& aged, std::size_t variant) {
  std::vector<Part> all;
  for (std::size_t p = 0; p < of.cells.shape.phases; ++p) {
    const std::size_t row = p * of.cells.shape.variants;
    const Part part{aged.sums[row + of.control()], aged.sums[row + variant]};
    if (part.says_something()) all.push_back(part);
  }
  return all;
}

/// How control's amounts lie over the days, and how much more the treatment does on all of them.
struct Profile {
  double mean_day = 0;
  double variance = 0;
  double lift = 0;
};

double wide(stats::Int128 sum) { return static_cast<double>(sum); }

Profile profile_of(const std::vector<Part>& parts) {
  double amount = 0;
  double first = 0;
  double within = 0;
  double mean_a = 0;
  double mean_b = 0;
  for (const auto& [a, b] : parts) {
    const double of_a = wide(a.sums.x.s1);
    const double weight = stats::harmonic_weight(a.units, b.units);
    amount += of_a;
    first += wide(a.sums.y.s1);
    within += wide(a.second) - wide(a.sums.y.s1) * wide(a.sums.y.s1) / of_a;
    mean_a += weight * of_a / static_cast<double>(a.units);
    mean_b += weight * wide(b.sums.x.s1) / static_cast<double>(b.units);
  }
  return {first / amount, within / amount, mean_b / mean_a - 1};
}

stats::Effect later(const Case& of, const std::vector<Part>& parts) {
  std::vector<stats::MeanStratum> strata;
  for (const auto& [a, b] : parts)
    strata.push_back({stats::ratio_values(all_units(a), 0, 0), stats::ratio_values(all_units(b), 0, 0)});
  return stats::always_valid_means(strata, {0.05, of.planned_pair().value_or(kTypicalSize)});
}

void tell(Check& check, const AgeTrend& trend, const std::string& variant) {
  check.figures.push_back({"first:" + variant, figure(trend.first)});
  check.figures.push_back({"last:" + variant, figure(trend.last)});
  check.figures.push_back({"per_day:" + variant, figure(trend.slope)});
  check.figures.push_back({"per_day_low:" + variant, figure(trend.interval.low)});
  check.figures.push_back({"per_day_high:" + variant, figure(trend.interval.high)});
}

bool grows(const AgeTrend& trend) {
  return trend.first * trend.last > 0 && std::abs(trend.last) > std::abs(trend.first);
}

}  // namespace

AgeTrend age_trend(const Case& of, const Aged& aged, std::size_t variant) {
  AgeTrend trend;
  const std::vector<Part> asked = parts(of, aged, variant);
  if (asked.empty()) return trend;
  const Profile profile = profile_of(asked);
  if (!(profile.variance > 0)) return trend;
  const stats::Estimate shift = later(of, asked).absolute;
  const double factor = (1 + profile.lift) / profile.variance;
  trend.slope = shift.estimate * factor;
  trend.interval = {shift.interval.low * factor, shift.interval.high * factor};
  trend.p = shift.p;
  trend.first = profile.lift - trend.slope * profile.mean_day;
  trend.last = trend.first + trend.slope * (aged.days - 1);
  return trend;
}

Check novelty(const Case& of, const Aged& aged) {
  Check check = measured("novelty", std::nullopt, kDoubtLimit);
  check.metric = of.metrics[aged.metric].key;
  check.figures.push_back({"days", aged.days});
  bool growing = false;
  for (const std::size_t v : of.treatments()) {
    const std::string& variant = of.experiment.variants[v].key;
    const AgeTrend trend = age_trend(of, aged, v);
    tell(check, trend, variant);
    lower(check, trend.p, of.treatments().size(), variant);
    if (check.variant == variant) growing = grows(trend);
  }
  finish(check);
  if (growing && check.level == CheckLevel::warn) check.code = "primacy";
  return check;
}

}  // namespace touchstone::judge
