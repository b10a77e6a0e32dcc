// What one decision costs in this process: three conditions and two draws, by name and with a prepared handle.

#include <array>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "assign/decide.hpp"
#include "tests/assign/documents.hpp"

namespace {

using namespace touchstone::assign;
namespace tests = touchstone::tests;

constexpr std::size_t kUnits = 1024;

/// Experiments "e0", "e1", ... with a flag each, for paying customers of age in three countries.
std::shared_ptr<const Snapshot> snapshot_of(std::size_t experiments) {
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
  return tests::compiled(document);
}

/// Customers of whom all meet the conditions.
class Customers {
 public:
  Customers() {
    for (std::size_t i = 0; i < kUnits; ++i) ids_.push_back("customer-" + std::to_string(i));
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
BENCHMARK(all_flags)->Arg(20);

}  // namespace

BENCHMARK_MAIN();
