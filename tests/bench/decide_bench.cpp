// What decisions cost in this process, three conditions and two draws each: alone and together, among few and among
// many, by name and with a prepared handle; and what a snapshot weighs.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <malloc.h>

#include "assign/decide.hpp"
#include "tests/bench/customers.hpp"

namespace {

using namespace touchstone::bench;

void by_name(benchmark::State& state) {
  const auto snapshot = snapshot_of(static_cast<std::size_t>(state.range(0)));
  const Customers customers;
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(decide(*snapshot, "e0", customers[i++]));
}
BENCHMARK(by_name)->Arg(1)->Arg(1'000);

void prepared(benchmark::State& state) {
  const auto snapshot = snapshot_of(1);
  const auto flag = snapshot->flag("e0").value();
  const Customers customers;
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(decide(*snapshot, flag, customers[i++]));
}
BENCHMARK(prepared);

void all_flags(benchmark::State& state) {
  const auto experiments = static_cast<std::size_t>(state.range(0));
  const auto snapshot = snapshot_of(experiments);
  const Customers customers;
  std::size_t i = 0;
  for (auto _ : state)
    decide_all(*snapshot, customers[i++], [](const Decision& decision) { benchmark::DoNotOptimize(decision); });
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(all_flags)->Arg(20)->Arg(100)->Arg(100'000);

/// One of them at random, by key: each finds other memory.
void random_name(benchmark::State& state) {
  const auto experiments = static_cast<std::uint32_t>(state.range(0));
  const auto snapshot = snapshot_of(experiments);
  const Customers customers;
  std::vector<std::string> keys;
  for (std::uint32_t i = 0; i < experiments; ++i) keys.push_back("e" + std::to_string(i));
  std::size_t i = 0;
  std::uint32_t random = 1;
  for (auto _ : state) {
    random = random * 1'664'525U + 1'013'904'223U;  // Numerical Recipes
    const auto place = (std::uint64_t{random} * experiments) >> 32U;
    benchmark::DoNotOptimize(decide(*snapshot, keys[place], customers[i++]));
  }
}
BENCHMARK(random_name)->Arg(20)->Arg(100'000);

double bytes_in_use() {
  const auto heap = mallinfo2();
  return static_cast<double>(heap.uordblks + heap.hblkhd);
}

/// What a compiled snapshot takes, an experiment with its flag.
void memory(benchmark::State& state) {
  const auto experiments = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    auto document = document_of(experiments);
    const double before = bytes_in_use();
    const auto snapshot = touchstone::tests::compiled(document);
    state.counters["bytes_each"] = (bytes_in_use() - before) / static_cast<double>(experiments);
  }
}
BENCHMARK(memory)->Arg(100'000)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
