// kill -9 while a unit is being forgotten: afterwards it was never ordered, or nothing of it is left.

#include <random>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/fault/stream.hpp"
#include "tests/files_with.hpp"

namespace touchstone::e2e {
namespace {

using nlohmann::json;

std::string unit(std::size_t round) { return "person-" + std::to_string(round) + "-to-be-forgotten"; }

/// Of the unit of a round, among those of others.
std::string events_of(std::size_t round) {
  std::string body;
  for (int i = 0; i < 20; ++i)
    body += json({{"id", std::to_string(round) + "-" + std::to_string(i)},
                  {"type", "event"},
                  {"name", "purchase"},
                  {"value", i},
                  {"unit", i % 2 == 0 ? unit(round) : "somebody"},
                  {"ts", "2026-01-02T00:00:00Z"}})
                .dump() +
            "\n";
  return body;
}

TEST(FaultErasure, KilledAnywhereItIsNotOrderedOrFinished) {
  const std::uint64_t seed = fault_seed();
  std::mt19937_64 random(seed);
  const TemporaryDirectory data;
  Service service(data.path(), {"--checkpoint-events", "10"});  // it holds the unit, too
  std::size_t finished = 0;
  for (std::size_t round = 0; round < rounds(); ++round) {
    service.must_post("/v1/events", events_of(round));
    const std::string query = "?unit=" + unit(round);
    std::thread asking([&, client = service.client(), key = service.authorization()]() mutable {
      (void)client.send({.method = http::Method::del, .target = "/v1/units" + query, .body = "", .headers = {key}});
    });
    for (std::size_t spin = random() % 30'000; spin > 0; --spin) std::this_thread::yield();
    service.kill();
    asking.join();
    service.start();
    const auto certificate = service.get("/v1/units/erasure" + query);
    const bool there = !files_with(data.path(), unit(round)).empty();
    if (certificate.status == 404) {
      EXPECT_TRUE(there) << "seed " << seed << ", round " << round;
      continue;
    }
    ++finished;
    EXPECT_FALSE(json::parse(certificate.body)["finished_at"].is_null()) << "seed " << seed << ", round " << round;
    EXPECT_FALSE(there) << "seed " << seed << ", round " << round;
  }
  std::printf("%zu kills, %zu erasures had been ordered and were finished, the others were not begun\n", rounds(),
              finished);
  EXPECT_EQ(run({program(), "doctor", "--data", data.path().string()}).exit_code, 0);
}

}  // namespace
}  // namespace touchstone::e2e
