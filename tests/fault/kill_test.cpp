// kill -9 at random moments while events arrive: what was acknowledged is there, nothing is there twice, and once the
// client has repeated what was not acknowledged the result is that of an undisturbed run.

#include <atomic>
#include <cstdlib>
#include <random>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/judged.hpp"

namespace touchstone::e2e {
namespace {

using nlohmann::json;

constexpr std::size_t kBatch = 20;

std::size_t rounds() {
  const char* asked = std::getenv("TOUCHSTONE_FAULT_ROUNDS");
  return asked != nullptr ? std::strtoul(asked, nullptr, 10) : 20;
}

std::string event(std::size_t number) {
  const std::string unit = "u" + std::to_string(number / 2);
  const std::string ts = "2026-01-01T00:0" + std::to_string(number % 2) + ":00Z";
  json item = {{"id", "e" + std::to_string(number)}, {"unit", unit}, {"ts", ts}};
  if (number % 2 == 0)
    item.update({{"type", "exposure"}, {"experiment", "kill"}, {"variant", number % 4 == 0 ? "control" : "b"}});
  else
    item.update({{"type", "event"}, {"name", "purchase"}, {"value", static_cast<double>(number % 97) + 0.25}});
  return item.dump();
}

void agree_on_experiment(Service& service) {
  service.must_post("/v1/metrics", R"({"key":"revenue","kind":"sum","event":"purchase"})");
  service.must_post("/v1/experiments",
                    R"({"key":"kill","scheme":"external","exposure":"client",
                        "variants":[{"key":"control","control":true},{"key":"b"}],
                        "plan":{"metrics":[{"metric":"revenue"}]}})");
  service.must_post("/v1/experiments/kill:start", R"({"at":"2025-12-31T00:00:00Z"})");
}

json report(Service& service) { return json::parse(service.must_get("/v1/experiments/kill/report").body); }

// Sends bodies from `next` on until one is not acknowledged; each body that was is counted.
void send_until_cut(Service& service, const std::vector<std::string>& bodies, std::size_t next,
                    std::atomic<std::size_t>& acknowledged) {
  http::Client client = service.client();
  for (; next < bodies.size(); ++next) {
    const auto response = client.send({.method = http::Method::post,
                                       .target = "/v1/events",
                                       .body = bodies[next],
                                       .headers = {service.authorization()}});
    if (!response || response->status != 200) return;
    ++acknowledged;
  }
}

TEST(FaultKill, LosesNothingAcknowledgedAndCountsNothingTwice) {
  const char* named = std::getenv("TOUCHSTONE_FAULT_SEED");
  const std::uint64_t seed = named != nullptr ? std::strtoull(named, nullptr, 10) : 4711;
  RecordProperty("seed", std::to_string(seed));
  std::mt19937_64 random(seed);
  const std::size_t kills = rounds();
  std::vector<std::string> events;
  for (std::size_t i = 0; i < kills * 25 * kBatch; ++i) events.push_back(event(i));
  const auto bodies = batches(events, kBatch);

  const TemporaryDirectory data;
  Service service(data.path());
  agree_on_experiment(service);

  std::size_t next = 0;
  std::size_t unknown_but_present = 0;
  for (std::size_t kill = 0; kill < kills && next < bodies.size(); ++kill) {
    std::atomic<std::size_t> acknowledged = 0;
    const std::size_t before_the_kill = random() % 24;
    std::thread sender([&] { send_until_cut(service, bodies, next, acknowledged); });
    while (acknowledged < before_the_kill && next + acknowledged < bodies.size()) std::this_thread::yield();
    for (std::size_t spin = random() % 400; spin > 0; --spin) std::this_thread::yield();
    service.kill();
    sender.join();
    next += acknowledged;
    service.start();
    const auto stored = report(service).at("ledger").at("stored").get<std::size_t>();
    ASSERT_GE(stored, next * kBatch) << "acknowledged events were lost; seed " << seed << ", kill " << kill;
    ASSERT_LE(stored, (next + 1) * kBatch) << "events are there twice; seed " << seed << ", kill " << kill;
    unknown_but_present += stored > next * kBatch ? 1 : 0;
  }
  std::atomic<std::size_t> acknowledged = 0;
  send_until_cut(service, bodies, next, acknowledged);
  ASSERT_EQ(next + acknowledged, bodies.size());
  std::printf("%zu kills, %zu events acknowledged, 0 lost, 0 twice, %zu batches stored without an acknowledgement\n",
              kills, events.size(), unknown_but_present);

  const TemporaryDirectory undisturbed_data;
  Service undisturbed(undisturbed_data.path());
  agree_on_experiment(undisturbed);
  for (const auto& body : bodies) undisturbed.must_post("/v1/events", body);
  EXPECT_EQ(report(service).at("digest").at("results"), report(undisturbed).at("digest").at("results"));
  EXPECT_EQ(report(service).at("ledger").at("stored").get<std::size_t>(), events.size());
}

}  // namespace
}  // namespace touchstone::e2e
