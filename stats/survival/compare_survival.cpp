#include "stats/survival/compare_survival.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/distribution/normal.hpp"
#include "stats/numeric/root.hpp"

namespace touchstone::stats {
namespace {

// What one event time of a stratum says: customers at risk and ended, all and in B.
struct Table {
  double at_risk = 0;
  double at_risk_b = 0;
  double ended = 0;
  double ended_b = 0;
};

double still_there(std::span<const double> sorted_times, double time) {
  return static_cast<double>(sorted_times.end() - std::lower_bound(sorted_times.begin(), sorted_times.end(), time));
}

std::vector<double> sorted_times(std::span<const Lifetime> lifetimes, bool only_ended) {
  std::vector<double> times;
  for (const Lifetime& l : lifetimes) {
    if (l.ended || !only_ended) times.push_back(l.time);
  }
  std::sort(times.begin(), times.end());
  return times;
}

void append_tables(std::vector<Table>& tables, const SurvivalStratum& stratum) {
  std::vector<Lifetime> all(stratum.a.begin(), stratum.a.end());
  all.insert(all.end(), stratum.b.begin(), stratum.b.end());
  const std::vector<double> times_b = sorted_times(stratum.b, false);
  const std::vector<double> ended_b = sorted_times(stratum.b, true);
  for (const Ending& e : endings(all)) {
    const auto [first, last] = std::equal_range(ended_b.begin(), ended_b.end(), e.time);
    tables.push_back({static_cast<double>(e.at_risk), still_there(times_b, e.time), static_cast<double>(e.ended),
                      static_cast<double>(last - first)});
  }
}

std::vector<Table> tables_of(std::span<const SurvivalStratum> strata) {
  std::vector<Table> tables;
  for (const SurvivalStratum& stratum : strata) append_tables(tables, stratum);
  return tables;
}

// Slope and curvature of the partial log-likelihood in the log hazard ratio.
struct Score {
  double slope = 0;
  double information = 0;
};

// Efron: the l-th of d simultaneous endings meets a crowd from which l/d of those ending have gone already.
Score score_at(std::span<const Table> tables, double log_ratio) noexcept {
  Score score;
  for (const Table& t : tables) {
    for (int before = 0; before < t.ended; ++before) {
      const double gone = before / t.ended;
      const double b = t.at_risk_b - gone * t.ended_b;
      const double a = t.at_risk - t.at_risk_b - gone * (t.ended - t.ended_b);
      const double weight_a = a * std::exp(-log_ratio);
      const double share_b = b / (b + weight_a);
      const double share_a = weight_a / (b + weight_a);
      score.slope += (t.ended_b * share_a - (t.ended - t.ended_b) * share_b) / t.ended;
      score.information += share_b * share_a;
    }
  }
  return score;
}

double z_at(std::span<const Table> tables, double log_ratio) noexcept {
  const Score score = score_at(tables, log_ratio);
  return score.slope / std::sqrt(score.information);
}

// The log ratio at which z, which falls in it, is `target`; infinite where it never gets there.
double log_ratio_with(std::span<const Table> tables, double target) {
  constexpr double farthest = 64;
  const double direction = z_at(tables, 0) > target ? 1 : -1;
  const auto gap = [&](double distance) { return direction * (z_at(tables, direction * distance) - target); };
  double reach = 0.5;
  while (gap(reach) > 0 && reach < farthest) reach *= 2;
  return reach >= farthest ? direction * infinity : direction * bracketed_root(gap, 0.0, reach);
}

Status status_of(std::span<const Table> tables) noexcept {
  if (tables.empty()) return Status::no_data;
  return score_at(tables, 0).information > 0 ? Status::ok : Status::insufficient_data;
}

}  // namespace

LogRank log_rank(std::span<const SurvivalStratum> strata) {
  const std::vector<Table> tables = tables_of(strata);
  LogRank test;
  for (const Table& t : tables) {
    const double share = t.at_risk_b / t.at_risk;
    test.observed += t.ended_b;
    test.expected += t.ended * share;
    if (t.at_risk > 1) test.variance += t.ended * share * (1 - share) * (t.at_risk - t.ended) / (t.at_risk - 1);
  }
  if (tables.empty()) return test;
  test.status = test.variance > 0 ? Status::ok : Status::insufficient_data;
  if (test.status != Status::ok) return test;
  test.z = (test.observed - test.expected) / std::sqrt(test.variance);
  test.two_sided = normal_two_sided(test.z);
  return test;
}

HazardRatio hazard_ratio(std::span<const SurvivalStratum> strata, double alpha) {
  const std::vector<Table> tables = tables_of(strata);
  HazardRatio result;
  result.status = status_of(tables);
  if (result.status != Status::ok) return result;
  const Tail p = normal_two_sided(z_at(tables, 0));
  const double z = normal_upper_quantile(alpha / 2);
  result.p = p.p;
  result.log10_p = p.log10_p;
  result.log_ratio = log_ratio_with(tables, 0);
  result.ratio = std::exp(result.log_ratio);
  if (std::isfinite(result.log_ratio)) result.log_se = 1 / std::sqrt(score_at(tables, result.log_ratio).information);
  result.interval = {std::exp(log_ratio_with(tables, z)), std::exp(log_ratio_with(tables, -z))};
  return result;
}

}  // namespace touchstone::stats
