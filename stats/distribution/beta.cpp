#include "stats/distribution/beta.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

#include <boost/math/special_functions/beta.hpp>

#include "stats/distribution/policy.hpp"
#include "stats/numeric/stirling.hpp"
#include "stats/numeric/tail.hpp"

namespace touchstone::stats {
namespace {

// Below this a double loses digits soon; logarithms take over.
constexpr double tiny = 1e-280;

// The continued fraction of I_x(a,b) * a B(a,b) / (x^a y^b), 1/(1 + c_1 x/(1 + c_2 x/(1 + ...))) (DLMF 8.17.22);
// converges fast on the side where x is below the mean, which is the only side it is used on.
double even_coefficient(double a, double b, double m) noexcept { return m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m)); }
double odd_coefficient(double a, double b, double m) noexcept {
  return -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1));
}

struct Converged {
  double value = 0;
  int pairs = 0;  // of coefficients, the last of which changed nothing
};
// By Lentz's method.
Converged continued_fraction(double a, double b, double x) noexcept {
  constexpr double floor = 1e-300;
  constexpr int limit = 100000;
  double c = 1;
  double d = 1 + odd_coefficient(a, b, 0) * x;
  d = 1 / (std::abs(d) < floor ? floor : d);
  double value = d;
  int pair = 1;
  for (; pair < limit; ++pair) {
    double step = 1;
    for (const double coefficient : {even_coefficient(a, b, pair) * x, odd_coefficient(a, b, pair) * x}) {
      d = 1 + coefficient * d;
      d = 1 / (std::abs(d) < floor ? floor : d);
      c = 1 + coefficient / c;
      if (std::abs(c) < floor) c = floor;
      step *= c * d;
    }
    value *= step;
    if (std::abs(step - 1) < 4e-16) break;
  }
  return {value, pair};
}

// So many at once that none waits for its own last division.
constexpr std::size_t at_once = 8;
using Places = std::array<double, at_once>;

// The fractions from their innermost part outwards.
Places continued_fractions(double a, double b, const Places& x) noexcept {
  Places part;
  part.fill(1);
  const auto enclose = [&](double coefficient) {
    for (std::size_t i = 0; i < at_once; ++i) part[i] = 1 + coefficient * x[i] / part[i];
  };
  const double slowest = *std::max_element(x.begin(), x.end());
  for (int pair = continued_fraction(a, b, slowest).pairs; pair > 0; --pair) {
    enclose(odd_coefficient(a, b, pair));
    enclose(even_coefficient(a, b, pair));
  }
  enclose(odd_coefficient(a, b, 0));
  for (double& value : part) value = 1 / value;
  return part;
}

// Adds the logarithms of the fractions at one coordinate of the points.
void add_fractions(double a, double b, std::span<const UnitPoint> at, double UnitPoint::*coordinate,
                   std::span<double> logs) noexcept {
  for (std::size_t from = 0; from < at.size(); from += at_once) {
    const auto some = at.subspan(from, std::min(at_once, at.size() - from));
    Places x{};
    std::transform(some.begin(), some.end(), x.begin(), [&](const UnitPoint& point) { return point.*coordinate; });
    const Places fractions = continued_fractions(a, b, x);
    for (std::size_t i = 0; i < some.size(); ++i) logs[from + i] += std::log(fractions[i]);
  }
}

// Two Newton steps in the logit: the library's inverse stops a few digits early at large parameters.
double polished(double a, double b, double x, double q, bool upper) noexcept {
  UnitPoint at = unit_point(x);
  for (int i = 0; i < 2 && at.x > 0 && at.y > 0; ++i) {
    const double p = upper ? beta_upper(a, b, at).p : beta_lower(a, b, at).p;
    const double step = (q - p) / std::exp(beta_log_density_logit(a, b, at)) * (upper ? -1 : 1);
    if (!(std::abs(step) < 1)) break;
    at = from_logit(std::log(at.x / at.y) + step);
  }
  return at.x;
}

// ln(1 + change) = ln(left): the one keeps its digits near the mean, the other where next to nothing is left.
double log_part(double change, double left) noexcept {
  return change > -1 + 1e-6 ? std::log1p(change) : std::log(left);
}

}  // namespace

UnitPoint unit_point(double x) noexcept { return {x, 1 - x}; }

UnitPoint from_logit(double u) noexcept {
  const double odds = std::exp(-std::abs(u));
  const double large = 1 / (1 + odds);
  const double small = odds * large;
  return u < 0 ? UnitPoint{small, large} : UnitPoint{large, small};
}

BetaLogit::BetaLogit(double a, double b) noexcept
    : a_(a),
      b_(b),
      constant_(0.5 * std::log(a / (a + b) * b / (2 * std::numbers::pi)) + stirling_remainder(a + b) -
                stirling_remainder(a) - stirling_remainder(b)) {}

double BetaLogit::log_density(const UnitPoint& at) const noexcept {
  const double gap = at.x * b_ - at.y * a_;
  const double whole = a_ + b_;
  return a_ * log_part(gap / a_, at.x * (whole / a_)) + b_ * log_part(-gap / b_, at.y * (whole / b_)) + constant_;
}

double BetaLogit::peak() const noexcept { return std::log(a_ / b_); }

double BetaLogit::width() const noexcept { return std::sqrt((a_ + b_) / a_ / b_); }

double BetaLogit::log_lower_far(const UnitPoint& at) const noexcept {
  return log_density(at) - std::log(a_) + std::log(continued_fraction(a_, b_, at.x).value);
}

double BetaLogit::log_upper_far(const UnitPoint& at) const noexcept {
  return log_density(at) - std::log(b_) + std::log(continued_fraction(b_, a_, at.y).value);
}

void BetaLogit::log_lower_far(std::span<const UnitPoint> at, std::span<double> logs) const noexcept {
  const double constant = std::log(a_);
  std::transform(at.begin(), at.end(), logs.begin(),
                 [&](const UnitPoint& point) { return log_density(point) - constant; });
  add_fractions(a_, b_, at, &UnitPoint::x, logs);
}

void BetaLogit::log_upper_far(std::span<const UnitPoint> at, std::span<double> logs) const noexcept {
  const double constant = std::log(b_);
  std::transform(at.begin(), at.end(), logs.begin(),
                 [&](const UnitPoint& point) { return log_density(point) - constant; });
  add_fractions(b_, a_, at, &UnitPoint::y, logs);
}

double beta_log_density_logit(double a, double b, const UnitPoint& at) noexcept {
  return BetaLogit(a, b).log_density(at);
}

Tail beta_lower(double a, double b, const UnitPoint& at) noexcept {
  if (at.x <= 0) return {0, -infinity};
  if (at.y <= 0) return {1, 0};
  const double p =
      at.x <= at.y ? boost::math::ibeta(a, b, at.x, QuietLong()) : boost::math::ibetac(b, a, at.y, QuietLong());
  if (p < tiny) return tail_of_log(BetaLogit(a, b).log_lower_far(at));
  if (p < 0.5) return {p, std::log10(p)};
  const double rest =
      at.x <= at.y ? boost::math::ibetac(a, b, at.x, QuietLong()) : boost::math::ibeta(b, a, at.y, QuietLong());
  return tail_of(p, rest);
}

Tail beta_upper(double a, double b, const UnitPoint& at) noexcept { return beta_lower(b, a, {at.y, at.x}); }

double beta_quantile(double a, double b, double q) noexcept {
  return polished(a, b, boost::math::ibeta_inv(a, b, q, QuietLong()), q, false);
}

double beta_upper_quantile(double a, double b, double q) noexcept {
  return polished(a, b, boost::math::ibetac_inv(a, b, q, QuietLong()), q, true);
}

double log_beta(double a, double b) noexcept {
  const double small = a < b ? a : b;
  const double large = a < b ? b : a;
  return boost::math::lgamma(small, Quiet()) - log_rising(large, small);
}

}  // namespace touchstone::stats
