#include "stats/planning/sample_size.hpp"

#include <cmath>

#include "stats/distribution/normal.hpp"
#include "stats/numeric/root.hpp"
#include "stats/planning/always_valid.hpp"

namespace touchstone::stats {
namespace {

double variance_at(const Baseline& baseline, double difference) noexcept {
  if (!baseline.conversions) return baseline.variance;
  const double rate = baseline.mean + difference;
  return rate >= 0 && rate <= 1 ? rate * (1 - rate) : undefined;
}

double needed_drift(const SizeQuestion& question, double power) {
  return question.method == SizedFor::always_valid ? always_valid_drift(power, question.alpha)
                                                   : fixed_horizon_drift(power, question.alpha);
}

SequentialOperation operation(const SizeQuestion& question, double drift) {
  if (std::isnan(drift)) return {undefined, undefined, undefined};
  if (question.method == SizedFor::always_valid) return always_valid_operation(drift, question.alpha);
  const double critical = normal_upper_quantile(question.alpha / 2);
  return {normal_upper(critical - drift).p, normal_upper(critical + drift).p, 1};
}

}  // namespace

double difference_variance(const Baseline& baseline, const Split& split, double difference) noexcept {
  return (variance_at(baseline, 0) / split.control + variance_at(baseline, difference) / split.treatment) /
         baseline.answering;
}

double drift_of(const Baseline& baseline, const Split& split, double difference, double units) noexcept {
  return std::abs(difference) * std::sqrt(units / difference_variance(baseline, split, difference));
}

double units_for(const Baseline& baseline, const Split& split, double difference, double drift) noexcept {
  if (difference == 0) return undefined;
  return std::pow(drift / difference, 2) * difference_variance(baseline, split, difference);
}

double detectable(const Baseline& baseline, const Split& split, double units, double drift, int sign) {
  if (!baseline.conversions) return sign * drift * std::sqrt(difference_variance(baseline, split, 0) / units);
  const double room = sign > 0 ? 1 - baseline.mean : baseline.mean;
  const auto short_of = [&](double size) { return drift_of(baseline, split, sign * size, units) - drift; };
  if (!(room > 0 && short_of(room) >= 0)) return undefined;
  return sign * bracketed_root(short_of, 0.0, room);
}

double fixed_horizon_drift(double power, double alpha) noexcept {
  return normal_upper_quantile(alpha / 2) + normal_upper_quantile(1 - power);
}

SizeAnswer answer(const SizeQuestion& question) {
  const auto& [baseline, split, alpha, method, difference, units, power, sign] = question;
  if (difference && !(*difference != 0 && difference_variance(baseline, split, *difference) > 0)) return {};
  SizeAnswer found;
  const bool sized = difference && units;
  const double drift =
      sized ? drift_of(baseline, split, *difference, *units) : needed_drift(question, power.value_or(0.8));
  found.units = units ? *units : units_for(baseline, split, difference.value_or(0), drift);
  found.difference = difference ? *difference : detectable(baseline, split, found.units, drift, sign);
  const SequentialOperation with = operation(question, drift);
  found.power = with.power;
  found.wrong_sign = with.wrong;
  found.expected_with_effect = found.units * with.expected;
  found.expected_without_effect = found.units * operation(question, 0).expected;
  found.fixed_horizon_units = units_for(baseline, split, found.difference, fixed_horizon_drift(found.power, alpha));
  return found;
}

}  // namespace touchstone::stats
