// kill -9 at random moments while events arrive: what was acknowledged is there, nothing is there twice, and once the
// client has repeated what was not acknowledged the result is that of an undisturbed run.

#include <algorithm>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "tests/fault/stream.hpp"

namespace touchstone::e2e {
namespace {

TEST(FaultKill, LosesNothingAcknowledgedAndCountsNothingTwice) {
  const std::uint64_t seed = fault_seed();
  RecordProperty("seed", std::to_string(seed));
  std::mt19937_64 random(seed);
  const std::size_t kills = rounds();
  const auto bodies = batches(events_to_send(kills * 25), kBatch);
  const std::atomic<bool> machine_off = false;  // it goes on, and with it what the killed process had written
  auto left = bodies;

  const TemporaryDirectory data;
  Service service(data.path(), {"--checkpoint-events", "300"});  // so that kills meet it, too
  agree_on_experiment(service);

  std::size_t unknown_but_present = 0;
  for (std::size_t kill = 0; kill < kills && !left.empty(); ++kill) {
    std::atomic<std::size_t> acknowledged = 0;
    const std::size_t before_the_kill = std::min(random() % 24, left.size());
    std::thread sender([&] { send_until_cut(service, left, acknowledged, machine_off); });
    while (acknowledged < before_the_kill) std::this_thread::yield();
    for (std::size_t spin = random() % 400; spin > 0; --spin) std::this_thread::yield();
    service.kill();
    sender.join();
    left.erase(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(acknowledged.load()));
    service.start();
    const std::size_t events = stored(service);
    const std::size_t promised = (bodies.size() - left.size()) * kBatch;
    ASSERT_GE(events, promised) << "acknowledged events were lost; seed " << seed << ", kill " << kill;
    ASSERT_LE(events, promised + kBatch) << "events are there twice; seed " << seed << ", kill " << kill;
    unknown_but_present += events > promised ? 1 : 0;
  }
  std::atomic<std::size_t> acknowledged = 0;
  send_until_cut(service, left, acknowledged, machine_off);
  ASSERT_EQ(acknowledged, left.size());
  std::printf("%zu kills, %zu events acknowledged, 0 lost, 0 twice, %zu batches stored without an acknowledgement\n",
              kills, bodies.size() * kBatch, unknown_but_present);
  EXPECT_EQ(stored(service), bodies.size() * kBatch);
  EXPECT_EQ(digest_of(service, "kill"), undisturbed_digest(bodies));
}

}  // namespace
}  // namespace touchstone::e2e
