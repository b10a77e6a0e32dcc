#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "assign/decision.hpp"
#include "assign/instant.hpp"

namespace touchstone::sdk {

/// An exposure on its way from an evaluation to the queue, with its text.
struct Met {
  assign::Instant at;
  std::int64_t config_version = 0;
  std::string_view experiment;
  std::string_view variant;
  assign::Unit unit;
};

/// A bounded queue from any number of threads to one. Never waits for a lock, never allocates after construction.
class ExposureRing {
 public:
  enum class Push : std::uint8_t { taken, half_full, full };

  /// Room for `capacity` exposures, a power of two.
  explicit ExposureRing(std::size_t capacity = 4096) : mask_(capacity - 1), slots_(std::make_unique<Slot[]>(capacity)) {
    for (std::size_t i = 0; i < capacity; ++i) slots_[i].turn.store(i, std::memory_order_relaxed);
  }

  /// Copies `met` in. `half_full` is said once on the way up: time to take. `full` also where its text is longer than
  /// any valid one.
  Push push(const Met& met) noexcept {
    if (size_of(met) > longest) return Push::full;
    auto place = tail_.load(std::memory_order_relaxed);
    while (true) {
      Slot& slot = slots_[place & mask_];
      const auto turn = slot.turn.load(std::memory_order_acquire);
      if (turn < place) return Push::full;
      if (turn > place) {
        place = tail_.load(std::memory_order_relaxed);
      } else if (tail_.compare_exchange_weak(place, place + 1, std::memory_order_relaxed)) {
        slot.fill(met);
        slot.turn.store(place + 1, std::memory_order_release);
        const auto waiting = place - head_.load(std::memory_order_relaxed);
        return waiting == (mask_ >> 1U) ? Push::half_full : Push::taken;
      }
    }
  }

  /// Hands the oldest to `sink` and frees its room; false where there is none. One thread only.
  template <class Sink>
  bool take(Sink&& sink) {
    const auto place = head_.load(std::memory_order_relaxed);
    Slot& slot = slots_[place & mask_];
    if (slot.turn.load(std::memory_order_acquire) != place + 1) return false;
    sink(slot.met);
    head_.store(place + 1, std::memory_order_relaxed);
    slot.turn.store(place + mask_ + 1, std::memory_order_release);
    return true;
  }

  [[nodiscard]] std::size_t waiting() const noexcept {
    return tail_.load(std::memory_order_acquire) - head_.load(std::memory_order_acquire);
  }

 private:
  static constexpr std::size_t longest = 128 + 128 + 128 + assign::longest_unit_id;

  static std::size_t size_of(const Met& met) noexcept {
    return met.experiment.size() + met.variant.size() + met.unit.type.size() + met.unit.id.size();
  }

  struct Slot {
    std::atomic<std::size_t> turn;
    Met met;
    std::array<char, longest> text;

    void fill(const Met& from) noexcept {
      met = from;
      char* end = text.data();
      for (auto* part : {&met.experiment, &met.variant, &met.unit.type, &met.unit.id}) {
        if (!part->empty()) std::memcpy(end, part->data(), part->size());
        *part = {end, part->size()};
        end += part->size();
      }
    }
  };

  std::size_t mask_;
  std::unique_ptr<Slot[]> slots_;
  alignas(64) std::atomic<std::size_t> head_{0};
  alignas(64) std::atomic<std::size_t> tail_{0};
};

}  // namespace touchstone::sdk
