// What an evaluation through the C++ SDK costs, beside the bare decision that it makes: alone, and on two threads that
// read one client. The client reports exposures; all units were met before, as most have been.

#include <string_view>

#include <benchmark/benchmark.h>

#include "assign/decide.hpp"
#include "sdk/cpp/client.hpp"
#include "sdk/wire/snapshot_json.hpp"
#include "tests/bench/customers.hpp"

namespace {

using namespace touchstone::bench;
namespace sdk = touchstone::sdk;

/// Nobody listens where it reports: what it queues stays queued.
sdk::Client& client() {
  static sdk::Client one({.address = "http://127.0.0.1:1",
                          .key = "nobody",
                          .bootstrap = touchstone::wire::write_snapshot(document_of(1'000)),
                          .retry_from = std::chrono::seconds(30)});
  return one;
}

const Customers& customers() {
  static const Customers all;
  return all;
}

void meet_all() {
  for (std::size_t i = 0; i < kUnits; ++i) benchmark::DoNotOptimize(client().boolean("e0", customers()[i], false));
}

void bare(benchmark::State& state) {
  static const auto snapshot = snapshot_of(1'000);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(decide(*snapshot, "e0", customers()[i++]));
}
BENCHMARK(bare)->Threads(1)->Threads(2);

void through_the_sdk(benchmark::State& state) {
  if (state.thread_index() == 0) meet_all();
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(client().boolean("e0", customers()[i++], false));
}
BENCHMARK(through_the_sdk)->Threads(1)->Threads(2);

}  // namespace

BENCHMARK_MAIN();
