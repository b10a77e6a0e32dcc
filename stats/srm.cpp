#include "stats/srm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "stats/distribution/gamma.hpp"
#include "stats/numeric/binomial.hpp"
#include "stats/numeric/stirling.hpp"
#include "stats/numeric/tail.hpp"

namespace touchstone::stats {
namespace {

constexpr std::array concentrations{10.0, 100.0, 1000.0, 10000.0};

bool well_formed(const Split& split) noexcept {
  const auto negative = [](auto value) { return !(value >= 0); };
  return split.counts.size() == split.weights.size() &&
         std::none_of(split.counts.begin(), split.counts.end(), negative) &&
         std::none_of(split.weights.begin(), split.weights.end(), negative);
}

bool well_formed(std::span<const Split> phases) noexcept {
  return std::all_of(phases.begin(), phases.end(), [&](const Split& split) {
    return well_formed(split) && split.counts.size() == phases.front().counts.size();
  });
}

double total(std::span<const double> values) noexcept { return std::accumulate(values.begin(), values.end(), 0.0); }

// One phase without its strays: counts where the weight is positive, and the shares those should have.
struct Plan {
  std::vector<double> counts;
  std::vector<double> shares;
  double units = 0;
};
Plan plan_of(std::span<const std::int64_t> counts, std::span<const double> weights) {
  Plan plan;
  const double sum = total(weights);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    plan.counts.push_back(weights[i] > 0 ? static_cast<double>(counts[i]) : 0);
    plan.shares.push_back(sum > 0 ? weights[i] / sum : 0);
  }
  plan.units = total(plan.counts);
  return plan;
}

// Observed minus expected over all phases, with its covariance, over the variants that had a positive weight somewhere.
struct Deviation {
  std::vector<double> observed;
  std::vector<double> expected;
  std::vector<std::vector<double>> covariance;
};
Deviation deviation_of(std::span<const Plan> plans, std::size_t variants) {
  Deviation sum{std::vector<double>(variants), std::vector<double>(variants),
                std::vector<std::vector<double>>(variants, std::vector<double>(variants))};
  for (const Plan& plan : plans) {
    for (std::size_t i = 0; i < variants; ++i) {
      sum.observed[i] += plan.counts[i];
      sum.expected[i] += plan.units * plan.shares[i];
      sum.covariance[i][i] += plan.units * plan.shares[i];
      for (std::size_t j = 0; j < variants; ++j) sum.covariance[i][j] -= plan.units * plan.shares[i] * plan.shares[j];
    }
  }
  return sum;
}

// x' inverse(matrix) x for a positive semi-definite matrix by elimination; variants without a degree of freedom of
// their own (the last of each connected set of phases) leave a zero pivot and are dropped.
struct Quadratic {
  double value = 0;
  int rank = 0;
};
Quadratic quadratic_form(std::vector<std::vector<double>> matrix, std::vector<double> x) {
  Quadratic form;
  const std::size_t n = x.size();
  std::vector<double> scale(n);
  for (std::size_t i = 0; i < n; ++i) scale[i] = matrix[i][i];
  for (std::size_t k = 0; k < n; ++k) {
    const double pivot = matrix[k][k];
    if (!(pivot > 1e-9 * scale[k])) continue;
    form.value += x[k] * x[k] / pivot;
    form.rank += 1;
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = matrix[i][k] / pivot;
      x[i] -= factor * x[k];
      for (std::size_t j = k + 1; j < n; ++j) matrix[i][j] -= factor * matrix[k][j];
    }
  }
  return form;
}

std::vector<Stray> strays_of(std::span<const Split> phases) {
  std::vector<Stray> strays;
  for (std::size_t i = 0; i < phases.front().counts.size(); ++i) {
    Stray stray{i, 0};
    for (const Split& phase : phases) stray.units += phase.weights[i] > 0 ? 0 : phase.counts[i];
    if (stray.units > 0) strays.push_back(stray);
  }
  return strays;
}

// One phase: Pearson's and the likelihood-ratio statistic in their own sums, which lose no digits.
void single_phase(SrmTest& test, const Plan& plan) {
  test.chi2 = test.g = 0;
  test.df = -1;
  for (std::size_t i = 0; i < plan.counts.size(); ++i) {
    if (plan.shares[i] <= 0) continue;
    const double expected = plan.units * plan.shares[i];
    const double gap = plan.counts[i] - expected;
    test.chi2 += gap * gap / expected;
    // count ln(count/expected), less the part that cancels in the sum.
    test.g += plan.counts[i] > 0 ? 2 * (plan.counts[i] * std::log1p(gap / expected) - gap) : 2 * expected;
    test.df += 1;
  }
}

void several_phases(SrmTest& test, std::span<const Plan> plans) {
  const Deviation sum = deviation_of(plans, plans.front().counts.size());
  std::vector<double> gap(sum.observed.size());
  for (std::size_t i = 0; i < gap.size(); ++i) gap[i] = sum.observed[i] - sum.expected[i];
  const Quadratic form = quadratic_form(sum.covariance, gap);
  test.chi2 = form.value;
  test.df = form.rank;
}

std::vector<double> expected_of(std::span<const Plan> plans) {
  return deviation_of(plans, plans.front().counts.size()).expected;
}

bool nothing_to_split(std::span<const Plan> plans) noexcept {
  return std::all_of(plans.begin(), plans.end(), [](const Plan& plan) { return plan.units == 0; });
}

std::vector<Plan> plans_of(std::span<const Split> phases) {
  std::vector<Plan> plans;
  for (const Split& phase : phases) plans.push_back(plan_of(phase.counts, phase.weights));
  return plans;
}

double log_mean_exp(std::span<const double> logs) noexcept {
  const double top = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (const double value : logs) sum += std::exp(value - top);
  return top + std::log(sum / static_cast<double>(logs.size()));
}

}  // namespace

SrmTest srm(std::span<const std::int64_t> counts, std::span<const double> weights) {
  const std::array phases{Split{{counts.begin(), counts.end()}, {weights.begin(), weights.end()}}};
  return srm(phases);
}

SrmTest srm(std::span<const Split> phases) {
  SrmTest test;
  if (phases.empty()) return test;
  if (!well_formed(phases)) {
    test.status = Status::out_of_range;
    return test;
  }
  std::vector<Plan> plans = plans_of(phases);
  test.strays = strays_of(phases);
  test.expected = expected_of(plans);
  if (nothing_to_split(plans)) return test;
  std::erase_if(plans, [](const Plan& plan) { return plan.units == 0; });
  plans.size() == 1 ? single_phase(test, plans.front()) : several_phases(test, plans);
  test.status = test.df > 0 ? Status::ok : Status::insufficient_data;
  if (test.status != Status::ok) return test;
  test.p = chi_square_upper(test.chi2, test.df);
  if (plans.size() == 1) test.g_p = chi_square_upper(std::max(0.0, test.g), test.df);
  return test;
}

// Stirling's formula taken out of Gamma(c)/Gamma(c + n) prod Gamma(c w + x)/(Gamma(c w) w^x) leaves a divergence
// between posterior and planned shares, half-logarithms and remainders: no two large terms cancel.
double srm_log_e(std::span<const std::int64_t> counts, std::span<const double> weights, double concentration) {
  const Plan plan = plan_of(counts, weights);
  const double all = concentration + plan.units;
  double log_e =
      0.5 * std::log1p(plan.units / concentration) + stirling_remainder(concentration) - stirling_remainder(all);
  for (std::size_t i = 0; i < plan.counts.size(); ++i) {
    if (plan.shares[i] <= 0) continue;
    const double before = concentration * plan.shares[i];
    const double after = before + plan.counts[i];
    log_e += deviance(after, all * plan.shares[i]) - 0.5 * std::log1p(plan.counts[i] / before) +
             stirling_remainder(after) - stirling_remainder(before);
  }
  return log_e;
}

SequentialSrm sequential_srm(std::span<const Split> phases) {
  SequentialSrm result;
  if (phases.empty()) return result;
  if (!well_formed(phases)) {
    result.status = Status::out_of_range;
    return result;
  }
  if (nothing_to_split(plans_of(phases))) return result;
  std::array<double, concentrations.size()> logs{};
  for (std::size_t i = 0; i < logs.size(); ++i) {
    for (const Split& phase : phases) logs[i] += srm_log_e(phase.counts, phase.weights, concentrations[i]);
  }
  result.status = Status::ok;
  result.log_e = log_mean_exp(logs);
  result.p = anytime_p(result.log_e);
  return result;
}

}  // namespace touchstone::stats
