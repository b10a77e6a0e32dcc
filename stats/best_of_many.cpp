#include <algorithm>
#include <cmath>
#include <numeric>

#include "stats/distribution/beta.hpp"
#include "stats/distribution/normal.hpp"
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
    for (const double node : field.panels.nodes()) values.push_back(std::exp(log_density(arm, node)));
    field.below.push_back(field.panels.from_left(values, 0));
    field.above.push_back(field.panels.from_right(values, 0));
    field.density.push_back(std::move(values));
  }
}

// ln F, from whichever side keeps the digits.
double log_below(const Field& field, std::size_t arm, std::size_t node) noexcept {
  const double below = field.below[arm][node];
  return below < 0.5 ? std::log(std::max(below, 1e-300)) : std::log1p(-field.above[arm][node]);
}

// ln of prod F over all arms but `skipped`.
std::vector<double> log_below_others(const Field& field, std::size_t skipped) {
  std::vector<double> sum(field.panels.size());
  for (std::size_t arm = 0; arm < field.arms(); ++arm) {
    if (arm == skipped) continue;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += log_below(field, arm, i);
  }
  return sum;
}

BestOfMany solve(const Field& field, std::span<const double> means) {
  BestOfMany result;
  result.status = Status::ok;
  std::vector<double> integrand(field.panels.size());
  for (std::size_t arm = 0; arm < field.arms(); ++arm) {
    const std::vector<double> others = log_below_others(field, arm);
    for (std::size_t i = 0; i < integrand.size(); ++i) integrand[i] = field.density[arm][i] * std::exp(others[i]);
    result.chance_best.push_back(field.panels.integral(integrand));
    // E[max] - E[arm] = integral of F_arm (1 - prod of the others' F): nothing cancels.
    for (std::size_t i = 0; i < integrand.size(); ++i) {
      integrand[i] = -field.below[arm][i] * std::expm1(others[i]) * field.slope[i];
    }
    result.expected_loss.push_back(field.panels.integral(integrand));
  }
  const auto best = std::min_element(result.expected_loss.begin(), result.expected_loss.end());
  result.expected_max = means[static_cast<std::size_t>(best - result.expected_loss.begin())] + *best;
  return result;
}

double beta_log_density(const BetaPosterior& arm, double u) noexcept {
  return beta_log_density_logit(arm.alpha, arm.beta, from_logit(u));
}

Field field_of(std::span<const BetaPosterior> arms) {
  std::vector<double> breaks;
  for (const BetaPosterior& arm : arms) {
    const double width = std::sqrt((arm.alpha + arm.beta) / (arm.alpha * arm.beta));
    append_breaks(
        breaks, [&](double u) { return beta_log_density(arm, u); }, std::log(arm.alpha / arm.beta), width);
  }
  Field field{Panels(std::move(breaks)), {}, {}, {}, {}};
  tabulate(field, arms, beta_log_density);
  for (const double u : field.panels.nodes()) {
    const UnitPoint at = from_logit(u);
    field.slope.push_back(at.x * at.y);
  }
  return field;
}

double normal_log_density(const NormalPosterior& arm, double x) noexcept {
  return std::log(normal_density((x - arm.mean) / arm.sd) / arm.sd);
}

Field field_of(std::span<const NormalPosterior> arms) {
  std::vector<double> breaks;
  for (const NormalPosterior& arm : arms) {
    for (const double drop : panel_drops) {
      breaks.push_back(arm.mean - arm.sd * std::sqrt(2 * drop));
      breaks.push_back(arm.mean + arm.sd * std::sqrt(2 * drop));
    }
    breaks.push_back(arm.mean);
  }
  Field field{Panels(std::move(breaks)), {}, {}, {}, {}};
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
