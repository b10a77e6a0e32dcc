// What the statistics cost from what is known of the arms: the report of 200 tests, its rows one by one with their
// allocations, posteriors, boundaries.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "stats/effect.hpp"
#include "stats/multiplicity.hpp"
#include "stats/posterior.hpp"
#include "stats/sequential/group_sequential.hpp"
#include "tests/counting_allocator.hpp"

namespace {

using namespace touchstone::stats;

constexpr std::int64_t users = 100'000;
constexpr int metrics = 50;

/// Arms as rivals/gbstats_report.py has them: metrics of even number are rates.
Proportion rate(int metric, int variant) {
  return {std::llround(users * (0.05 + 0.002 * metric / 50 + 0.0005 * variant)), users};
}
Moments mean(int metric, int variant) { return {users, 10 + 0.1 * metric + 0.02 * variant, 400.0 * (users - 1)}; }

/// A treatment against the control: at any look, and its posterior. The p of the former.
double rate_row(int metric, int variant) {
  const ProportionStratum arms{rate(metric, 0), rate(metric, variant)};
  benchmark::DoNotOptimize(compare(posterior(arms.a), posterior(arms.b)));
  return always_valid_proportions({&arms, 1}, {}).absolute.p;
}
double mean_row(int metric, int variant) {
  const MeanStratum arms{mean(metric, 0), mean(metric, variant)};
  const Effect effect = always_valid_means({&arms, 1}, {});
  benchmark::DoNotOptimize(judge(posterior(effect.absolute.estimate, effect.absolute.se), 0.0));
  return effect.absolute.p;
}

void report(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<double> p;
    for (int metric = 0; metric < metrics; ++metric) {
      for (const int variant : {1, 2})
        p.push_back(metric % 2 == 0 ? rate_row(metric, variant) : mean_row(metric, variant));
    }
    benchmark::DoNotOptimize(holm(p));
  }
}
BENCHMARK(report);

/// Times one row, and counts what it allocates.
template <class Row>
void each(benchmark::State& state, const Row& row) {
  benchmark::DoNotOptimize(row());
  const std::size_t before = touchstone::tests::allocations();
  benchmark::DoNotOptimize(row());
  state.counters["allocations"] = static_cast<double>(touchstone::tests::allocations() - before);
  for (auto _ : state) benchmark::DoNotOptimize(row());
}

void welch_row(benchmark::State& state) {
  const MeanStratum arms{mean(1, 0), mean(1, 1)};
  each(state, [&] { return compare_means({&arms, 1}, 0.05); });
}
BENCHMARK(welch_row);

void score_row(benchmark::State& state) {
  const ProportionStratum arms{rate(0, 0), rate(0, 1)};
  each(state, [&] { return compare_proportions({&arms, 1}, 0.05); });
}
BENCHMARK(score_row);

void always_valid_mean_row(benchmark::State& state) {
  const MeanStratum arms{mean(1, 0), mean(1, 1)};
  each(state, [&] { return always_valid_means({&arms, 1}, {}); });
}
BENCHMARK(always_valid_mean_row);

void always_valid_rate_row(benchmark::State& state) {
  const ProportionStratum arms{rate(0, 0), rate(0, 1)};
  each(state, [&] { return always_valid_proportions({&arms, 1}, {}); });
}
BENCHMARK(always_valid_rate_row);

void normal_posterior_row(benchmark::State& state) {
  each(state, [] { return judge(posterior(0.02, 0.09, {0, 0.1}), 0.01); });
}
BENCHMARK(normal_posterior_row);

/// P(B > A) and both losses, to 1e-9: conversions of A and B of so many units each.
void beta_posterior_row(benchmark::State& state) {
  const BetaPosterior a = posterior(Proportion{state.range(0), state.range(2)});
  const BetaPosterior b = posterior(Proportion{state.range(1), state.range(2)});
  each(state, [&] { return compare(a, b); });
}
BENCHMARK(beta_posterior_row)
    ->Args({30, 41, 1'000})
    ->Args({5'000, 5'150, 100'000})
    ->Args({0, 100, 1'000})
    ->Args({5'000, 5'900, 100'000})
    ->Args({50'000'000, 50'010'000, 100'000'000})
    ->Args({50'000'000, 50'070'000, 100'000'000});

void best_of_eight_rates(benchmark::State& state) {
  std::vector<BetaPosterior> arms;
  for (int variant = 0; variant < 8; ++variant) arms.push_back(posterior(rate(0, variant)));
  each(state, [&] { return best_of_many(arms); });
}
BENCHMARK(best_of_eight_rates);

void best_of_eight_means(benchmark::State& state) {
  std::vector<NormalPosterior> arms;
  for (int variant = 0; variant < 8; ++variant) arms.push_back({10 + 0.02 * variant, 0.05});
  each(state, [&] { return best_of_many(arms); });
}
BENCHMARK(best_of_eight_means);

/// O'Brien and Fleming's spending, two-sided, at so many equal looks.
void boundaries(benchmark::State& state) {
  std::vector<double> information;
  const auto looks = static_cast<double>(state.range(0));
  for (double look = 1; look <= looks; ++look) information.push_back(look / looks);
  each(state, [&] { return spending_bounds(information, {SpendingKind::obrien_fleming, 0}, 0.025, true); });
}
BENCHMARK(boundaries)->Arg(5)->Arg(20)->Arg(1'000)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
