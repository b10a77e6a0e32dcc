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

namespace touchstone::fast {

/// An exposure on its way from an event loop to the journal, with its text.
struct RecordedExposure {
  assign::Instant at;
  std::int64_t config_version = 0;
  std::uint32_t environment = 0;
  std::string_view experiment;
  std::string_view variant;
  assign::Unit unit;
};

/// A bounded queue between one thread that pushes and one that takes. Never waits, never allocates after construction.
class ExposureRing {
 public:
  /// Room for `capacity` exposures, a power of two.
  explicit ExposureRing(std::size_t capacity = 4096)
      : mask_(capacity - 1), slots_(std::make_unique_for_overwrite<Slot[]>(capacity)) {}

  /// Copies `exposure` in; false when the ring is full or its text is longer than any valid one.
  bool push(const RecordedExposure& exposure) noexcept {
    const auto tail = tail_.load(std::memory_order_relaxed);
    if (tail - head_.load(std::memory_order_acquire) > mask_) return false;
    if (!slots_[tail & mask_].fill(exposure)) return false;
    tail_.store(tail + 1, std::memory_order_release);
    return true;
  }

  /// Hands up to `most` waiting exposures to `sink`, oldest first, and frees their room. Views die with the call.
  template <class Sink>
  std::size_t take(std::size_t most, Sink&& sink) {
    auto head = head_.load(std::memory_order_relaxed);
    const auto tail = tail_.load(std::memory_order_acquire);
    std::size_t taken = 0;
    for (; head != tail && taken < most; ++head, ++taken) sink(slots_[head & mask_].read());
    head_.store(head, std::memory_order_release);
    return taken;
  }

  [[nodiscard]] std::size_t waiting() const noexcept {
    return tail_.load(std::memory_order_acquire) - head_.load(std::memory_order_acquire);
  }

 private:
  struct Slot {
    RecordedExposure exposure;
    std::array<char, 128 + 128 + 128 + assign::longest_unit_id> text;

    bool fill(const RecordedExposure& from) noexcept {
      exposure = from;
      std::size_t used = 0;
      return keep(exposure.experiment, used) && keep(exposure.variant, used) && keep(exposure.unit.type, used) &&
             keep(exposure.unit.id, used);
    }

    bool keep(std::string_view& view, std::size_t& used) noexcept {
      if (view.size() > text.size() - used) return false;
      if (!view.empty()) std::memcpy(text.data() + used, view.data(), view.size());
      view = {text.data() + used, view.size()};
      used += view.size();
      return true;
    }

    [[nodiscard]] const RecordedExposure& read() const noexcept { return exposure; }
  };

  std::size_t mask_;
  std::unique_ptr<Slot[]> slots_;
  alignas(64) std::atomic<std::size_t> head_{0};
  alignas(64) std::atomic<std::size_t> tail_{0};
};

}  // namespace touchstone::fast
