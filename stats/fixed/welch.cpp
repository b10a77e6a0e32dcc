#include "stats/fixed/welch.hpp"

#include <array>
#include <cmath>

#include "stats/distribution/normal.hpp"
#include "stats/distribution/student.hpp"

namespace touchstone::stats {

WelchTest welch(const ComparedMeans& means) {
  WelchTest test;
  test.status = means.status;
  if (means.status != Status::ok) return test;
  const double variance = means.own.at_null;
  test.difference = means.difference;
  test.se = std::sqrt(variance);
  if (variance == 0) {
    test.status = Status::zero_variance;
    return test;
  }
  test.t = test.difference / test.se;
  test.df = variance / (means.a.df_part + means.b.df_part) * variance;
  const StudentTails tails = student_tails(test.t, test.df);
  test.two_sided = tails.two_sided;
  test.greater = tails.upper;
  test.less = tails.lower;
  return test;
}

WelchTest welch(const Moments& a, const Moments& b) {
  const std::array strata{MeanStratum{a, b}};
  WelchTest test = welch(compare(strata));
  if (test.status == Status::insufficient_data && a.n > 0 && b.n > 0) test.difference = mean_difference(a, b);
  return test;
}

Interval t_interval(const WelchTest& test, double alpha) {
  if (test.status != Status::ok) return {};
  const double half = student_upper_quantile(alpha / 2, test.df) * test.se;
  return {test.difference - half, test.difference + half};
}

Interval z_interval(double estimate, double se, double alpha) {
  const double half = normal_upper_quantile(alpha / 2) * se;
  return {estimate - half, estimate + half};
}

}  // namespace touchstone::stats
