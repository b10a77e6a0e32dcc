#pragma once

#include <atomic>
#include <cstdint>

#include "service/http/counters.hpp"

namespace touchstone::http {

/// A counter with one writing thread and any number of readers.
class Tally {
 public:
  void add(std::uint64_t n = 1) noexcept { value_.store(read() + n, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t read() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// The counters of one event loop, on cache lines of its own.
struct alignas(64) LoopTally {
  Tally accepted;
  Tally connections_refused;
  Tally connections_evicted;
  Tally accept_failures;
  Tally failures;
  Tally bytes_in;
  Tally bytes_out;
  std::array<Tally, 6> requests;
  std::array<Tally, reason_count> refused;

  void add_to(Counters& sum) const noexcept;
};

}  // namespace touchstone::http
