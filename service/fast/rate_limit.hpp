#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace touchstone::fast {

/// A token bucket per key that holds what may be asked in one second: no lock, no allocation, one atomic per key, so
/// any loop may ask. Keys whose numbers are equal modulo 16,384 share a bucket.
class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  explicit RateLimit(std::uint32_t per_second = 0);  ///< 0: no limit

  /// Takes one request out of the key's bucket; where it is empty, how long until it will not be.
  [[nodiscard]] std::optional<std::chrono::seconds> take(std::uint64_t key) noexcept;
  [[nodiscard]] std::optional<std::chrono::seconds> take(std::uint64_t key, Clock::time_point now) noexcept;

 private:
  static constexpr std::size_t size = 16'384;

  std::int64_t interval_ = 0;  ///< nanoseconds that one request takes
  /// When all that was asked so far will be paid for, in nanoseconds of the clock.
  std::unique_ptr<std::atomic<std::int64_t>[]> buckets_;
};

}  // namespace touchstone::fast
