#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <thread>
#include <vector>

#include "service/app/service.hpp"
#include "service/fast/doorbell.hpp"
#include "service/fast/fast_lane.hpp"

namespace touchstone::app {

/// Carries exposures from the rings of the fast lane to the writer, on a thread of its own, at most ten times a second
/// unless a ring fills up. Waits for each group's commit; while the writer refuses it holds what it has and tries
/// again, and the rings fill up and count what they drop.
class ExposureCarrier {
 public:
  /// All three must outlive it.
  ExposureCarrier(Service& service, fast::FastLane& lane, fast::Doorbell& doorbell);
  ~ExposureCarrier();  ///< stops
  ExposureCarrier(const ExposureCarrier&) = delete;
  ExposureCarrier& operator=(const ExposureCarrier&) = delete;

  /// Carries what is in the rings, then ends. Call after the event loops have stopped and before the writer does.
  void stop();

  [[nodiscard]] std::uint64_t carried() const noexcept { return carried_; }
  /// Given up at the stop, because the writer did not take them.
  [[nodiscard]] std::uint64_t lost() const noexcept { return lost_; }

 private:
  using Clock = std::chrono::steady_clock;
  using Batches = std::map<std::uint32_t, storage::EventBatch>;

  void run();
  void gather() const;
  [[nodiscard]] bool carry_group();
  [[nodiscard]] bool take(Batches& batches);
  [[nodiscard]] bool stored(std::uint32_t environment, const storage::EventBatch& batch);
  void submit(std::uint32_t environment, const storage::EventBatch& batch);

  Service& service_;
  fast::FastLane& lane_;
  fast::Doorbell& doorbell_;
  Clock::time_point next_;  ///< before it exposures wait for others
  std::atomic<bool> stopping_{false};
  std::atomic<std::uint64_t> carried_{0};
  std::atomic<std::uint64_t> lost_{0};
  std::thread thread_;
};

}  // namespace touchstone::app
