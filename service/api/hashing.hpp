#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace touchstone::api {

/// The one thread on which passwords are hashed, which takes tens of milliseconds and 64 MiB each: one at a time, so
/// that event loops and the pool of slow requests go on. Any thread may call.
class Hashing {
 public:
  /// At most so many wait, the one that is being hashed included.
  explicit Hashing(std::size_t most = 16);
  Hashing(const Hashing&) = delete;
  Hashing& operator=(const Hashing&) = delete;
  ~Hashing();  ///< stops

  /// False where too many wait. `work` must not throw.
  [[nodiscard]] bool post(std::function<void()> work);

  /// Takes nothing more and does what waits. Safe to call twice.
  void stop();

 private:
  void run();

  std::size_t most_;
  std::mutex guarding_;
  std::condition_variable waiting_;
  std::deque<std::function<void()>> queue_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace touchstone::api
