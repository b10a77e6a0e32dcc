#include "stats/planning/sample_size.hpp"

#include <cmath>

#include "stats/numeric/root.hpp"

namespace touchstone::stats {
namespace {

double variance_at(const Baseline& baseline, double difference) noexcept {
  if (!baseline.conversions) return baseline.variance;
  const double rate = baseline.mean + difference;
  return rate >= 0 && rate <= 1 ? rate * (1 - rate) : undefined;
}

/// What z must get over: the difference, or the way from it to the margin.
double distance(const SizeQuestion& question, double difference) noexcept {
  switch (question.claim) {
    case Claim::difference:
      return std::abs(difference);
    case Claim::non_inferiority:
      return question.margin + question.sign * difference;
    case Claim::equivalence:
      break;
  }
  return question.margin - std::abs(difference);
}

/// Both sides of an equivalence must be shown: each misses half of what may be missed.
double power_of_a_side(const SizeQuestion& question, double power) noexcept {
  return question.claim == Claim::equivalence ? (1 + power) / 2 : power;
}

SequentialOperation operation(const SizeQuestion& question, const Design& design, double drift) {
  SequentialOperation made = operation_of(design, drift);
  if (question.claim != Claim::equivalence) return made;
  return {std::fmax(0, 2 * made.power - 1), undefined, undefined, undefined};
}

bool gives_up(const Stopping& stopping) noexcept {
  return stopping.method == SizedFor::group_sequential && stopping.looks.futility != Futility::none;
}

/// Units by which z is expected to have drifted so far.
double units_over(const SizeQuestion& question, double difference, double drift) noexcept {
  const double way = distance(question, difference);
  if (!(way > 0)) return undefined;
  return std::pow(drift / way, 2) * difference_variance(question.baseline, question.allocation, difference);
}

double drift_over(const SizeQuestion& question, double difference, double units) noexcept {
  const double way = distance(question, difference);
  if (!(way > 0)) return undefined;
  return way * std::sqrt(units / difference_variance(question.baseline, question.allocation, difference));
}

/// With a margin the difference is known, be it none.
std::optional<double> known_difference(const SizeQuestion& question) {
  return question.claim == Claim::difference ? question.difference : question.difference.value_or(0);
}

}  // namespace

double difference_variance(const Baseline& baseline, const Allocation& allocation, double difference) noexcept {
  return (variance_at(baseline, 0) / allocation.control + variance_at(baseline, difference) / allocation.treatment) /
         baseline.answering * baseline.factor;
}

double covariate_factor(double correlation) noexcept { return 1 - correlation * correlation; }

double cluster_factor(double mean_size, double size_deviation, double intraclass) noexcept {
  const double spread = size_deviation / mean_size;
  return 1 + ((1 + spread * spread) * mean_size - 1) * intraclass;
}

Baseline ratio_baseline(const RatioMoments& moments) noexcept {
  const double ratio = moments.numerator / moments.denominator;
  const double y = moments.numerator_deviation;
  const double x = ratio * moments.denominator_deviation;
  return {false, ratio, (y * y + x * x - 2 * moments.correlation * y * x) / std::pow(moments.denominator, 2), 1, 1};
}

double drift_of(const Baseline& baseline, const Allocation& allocation, double difference, double units) noexcept {
  return std::abs(difference) * std::sqrt(units / difference_variance(baseline, allocation, difference));
}

double units_for(const Baseline& baseline, const Allocation& allocation, double difference, double drift) noexcept {
  if (difference == 0) return undefined;
  return std::pow(drift / difference, 2) * difference_variance(baseline, allocation, difference);
}

double detectable(const Baseline& baseline, const Allocation& allocation, double units, double drift, int sign) {
  if (!baseline.conversions) return sign * drift * std::sqrt(difference_variance(baseline, allocation, 0) / units);
  const double room = sign > 0 ? 1 - baseline.mean : baseline.mean;
  const auto short_of = [&](double size) { return drift_of(baseline, allocation, sign * size, units) - drift; };
  if (!(room > 0 && short_of(room) >= 0)) return undefined;
  return sign * bracketed_root(short_of, 0.0, room);
}

SizeAnswer answer(const SizeQuestion& question) {
  const auto difference = known_difference(question);
  const bool none = question.claim == Claim::difference && difference == 0.0;
  if (difference && (none || !(difference_variance(question.baseline, question.allocation, *difference) > 0)))
    return {};
  if (question.claim == Claim::equivalence && gives_up(question.stopping)) return {};
  SizeAnswer found;
  const auto& units = question.units;
  const double power = power_of_a_side(question, question.power.value_or(0.8));
  found.design = difference && units
                     ? design_for_drift(question.stopping, drift_over(question, *difference, *units), question.alpha)
                     : design_for_power(question.stopping, power, question.alpha);
  const double drift = found.design.drift;
  found.units = units ? *units : units_over(question, difference.value_or(0), drift);
  found.difference =
      difference ? *difference : detectable(question.baseline, question.allocation, found.units, drift, question.sign);
  const SequentialOperation with = operation(question, found.design, drift);
  const SequentialOperation without = operation(question, found.design, 0);
  found.power = with.power;
  found.wrong_sign = with.wrong;
  found.expected_with_effect = found.units * with.expected;
  found.expected_without_effect = found.units * without.expected;
  found.given_up_with_effect = with.given_up;
  found.given_up_without_effect = without.given_up;
  const double once = fixed_horizon_drift(power_of_a_side(question, found.power), question.alpha);
  found.fixed_horizon_units = units_over(question, found.difference, once);
  return found;
}

}  // namespace touchstone::stats
