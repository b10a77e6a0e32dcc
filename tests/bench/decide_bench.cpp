// What decisions cost in this process, three conditions and two draws each: alone and together, among few and among
// many, by name and with a prepared handle; and what a snapshot weighs.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <malloc.h>

#include "assign/decide.hpp"
#include "tests/assign/documents.hpp"

namespace {

using namespace touchstone::assign;
namespace tests = touchstone::tests;

constexpr std::size_t kUnits = 1024;

/// Experiments "e0", "e1", ... with a flag each, for paying customers of age in three countries.
SnapshotDocument document_of(std::size_t experiments) {
  SnapshotDocument document;
  for (std::size_t i = 0; i < experiments; ++i) {
    const std::string key = "e" + std::to_string(i);
    document.layers[key] = {tests::salt(2 * i), {}};
    auto& experiment = document.experiments[key] = tests::two_variants(key, 2 * i + 1);
    experiment.when =
        all_of({test_of("country", Operator::in, std::vector<std::string>{"DE", "FR", "NL"}),
                not_of(test_of("plan", Operator::is, std::string("free"))), test_of("age", Operator::ge, 18.0)});
    experiment.variants[1].values[key] = "true";
    document.flags[key] = tests::flag_of(key);
  }
  return document;
}

std::shared_ptr<const Snapshot> snapshot_of(std::size_t experiments) {
  return tests::compiled(document_of(experiments));
}

/// An id as long as a UUID.
std::string id_of(std::size_t number) {
  auto digits = std::to_string(number);
  return "9e3f4b7a-52d1-4c7e-8c21-" + std::string(12 - digits.size(), '0') + digits;
}

/// Customers of whom all meet the conditions.
class Customers {
 public:
  Customers() {
    for (std::size_t i = 0; i < kUnits; ++i) ids_.push_back(id_of(i));
    for (const auto& id : ids_) units_.push_back({"user", id});
  }
  [[nodiscard]] Subject operator[](std::size_t i) const { return {{&units_[i % kUnits], 1}, attributes_, {}}; }

 private:
  std::array<Attribute, 3> attributes_{
      {{"age", 34.0}, {"country", std::string_view("DE")}, {"plan", std::string_view("pro")}}};
  std::vector<std::string> ids_;
  std::vector<Unit> units_;
};

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
    const auto snapshot = tests::compiled(document);
    state.counters["bytes_each"] = (bytes_in_use() - before) / static_cast<double>(experiments);
  }
}
BENCHMARK(memory)->Arg(100'000)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();
