#include "stats/planning/always_valid.hpp"

#include "stats/distribution/normal.hpp"
#include "stats/estimate.hpp"
#include "stats/sequential/error_budget.hpp"
#include "stats/sequential/score_walk.hpp"

namespace touchstone::stats {
namespace {

constexpr int usual_ticks = 500;
// Finds the neighbourhood of a drift a hundred times faster; its powers are too small by up to .03.
constexpr int few_ticks = 50;

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

}  // namespace

SequentialOperation always_valid_operation(double drift, double alpha) { return operation(drift, alpha, usual_ticks); }

double always_valid_drift(double power, double alpha) {
  if (!(power > alpha && power <= 0.9999)) return undefined;
  const double least = boundary_critical(1, usual_log_threshold(alpha - alpha / 10));
  const double near = newton(least + normal_upper_quantile(1 - power), power, alpha, few_ticks, 8);
  return newton(near, power, alpha, usual_ticks, 3);
}

}  // namespace touchstone::stats
