// Power cuts at random moments while several clients send: what was acknowledged is on the disk, nothing is there
// twice, and once the clients have repeated what was not acknowledged the result is that of an undisturbed run.

#include <algorithm>
#include <array>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "tests/fault/power.hpp"
#include "tests/fault/stream.hpp"

namespace touchstone::e2e {
namespace {

constexpr std::size_t kClients = 4;

/// What one client has to send, and how much of it was acknowledged since the power came back.
struct Sender {
  std::vector<std::string> left;
  std::atomic<std::size_t> acknowledged = 0;

  void forget_acknowledged() {
    left.erase(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(acknowledged.exchange(0)));
  }
};

using Senders = std::array<Sender, kClients>;

std::size_t acknowledged(const Senders& senders) {
  std::size_t sum = 0;
  for (const auto& sender : senders) sum += sender.acknowledged;
  return sum;
}

std::size_t left(const Senders& senders) {
  std::size_t sum = 0;
  for (const auto& sender : senders) sum += sender.left.size();
  return sum;
}

std::vector<std::jthread> start(Senders& senders, Service& service, const std::atomic<bool>& off) {
  std::vector<std::jthread> threads;
  for (auto& sender : senders)
    threads.emplace_back([&] { send_until_cut(service, sender.left, sender.acknowledged, off); });
  return threads;
}

/// Cuts after so many acknowledged bodies and a little while, and starts the service on what is left of its files.
void cut_power(const PoweredDisk& disk, Service& service, Senders& senders, std::mt19937_64& random) {
  const std::size_t before_the_cut = std::min(random() % 40, left(senders));
  std::atomic<bool> off = false;
  {
    const auto threads = start(senders, service, off);
    while (acknowledged(senders) < before_the_cut) std::this_thread::yield();
    for (std::size_t spin = random() % 400; spin > 0; --spin) std::this_thread::yield();
    disk.cut(off);
    service.kill();
  }
  for (auto& sender : senders) sender.forget_acknowledged();
  disk.restore();
  service.start();
}

TEST(FaultPowerCut, LosesNothingAcknowledgedAndCountsNothingTwice) {
  std::string refused;
  const auto disk = PoweredDisk::make(refused);
  if (!disk) GTEST_SKIP() << "power cuts need root, a loop device and mkfs.ext4: " << refused;
  const std::uint64_t seed = fault_seed();
  RecordProperty("seed", std::to_string(seed));
  std::mt19937_64 random(seed);
  const std::size_t cuts = std::max<std::size_t>(1, rounds() / 4);
  const auto bodies = batches(events_to_send(cuts * 50), kBatch);

  Senders senders;
  for (std::size_t i = 0; i < bodies.size(); ++i) senders[i % kClients].left.push_back(bodies[i]);
  Service service(disk->path() / "data");
  agree_on_experiment(service);
  std::size_t unknown_but_present = 0;
  for (std::size_t cut = 0; cut < cuts && left(senders) > 0; ++cut) {
    cut_power(*disk, service, senders, random);
    const std::size_t events = stored(service);
    const std::size_t promised = (bodies.size() - left(senders)) * kBatch;
    ASSERT_GE(events, promised) << "acknowledged events were lost; seed " << seed << ", cut " << cut;
    ASSERT_LE(events, promised + kClients * kBatch) << "events are there twice; seed " << seed << ", cut " << cut;
    unknown_but_present += (events - promised) / kBatch;
  }
  const std::atomic<bool> on_to_the_end = false;
  start(senders, service, on_to_the_end).clear();
  ASSERT_EQ(acknowledged(senders), left(senders));
  std::printf(
      "%zu power cuts, %zu events acknowledged, 0 lost, 0 twice, %zu batches stored without an acknowledgement\n", cuts,
      bodies.size() * kBatch, unknown_but_present);
  EXPECT_EQ(stored(service), bodies.size() * kBatch);
  EXPECT_EQ(digest_of(service, "kill"), undisturbed_digest(bodies));
  service.kill();
}

}  // namespace
}  // namespace touchstone::e2e
