#include "stats/planning/stopping.hpp"

#include <cmath>
#include <cstddef>
#include <numeric>

#include "stats/distribution/normal.hpp"
#include "stats/estimate.hpp"
#include "stats/sequential/group_sequential.hpp"

namespace touchstone::stats {
namespace {

std::vector<double> shares_of(const GroupLooks& looks) {
  std::vector<double> shares;
  for (int look = 1; look <= looks.many; ++look) shares.push_back(static_cast<double>(look) / looks.many);
  return shares;
}

Bounds bounds_of(const GroupLooks& looks, double alpha) {
  Bounds bounds{{}, look_bounds(looks, alpha)};
  for (const double bound : bounds.efficacy) bounds.futility.push_back(-bound);
  return bounds;
}

SequentialOperation grouped(const GroupLooks& looks, double drift, double alpha) {
  const Operation made = operate(shares_of(looks), bounds_of(looks, alpha), drift);
  return {made.power, std::reduce(made.futility.begin(), made.futility.end()), made.expected_information};
}

SequentialOperation once(double drift, double alpha) {
  const double critical = normal_upper_quantile(alpha / 2);
  return {normal_upper(critical - drift).p, normal_upper(critical + drift).p, 1};
}

}  // namespace

double fixed_horizon_drift(double power, double alpha) noexcept {
  return normal_upper_quantile(alpha / 2) + normal_upper_quantile(1 - power);
}

std::vector<double> look_bounds(const GroupLooks& looks, double alpha) {
  return spending_bounds(shares_of(looks), looks.spending, alpha / 2, true);
}

double drift_for(const Stopping& stopping, double power, double alpha) {
  switch (stopping.method) {
    case SizedFor::always_valid:
      return always_valid_drift(power, alpha);
    case SizedFor::fixed_horizon:
      return fixed_horizon_drift(power, alpha);
    case SizedFor::group_sequential:
      break;
  }
  return drift_for_power(shares_of(stopping.looks), bounds_of(stopping.looks, alpha), 1 - power);
}

SequentialOperation operation_of(const Stopping& stopping, double drift, double alpha) {
  if (std::isnan(drift)) return {undefined, undefined, undefined};
  switch (stopping.method) {
    case SizedFor::always_valid:
      return always_valid_operation(drift, alpha);
    case SizedFor::fixed_horizon:
      return once(drift, alpha);
    case SizedFor::group_sequential:
      break;
  }
  return grouped(stopping.looks, drift, alpha);
}

}  // namespace touchstone::stats
