#include "stats/fixed/quantile.hpp"

#include <cmath>

#include "stats/distribution/normal.hpp"

namespace touchstone::stats {
namespace {

double critical() noexcept { return normal_upper_quantile(0.025); }

double independent_variance(double quantile, double events) noexcept { return quantile * (1 - quantile) / events; }

// The share below is a ratio of two totals over clusters.
double share_variance(const QuantileClusters& of) noexcept {
  const auto clusters = static_cast<double>(of.clusters);
  const double per_cluster = static_cast<double>(of.events) / clusters;
  const double share = static_cast<double>(of.below) / static_cast<double>(of.events);
  return (of.var_s - 2 * share * of.cov_sn + share * share * of.var_n) / (clusters * per_cluster * per_cluster);
}

}  // namespace

RankInterval quantile_ranks(double quantile, std::int64_t events) noexcept {
  const auto n = static_cast<double>(events);
  const double half = critical() * std::sqrt(n * quantile * (1 - quantile));
  return {n * quantile - half, n * quantile + half};
}

QuantileError quantile_error(double quantile, const Interval& at_ranks, const QuantileClusters& of) noexcept {
  QuantileError error;
  if (of.events <= 0) return error;
  error.status = of.clusters < 2 ? Status::insufficient_data : Status::ok;
  if (error.status != Status::ok) return error;
  error.se_independent = (at_ranks.high - at_ranks.low) / (2 * critical());
  error.var_share = share_variance(of);
  error.design_effect = error.var_share / independent_variance(quantile, static_cast<double>(of.events));
  error.se = error.se_independent * std::sqrt(error.design_effect);
  return error;
}

}  // namespace touchstone::stats
