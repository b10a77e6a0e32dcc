#include "stats/planning/always_valid.hpp"

#include <array>
#include <cstddef>
#include <utility>

#include "stats/distribution/normal.hpp"
#include "stats/estimate.hpp"
#include "stats/sequential/error_budget.hpp"
#include "stats/sequential/score_walk.hpp"

namespace touchstone::stats {
namespace {

constexpr int usual_ticks = 500;
// Finds the neighbourhood of a drift a hundred times faster; its powers are too small by up to .03.
constexpr int few_ticks = 50;

/// What the drift has beyond that of a fixed horizon, as a Chebyshev polynomial in z of alpha/2 and z of the power:
/// fitted to the solutions of newton() at its 8 x 6 nodes.
constexpr double least_level = 1.2815515655446004;  // z of alpha/2 = .1
constexpr double most_level = 5;
constexpr double most_power = 2.5;  // z of .9938; the least is 0, of one half
constexpr std::array<std::array<double, 6>, 8> excess_coefficients{{
    {0.577161765, 0.060822020, -0.003596174, 0.002320960, 0.000298960, 0.000155576},
    {-0.188496844, -0.063864451, 0.002103351, -0.003905392, -0.000627560, -0.000289551},
    {0.032376897, 0.029271072, 0.001789773, 0.002825871, 0.000615400, 0.000240481},
    {-0.007964104, -0.014113058, -0.002885447, -0.001915827, -0.000524299, -0.000182651},
    {0.005576006, 0.007370462, 0.002468837, 0.001232998, 0.000388781, 0.000127741},
    {-0.002184575, -0.003938425, -0.001640719, -0.000739588, -0.000253756, -0.000081769},
    {0.002015808, 0.001959458, 0.000910234, 0.000398330, 0.000144309, 0.000046601},
    {-0.000538293, -0.000789092, -0.000386738, -0.000169171, -0.000063445, -0.000020683},
}};

SequentialOperation operation(double drift, double alpha, int ticks) {
  const double threshold = usual_log_threshold(alpha - alpha / 10);
  ScoreWalk walk(drift);
  SequentialOperation made{0, 0, 0};
  double undecided = 1;
  for (int k = 1; k <= ticks; ++k) {
    const double t = static_cast<double>(k) / ticks;
    const double critical = boundary_critical(t, threshold);
    walk.advance(t);
    const double right = walk.above(critical);
    const double wrong = walk.below(-critical);
    made.power += right;
    made.wrong += wrong;
    made.expected += t * (right + wrong);
    undecided -= right + wrong;
    walk.stop_outside(-critical, critical);
  }
  made.expected += undecided;
  return made;
}

double power_of(double drift, double alpha, int ticks) { return operation(drift, alpha, ticks).power; }

// Where power, on the scale of normal quantiles nearly a line of slope 1, is what is asked.
double newton(double drift, double power, double alpha, int ticks, int steps) {
  const double wanted = normal_upper_quantile(1 - power);
  for (int i = 0; i < steps; ++i) drift += wanted - normal_upper_quantile(1 - power_of(drift, alpha, ticks));
  return drift;
}

/// sum_k c[k] T_k(x), |x| <= 1 (Clenshaw 1955).
template <std::size_t Terms>
double chebyshev(const std::array<double, Terms>& c, double x) noexcept {
  double next = 0;
  double after = 0;
  for (std::size_t k = Terms; k-- > 1;) after = std::exchange(next, 2 * x * next - after + c[k]);
  return x * next - after + c[0];
}

}  // namespace

double always_valid_drift_near(double power, double alpha) noexcept {
  const double level = normal_upper_quantile(alpha / 2);
  const double sure = normal_upper_quantile(1 - power);
  if (!(level >= least_level && level <= most_level && sure >= 0 && sure <= most_power)) return undefined;
  const double x = (2 * level - least_level - most_level) / (most_level - least_level);
  const double y = 2 * sure / most_power - 1;
  std::array<double, excess_coefficients.size()> along{};
  for (std::size_t k = 0; k < along.size(); ++k) along[k] = chebyshev(excess_coefficients[k], y);
  return level + sure + chebyshev(along, x);
}

SequentialOperation always_valid_operation(double drift, double alpha) { return operation(drift, alpha, usual_ticks); }

double always_valid_drift(double power, double alpha) {
  if (!(power > alpha && power <= 0.9999)) return undefined;
  if (const double near = always_valid_drift_near(power, alpha); near > 0)
    return newton(near, power, alpha, usual_ticks, 1);
  const double least = boundary_critical(1, usual_log_threshold(alpha - alpha / 10));
  const double near = newton(least + normal_upper_quantile(1 - power), power, alpha, few_ticks, 8);
  return newton(near, power, alpha, usual_ticks, 3);
}

}  // namespace touchstone::stats
