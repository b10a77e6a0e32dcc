#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "stats/distribution/beta.hpp"
#include "stats/numeric/density.hpp"
#include "stats/posterior.hpp"

namespace touchstone::stats {
namespace {

// All arms on common panels: density, distribution function and its complement at each node, and the value that a node
// stands for with its derivative.
struct Field {
  Panels panels;
  std::vector<std::vector<double>> density;
  std::vector<std::vector<double>> below;
  std::vector<std::vector<double>> above;
  std::vector<double> slope;  // d value / d node

  [[nodiscard]] std::size_t arms() const noexcept { return density.size(); }
};

template <class Arm, class LogDensity>
void tabulate(Field& field, std::span<const Arm> arms, const LogDensity& log_density) {
  for (const Arm& arm : arms) {
    std::vector<double> values;
    values.reserve(field.panels.size());
    for (const double node : field.panels.nodes()) {
      values.push_back(std::exp(log_density(arm, node)));
    }
    field.below.push_back(field.panels.from_left(values, 0));
    field.above.push_back(field.panels.from_right(values, 0));
    field.density.push_back(std::move(values));
  }
}

// ln F, from whichever side keeps the digits.
std::vector<double> log_below(const Field& field, std::size_t arm) {
  std::vector<double> logs(field.panels.size());
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const double below = field.below[arm][i];
    logs[i] = below < 0.5 ? std::log(std::max(below, 1e-300)) : std::log1p(-field.above[arm][i]);
  }
  return logs;
}

// For each arm ln of prod F over all the others, by sums from either end: nothing is subtracted again.
std::vector<std::vector<double>> log_below_others(const Field& field) {
  std::vector<std::vector<double>> others(field.arms(), std::vector<double>(field.panels.size()));
  std::vector<double> before(field.panels.size());
  std::vector<double> after(field.panels.size());
  for (std::size_t arm = 0; arm < field.arms(); ++arm) {
    const std::size_t mirror = field.arms() - 1 - arm;
    const std::vector<double> logs = log_below(field, arm);
    const std::vector<double> mirror_logs = log_below(field, mirror);
    for (std::size_t i = 0; i < before.size(); ++i) {
      others[arm][i] += before[i];
      others[mirror][i] += after[i];
      before[i] += logs[i];
      after[i] += mirror_logs[i];
    }
  }
  return others;
}

BestOfMany solve(const Field& field, std::span<const double> means) {
  BestOfMany result;
  result.status = Status::ok;
  const std::vector<std::vector<double>> log_others = log_below_others(field);
  std::vector<double> best(field.panels.size());
  std::vector<double> loss(field.panels.size());
  for (std::size_t arm = 0; arm < field.arms(); ++arm) {
    for (std::size_t i = 0; i < best.size(); ++i) {
      // E[max] - E[arm] = integral of F_arm (1 - prod of the others' F): nothing cancels.
      const double upset = -std::expm1(log_others[arm][i]);
      best[i] = field.density[arm][i] * (1 - upset);
      loss[i] = field.below[arm][i] * upset * field.slope[i];
    }
    result.chance_best.push_back(field.panels.integral(best));
    result.expected_loss.push_back(field.panels.integral(loss));
  }
  const auto least = std::min_element(result.expected_loss.begin(), result.expected_loss.end());
  result.expected_max = means[static_cast<std::size_t>(least - result.expected_loss.begin())] + *least;
  return result;
}

Field field_of(std::span<const BetaPosterior> arms) {
  std::vector<double> breaks;
  std::vector<BetaLogit> densities;
  double narrowest = infinity;
  for (const BetaPosterior& arm : arms) {
    const BetaLogit& density = densities.emplace_back(arm.alpha, arm.beta);
    append_breaks(
        breaks, [&](double u) { return density.log_density(u); }, density.peak(), density.width());
    narrowest = std::min(narrowest, density.width());
  }
  Field field{Panels(std::move(breaks), narrowest), {}, {}, {}, {}};
  tabulate(field, std::span<const BetaLogit>(densities),
           [](const BetaLogit& density, double u) { return density.log_density(u); });
  for (const double u : field.panels.nodes()) {
    const UnitPoint at = from_logit(u);
    field.slope.push_back(at.x * at.y);
  }
  return field;
}

double normal_log_density(const NormalPosterior& arm, double x) noexcept {
  const double z = (x - arm.mean) / arm.sd;
  return -0.5 * z * z - std::log(arm.sd * std::sqrt(2 * std::numbers::pi));
}

Field field_of(std::span<const NormalPosterior> arms) {
  std::vector<double> breaks;
  double narrowest = infinity;
  for (const NormalPosterior& arm : arms) {
    for (const double drop : panel_drops) {
      breaks.push_back(arm.mean - arm.sd * std::sqrt(2 * drop));
      breaks.push_back(arm.mean + arm.sd * std::sqrt(2 * drop));
    }
    breaks.push_back(arm.mean);
    narrowest = std::min(narrowest, arm.sd);
  }
  Field field{Panels(std::move(breaks), narrowest), {}, {}, {}, {}};
  tabulate(field, arms, normal_log_density);
  field.slope.assign(field.panels.size(), 1);
  return field;
}

bool all_spread(std::span<const NormalPosterior> arms) noexcept {
  return std::all_of(arms.begin(), arms.end(), [](const NormalPosterior& arm) { return arm.sd > 0; });
}

bool all_known(std::span<const NormalPosterior> arms) noexcept {
  return std::none_of(arms.begin(), arms.end(),
                      [](const NormalPosterior& arm) { return std::isnan(arm.mean) || std::isnan(arm.sd); });
}

// f_i times the chance that exactly one other arm is above: sum over k of (1 - F_k) prod of the rest's F.
double chance_second(const Field& field, std::size_t arm) {
  std::vector<double> integrand(field.panels.size());
  for (std::size_t other = 0; other < field.arms(); ++other) {
    if (other == arm) continue;
    for (std::size_t i = 0; i < integrand.size(); ++i) {
      double term = field.density[arm][i] * field.above[other][i];
      for (std::size_t rest = 0; rest < field.arms(); ++rest) {
        if (rest != arm && rest != other) term *= field.below[rest][i];
      }
      integrand[i] += term;
    }
  }
  return field.panels.integral(integrand);
}

}  // namespace

BestOfMany best_of_many(std::span<const BetaPosterior> arms) {
  if (arms.empty()) return {};
  std::vector<double> means;
  for (const BetaPosterior& arm : arms) means.push_back(arm.mean());
  return solve(field_of(arms), means);
}

BestOfMany best_of_many(std::span<const NormalPosterior> arms) {
  BestOfMany result;
  if (arms.empty() || !all_known(arms)) return result;
  result.status = Status::zero_variance;
  if (!all_spread(arms)) return result;
  std::vector<double> means;
  for (const NormalPosterior& arm : arms) means.push_back(arm.mean);
  return solve(field_of(arms), means);
}

std::vector<double> top_two_weights(std::span<const NormalPosterior> arms) {
  if (arms.empty() || !all_known(arms) || !all_spread(arms)) return std::vector<double>(arms.size(), undefined);
  const Field field = field_of(arms);
  std::vector<double> means(arms.size());
  const BestOfMany best = solve(field, means);
  std::vector<double> weights;
  for (std::size_t arm = 0; arm < arms.size(); ++arm) {
    weights.push_back((best.chance_best[arm] + chance_second(field, arm)) / 2);
  }
  return weights;
}

}  // namespace touchstone::stats
