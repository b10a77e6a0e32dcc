#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "sdk/cpp/client_status.hpp"

namespace touchstone::sdk {

/// The status, written by the client's thread and read, or waited for, by others.
class Board {
 public:
  template <class Change>
  void change(Change&& change) {
    {
      const std::lock_guard lock(mutex_);
      std::forward<Change>(change)(status_);
    }
    changed_.notify_all();
  }

  [[nodiscard]] ClientStatus read() const {
    const std::lock_guard lock(mutex_);
    return status_;
  }

  template <class Holds>
  bool wait(std::chrono::milliseconds within, Holds&& holds) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, within, [&] { return holds(status_); });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  ClientStatus status_;
};

}  // namespace touchstone::sdk
