#include "stats/fixed/z_test.hpp"

#include "stats/distribution/normal.hpp"

namespace touchstone::stats {

ZTest z_test(double estimate, double se, double alpha) noexcept {
  ZTest test;
  test.estimate = estimate;
  test.se = se;
  test.status = se > 0 ? Status::ok : Status::zero_variance;
  if (test.status != Status::ok) return test;
  test.z = estimate / se;
  test.two_sided = normal_two_sided(test.z);
  const double half = normal_upper_quantile(alpha / 2) * se;
  test.interval = {estimate - half, estimate + half};
  return test;
}

}  // namespace touchstone::stats
