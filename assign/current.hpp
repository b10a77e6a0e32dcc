#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace touchstone::assign {

/// The one place where something immutable is replaced while others read it. Writers swap under a mutex and then move
/// the generation; each reading thread owns a Reader, which takes the mutex only when the generation has moved. (Not
/// std::atomic<std::shared_ptr>: with g++ 12 that locks on every read and races under ThreadSanitizer.)
template <class T>
class Current {
 public:
  explicit Current(std::shared_ptr<const T> first) : value_(std::move(first)) {}

  void publish(std::shared_ptr<const T> next) {
    const std::lock_guard lock(mutex_);
    value_.swap(next);
    generation_.fetch_add(1, std::memory_order_release);
  }

  /// The value now. Takes the mutex: for slow paths.
  [[nodiscard]] std::shared_ptr<const T> load() const {
    std::uint64_t generation = 0;
    return latest(generation);
  }

  /// One thread's view. It keeps its value alive until the next read that finds a newer one.
  class Reader {
   public:
    explicit Reader(const Current& current) : current_(&current) { refresh(); }

    /// At least as new as any publication that happened before this call. The reference is good until the next read.
    [[nodiscard]] const std::shared_ptr<const T>& read() {
      if (current_->generation_.load(std::memory_order_acquire) != generation_) refresh();
      return value_;
    }

   private:
    void refresh() {
      auto fresh = current_->latest(generation_);
      value_.swap(fresh);
    }

    const Current* current_;
    std::uint64_t generation_ = 0;
    std::shared_ptr<const T> value_;
  };

 private:
  std::shared_ptr<const T> latest(std::uint64_t& generation) const {
    const std::lock_guard lock(mutex_);
    generation = generation_.load(std::memory_order_relaxed);
    return value_;
  }

  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
  std::atomic<std::uint64_t> generation_{0};
};

}  // namespace touchstone::assign
