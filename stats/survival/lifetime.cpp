#include "stats/survival/lifetime.hpp"

#include <algorithm>
#include <cmath>

#include "stats/distribution/normal.hpp"

namespace touchstone::stats {
namespace {

double count(std::int64_t n) noexcept { return static_cast<double>(n); }

// S^exp(-+z s/|ln S|), for S below 1; where nobody is left the formula says nothing.
Interval log_log_interval(double survival, double log_se, double z) noexcept {
  if (survival <= 0) return {};
  const double factor = std::exp(z * log_se / -std::log(survival));
  return {std::pow(survival, factor), std::pow(survival, 1 / factor)};
}

}  // namespace

std::vector<Ending> endings(std::span<const Lifetime> lifetimes) {
  std::vector<Lifetime> sorted(lifetimes.begin(), lifetimes.end());
  std::sort(sorted.begin(), sorted.end(), [](const Lifetime& a, const Lifetime& b) { return a.time < b.time; });
  std::vector<Ending> result;
  for (std::size_t i = 0; i < sorted.size();) {
    Ending ending{sorted[i].time, static_cast<std::int64_t>(sorted.size() - i), 0};
    for (; i < sorted.size() && sorted[i].time == ending.time; ++i) ending.ended += sorted[i].ended ? 1 : 0;
    if (ending.ended > 0) result.push_back(ending);
  }
  return result;
}

std::vector<SurvivalStep> kaplan_meier(std::span<const Lifetime> lifetimes, double alpha) {
  const double z = normal_upper_quantile(alpha / 2);
  std::vector<SurvivalStep> curve;
  double survival = 1;
  double log_variance = 0;
  for (const Ending& ending : endings(lifetimes)) {
    const double left = count(ending.at_risk - ending.ended);
    survival *= left / count(ending.at_risk);
    log_variance += count(ending.ended) / (count(ending.at_risk) * left);
    const double log_se = std::sqrt(log_variance);
    const double se = survival > 0 ? survival * log_se : undefined;
    curve.push_back({ending, survival, se, log_log_interval(survival, log_se, z)});
  }
  return curve;
}

SurvivalStep survival_at(std::span<const SurvivalStep> curve, double time) {
  const auto later = std::upper_bound(curve.begin(), curve.end(), time,
                                      [](double t, const SurvivalStep& step) { return t < step.ending.time; });
  return later == curve.begin() ? SurvivalStep{} : *(later - 1);
}

SurvivalQuantile survival_quantile(std::span<const SurvivalStep> curve, double q) {
  const auto first = [&](const auto& value_of) {
    const auto at =
        std::find_if(curve.begin(), curve.end(), [&](const SurvivalStep& s) { return value_of(s) <= 1 - q; });
    return at == curve.end() ? infinity : at->ending.time;
  };
  return {first([](const SurvivalStep& s) { return s.survival; }),
          {first([](const SurvivalStep& s) { return s.interval.low; }),
           first([](const SurvivalStep& s) { return s.interval.high; })}};
}

}  // namespace touchstone::stats
