#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace touchstone::http {

/// A fixed number of threads with a bounded queue before them.
class SlowPool {
 public:
  /// `waiting` jobs may wait beyond those that find a free thread.
  SlowPool(unsigned threads, std::size_t waiting);
  ~SlowPool();  ///< stops
  SlowPool(const SlowPool&) = delete;
  SlowPool& operator=(const SlowPool&) = delete;

  /// False where the queue is full or the pool has stopped. A job may not throw. Throws std::bad_alloc.
  [[nodiscard]] bool submit(std::function<void()> job);

  /// Drops the jobs that wait and returns after those that run.
  void stop();

  [[nodiscard]] std::size_t queued() const;

 private:
  void work();

  const std::size_t waiting_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> jobs_;
  std::size_t idle_;
  bool stopped_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace touchstone::http
