#include "stats/distribution/student.hpp"

#include <cmath>

#include <boost/math/distributions/students_t.hpp>

#include "stats/distribution/beta.hpp"
#include "stats/distribution/policy.hpp"
#include "stats/numeric/tail.hpp"

namespace touchstone::stats {
namespace {

using Student = boost::math::students_t_distribution<double, Quiet>;

// P(T > t) = I_x(df/2, 1/2)/2 with x = df/(df + t^2), t > 0.
Tail positive_upper(double t, double df) noexcept {
  const double square = t * t;
  const Tail both = beta_lower(0.5 * df, 0.5, {df / (df + square), square / (df + square)});
  return {0.5 * both.p, both.log10_p + std::log10(0.5)};
}

}  // namespace

Tail student_upper(double t, double df) noexcept {
  if (t > 0) return positive_upper(t, df);
  if (t == 0) return tail_of(0.5, 0.5);
  const Tail lower = positive_upper(-t, df);
  return tail_of(1 - lower.p, lower.p);
}

Tail student_two_sided(double t, double df) noexcept { return doubled(student_upper(std::abs(t), df)); }

double student_upper_quantile(double q, double df) noexcept {
  return boost::math::quantile(boost::math::complement(Student(df), q));
}

}  // namespace touchstone::stats
