#pragma once

#include <atomic>
#include <cstdint>

namespace touchstone::fast {

/// Wakes the one thread that empties the exposure rings. Ringing costs a fence and a load while that thread is awake,
/// and one system call when it sleeps; it never waits.
class Doorbell {
 public:
  void ring() noexcept {
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (rung_.load(std::memory_order_relaxed) != 0) return;
    if (rung_.exchange(1, std::memory_order_seq_cst) == 0) rung_.notify_one();
  }

  /// Sleeps until somebody has rung since the last call. Look into the rings after it returns.
  void wait() noexcept {
    rung_.wait(0, std::memory_order_seq_cst);
    rung_.store(0, std::memory_order_seq_cst);
    std::atomic_thread_fence(std::memory_order_seq_cst);
  }

 private:
  std::atomic<std::uint32_t> rung_{0};
};

}  // namespace touchstone::fast
