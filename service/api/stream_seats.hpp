#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

namespace touchstone::api {

/// How many streams each key may keep open: no lock, one atomic per key. Keys whose numbers are equal modulo 16,384
/// share their seats.
class StreamSeats {
 public:
  explicit StreamSeats(std::uint32_t per_key) : per_key_(per_key), taken_(std::make_shared<Taken>()) {}

  /// A place for one stream, given back with its last copy.
  using Seat = std::shared_ptr<void>;

  /// Null where the key has all of its seats taken; `number` 0 is the operator, who may have any number.
  [[nodiscard]] Seat take(std::uint64_t number) const {
    auto& taken = (*taken_)[number % size];
    if (taken.fetch_add(1, std::memory_order_relaxed) >= per_key_ && number != 0 && per_key_ != 0) {
      taken.fetch_sub(1, std::memory_order_relaxed);
      return nullptr;
    }
    return {&taken, [all = taken_](std::atomic<std::uint32_t>* one) { one->fetch_sub(1, std::memory_order_relaxed); }};
  }

 private:
  static constexpr std::size_t size = 16'384;
  using Taken = std::array<std::atomic<std::uint32_t>, size>;

  std::uint32_t per_key_;
  std::shared_ptr<Taken> taken_;  ///< outlived by no seat
};

}  // namespace touchstone::api
