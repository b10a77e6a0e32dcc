#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>

namespace touchstone::wire {

/// How long to wait before the next try: anything from nothing to a span that doubles with each failure (full jitter),
/// so that clients which failed together do not come back together. A Retry-After comes on top, as its floor.
class Backoff {
 public:
  Backoff(std::chrono::milliseconds first, std::chrono::milliseconds longest, std::uint64_t seed)
      : first_(first), longest_(longest), random_(seed) {}

  [[nodiscard]] std::chrono::milliseconds next(std::optional<std::chrono::seconds> retry_after = {});
  void reset() noexcept { failures_ = 0; }

 private:
  std::chrono::milliseconds first_;
  std::chrono::milliseconds longest_;
  std::mt19937_64 random_;
  unsigned failures_ = 0;
};

}  // namespace touchstone::wire
