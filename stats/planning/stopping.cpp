#include "stats/planning/stopping.hpp"

#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "stats/distribution/normal.hpp"
#include "stats/sequential/futility.hpp"

namespace touchstone::stats {
namespace {

std::vector<double> shares_of(const GroupLooks& looks) {
  std::vector<double> shares;
  for (int look = 1; look <= looks.many; ++look) shares.push_back(static_cast<double>(look) / looks.many);
  return shares;
}

Bounds either_sign(const GroupLooks& looks, double alpha) {
  Bounds bounds;
  bounds.efficacy = spending_bounds(shares_of(looks), looks.spending, alpha / 2, true);
  for (const double bound : bounds.efficacy) bounds.futility.push_back(-bound);
  return bounds;
}

FutilityPlan one_sign(const GroupLooks& looks, double alpha) {
  return {looks.spending, alpha / 2, looks.futility_spending, looks.futility == Futility::binding};
}

SequentialOperation grouped(const Design& design, double drift) {
  const GroupLooks& looks = design.stopping.looks;
  const Operation made = operate(shares_of(looks), design.bounds, drift);
  const double below = std::reduce(made.futility.begin(), made.futility.end());
  if (looks.futility == Futility::none) return {made.power, below, made.expected_information};
  return {made.power, 0, made.expected_information, below - made.futility.back()};
}

SequentialOperation once(double drift, double alpha) {
  const double critical = normal_upper_quantile(alpha / 2);
  return {normal_upper(critical - drift).p, normal_upper(critical + drift).p, 1};
}

}  // namespace

double fixed_horizon_drift(double power, double alpha) noexcept {
  return normal_upper_quantile(alpha / 2) + normal_upper_quantile(1 - power);
}

Design design_for_power(const Stopping& stopping, double power, double alpha) {
  if (stopping.method == SizedFor::always_valid) return {stopping, alpha, always_valid_drift(power, alpha)};
  if (stopping.method == SizedFor::fixed_horizon) return {stopping, alpha, fixed_horizon_drift(power, alpha)};
  const auto shares = shares_of(stopping.looks);
  if (stopping.looks.futility != Futility::none) {
    FutilityDesign made = futility_design(shares, one_sign(stopping.looks, alpha), 1 - power);
    return {stopping, alpha, made.drift, std::move(made.bounds)};
  }
  Bounds bounds = either_sign(stopping.looks, alpha);
  const double drift = drift_for_power(shares, bounds, 1 - power);
  return {stopping, alpha, drift, std::move(bounds)};
}

Design design_for_drift(const Stopping& stopping, double drift, double alpha) {
  if (stopping.method != SizedFor::group_sequential || std::isnan(drift)) return {stopping, alpha, drift};
  if (stopping.looks.futility == Futility::none) return {stopping, alpha, drift, either_sign(stopping.looks, alpha)};
  const FutilityPlan plan = one_sign(stopping.looks, alpha);
  return {stopping, alpha, drift, futility_design_at(shares_of(stopping.looks), plan, drift).bounds};
}

SequentialOperation operation_of(const Design& design, double drift) {
  if (std::isnan(drift) || std::isnan(design.drift)) return {undefined, undefined, undefined, undefined};
  switch (design.stopping.method) {
    case SizedFor::always_valid:
      return always_valid_operation(drift, design.alpha);
    case SizedFor::fixed_horizon:
      return once(drift, design.alpha);
    case SizedFor::group_sequential:
      break;
  }
  return grouped(design, drift);
}

}  // namespace touchstone::stats
