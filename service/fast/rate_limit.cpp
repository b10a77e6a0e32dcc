#include "service/fast/rate_limit.hpp"

#include <algorithm>

#include <time.h>

namespace touchstone::fast {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// The clock's last tick, a few milliseconds old: exact enough for seconds, and it costs a fifth of the present.
RateLimit::Clock::time_point last_tick() noexcept {
  timespec tick{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &tick);
  return RateLimit::Clock::time_point(std::chrono::seconds(tick.tv_sec) + std::chrono::nanoseconds(tick.tv_nsec));
}

}  // namespace

RateLimit::RateLimit(std::uint32_t per_second) {
  if (per_second == 0) return;
  interval_ = kSecond / per_second;
  buckets_ = std::make_unique<std::atomic<std::int64_t>[]>(size);
}

std::optional<std::chrono::seconds> RateLimit::take(std::uint64_t key) noexcept {
  return buckets_ == nullptr ? std::nullopt : take(key, last_tick());
}

std::optional<std::chrono::seconds> RateLimit::take(std::uint64_t key, Clock::time_point now) noexcept {
  if (buckets_ == nullptr) return std::nullopt;
  auto& bucket = buckets_[key % size];
  const std::int64_t present = std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count();
  auto paid = bucket.load(std::memory_order_relaxed);
  for (;;) {
    const auto start = std::max(paid, present);
    const auto excess = start + interval_ - present - kSecond;
    if (excess > 0) return std::chrono::seconds((excess + kSecond - 1) / kSecond);
    if (bucket.compare_exchange_weak(paid, start + interval_, std::memory_order_relaxed)) return std::nullopt;
  }
}

}  // namespace touchstone::fast
