#include "stats/strata.hpp"

namespace touchstone::stats {
namespace {

bool carries_variance(const MeanStratum& stratum) noexcept { return stratum.a.n >= 2 && stratum.b.n >= 2; }

double square(double value) noexcept { return value * value; }

double total_weight(std::span<const MeanStratum> strata) noexcept {
  double total = 0;
  for (const MeanStratum& s : strata) total += carries_variance(s) ? harmonic_weight(s.a.n, s.b.n) : 0;
  return total;
}

void accumulate(ArmMean& arm, const Moments& group, double share) noexcept {
  const double variance = square(share) * group.mean_variance();
  arm.mean += share * group.mean;
  arm.variance += variance;
  arm.df_part += square(variance) / (group.count() - 1);
}

// The variance of the difference if both arms were random draws from one pool, per unit of squared share.
struct Pool {
  double weight;
  double degrees;
};
Pool pool_of(const MeanStratum& s) noexcept { return {harmonic_weight(s.a.n, s.b.n), s.a.count() + s.b.count() - 1}; }

void accumulate_pooled(LiftVariance& v, const MeanStratum& s, double share) noexcept {
  const Pool pool = pool_of(s);
  const double d = mean_difference(s.a, s.b);
  const double scale = square(share) / pool.degrees;
  v.at_null += scale * ((s.a.m2 + s.b.m2) / pool.weight + d * d);
  v.cross += scale * (s.a.m2 / pool.weight - s.a.mean * d);
  v.baseline += scale * (s.a.m2 / pool.weight + square(s.a.mean));
}

void accumulate_shift(LiftVariance& v, const MeanStratum& s, double share, double difference) noexcept {
  const Pool pool = pool_of(s);
  const double excess = mean_difference(s.a, s.b) - difference;
  const double scale = square(share) / pool.degrees;
  v.at_null += scale * ((s.a.m2 + s.b.m2) / pool.weight + square(excess));
  v.cross -= scale * excess;
  v.baseline += scale;
}

Status status_of(const ComparedMeans& compared) noexcept {
  if (compared.units > 0) return Status::ok;
  return compared.left_out > 0 ? Status::insufficient_data : Status::no_data;
}

void count_units(ComparedMeans& compared, std::span<const MeanStratum> strata) noexcept {
  for (const MeanStratum& s : strata) (carries_variance(s) ? compared.units : compared.left_out) += s.a.n + s.b.n;
}

}  // namespace

double Proportion::rate() const noexcept { return units > 0 ? static_cast<double>(conversions) / count() : undefined; }

double harmonic_weight(std::int64_t n_a, std::int64_t n_b) noexcept {
  if (n_a <= 0 || n_b <= 0) return 0;
  const auto a = static_cast<double>(n_a);
  const auto b = static_cast<double>(n_b);
  return a / (a + b) * b;
}

ComparedMeans compare(std::span<const MeanStratum> strata) noexcept {
  ComparedMeans compared;
  count_units(compared, strata);
  compared.status = status_of(compared);
  if (compared.status != Status::ok) return compared;

  const double total = total_weight(strata);
  compared.a = compared.b = {0, 0, 0};
  compared.pooled = compared.pooled_shift = {0, 0, 0};
  compared.difference = 0;
  for (const MeanStratum& s : strata) {
    if (!carries_variance(s)) continue;
    const double share = harmonic_weight(s.a.n, s.b.n) / total;
    compared.difference += share * mean_difference(s.a, s.b);
    accumulate(compared.a, s.a, share);
    accumulate(compared.b, s.b, share);
    accumulate_pooled(compared.pooled, s, share);
  }
  for (const MeanStratum& s : strata) {
    if (!carries_variance(s)) continue;
    accumulate_shift(compared.pooled_shift, s, harmonic_weight(s.a.n, s.b.n) / total, compared.difference);
  }
  const double v_a = compared.a.variance;
  compared.own = {v_a + compared.b.variance, v_a, v_a};
  return compared;
}

Moments moments(const Proportion& arm) noexcept {
  if (arm.units <= 0) return {};
  const double p = arm.rate();
  const double m2 =
      static_cast<double>(arm.conversions) * (static_cast<double>(arm.units - arm.conversions) / arm.count());
  return {arm.units, p, m2, m2 * (1 - 2 * p), 0};
}

}  // namespace touchstone::stats
