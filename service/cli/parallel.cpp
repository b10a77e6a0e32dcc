#include "service/cli/parallel.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace touchstone::cli {
namespace {

using Work = std::function<void(std::size_t)>;

/// Hands out numbers until all are given or one has failed.
class Queue {
 public:
  Queue(std::size_t count, const Work& work) : count_(count), work_(work) {}

  void serve() {
    try {
      for (std::size_t i = 0; take(i);) {
        work_(i);
        finish();
      }
    } catch (...) {
      fail(std::current_exception());
    }
    leave();
  }

  void watch(unsigned servers, const Work& told) {
    std::unique_lock lock(mutex_);
    while (left_ < servers) {
      changed_.wait_for(lock, std::chrono::milliseconds(100), [&] { return left_ == servers; });
      told(done_);
    }
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  bool take(std::size_t& i) {
    const std::lock_guard lock(mutex_);
    if (failure_ || next_ == count_) return false;
    i = next_++;
    return true;
  }
  void finish() {
    const std::lock_guard lock(mutex_);
    ++done_;
  }
  void fail(std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(failure);
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    ++left_;
    changed_.notify_one();
  }

  std::size_t count_;
  const Work& work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t next_ = 0;
  std::size_t done_ = 0;
  unsigned left_ = 0;
  std::exception_ptr failure_;
};

}  // namespace

void in_parallel(std::size_t count, unsigned threads, const Work& work, const Work& told) {
  const unsigned servers = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
  Queue queue(count, work);
  std::vector<std::jthread> pool;
  for (unsigned i = 0; i < servers; ++i) pool.emplace_back([&queue] { queue.serve(); });
  queue.watch(servers, told);
}

}  // namespace touchstone::cli
