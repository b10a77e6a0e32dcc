#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>

namespace touchstone::http {

/// Monotonic time at the kernel's tick (1 to 4 ms): all that deadlines need, at a fraction of the usual cost.
struct CoarseClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<CoarseClock>;
  static constexpr bool is_steady = true;

  static time_point now() noexcept {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
    return time_point{std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec}};
  }
};

using TimePoint = CoarseClock::time_point;

}  // namespace touchstone::http
