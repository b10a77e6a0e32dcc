#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sdk/cpp/board.hpp"
#include "sdk/cpp/exposure_ring.hpp"
#include "sdk/cpp/options.hpp"
#include "sdk/cpp/outbox.hpp"
#include "sdk/cpp/transfers.hpp"
#include "sdk/wire/backoff.hpp"
#include "sdk/wire/event_json.hpp"

namespace touchstone::sdk {

using Moment = std::chrono::steady_clock::time_point;

/// Carries exposures and events to the server, a batch at a time and in their order. What was not acknowledged is sent
/// again, as it was, until it is.
class Delivery {
 public:
  /// All must outlive it.
  Delivery(const Options& options, std::uint64_t seed, Transfers& transfers, ExposureRing& ring, Outbox& outbox,
           Board& board);

  /// Does what is due; says when something will be.
  [[nodiscard]] Moment step(Moment now);

  /// From any thread: all that is queued by the next step shall go now. The number names the request.
  std::uint64_t ask_flush() noexcept { return flush_asked_.fetch_add(1) + 1; }
  /// The newest request after which everything has been answered.
  [[nodiscard]] std::uint64_t flushed() const noexcept { return flush_done_; }

  /// Nothing waits, nothing is under way.
  [[nodiscard]] bool idle() const { return sending_ == 0 && outbox_->waiting() == 0; }

 private:
  void take_exposures();
  void note_flush();
  void send();
  void take(const Told& told);
  void answered(const wire::Verdicts& verdicts);
  void retry(const Told& told);
  void give_up(const Told& told);
  void settled();

  const Options* options_;
  Transfers* transfers_;
  ExposureRing* ring_;
  Outbox* outbox_;
  Board* board_;
  wire::Backoff backoff_;
  std::size_t limit_;        ///< items of one request
  std::size_t sending_ = 0;  ///< items under way
  Moment not_before_{};
  Moment flush_at_{};
  std::atomic<std::uint64_t> flush_asked_{0};
  std::atomic<std::uint64_t> flush_done_{0};
  std::uint64_t flush_seen_ = 0;
  std::uint64_t flush_target_ = 0;  ///< Outbox::pushed() when it was seen
};

}  // namespace touchstone::sdk
