#include "service/http/detail/slow_pool.hpp"

#include <utility>

namespace touchstone::http {

SlowPool::SlowPool(unsigned threads, std::size_t waiting) : waiting_(waiting), idle_(threads) {
  try {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  } catch (...) {
    stop();
    throw;
  }
}

SlowPool::~SlowPool() { stop(); }

bool SlowPool::submit(std::function<void()> job) {
  const std::lock_guard lock(mutex_);
  if (stopped_ || jobs_.size() >= waiting_ + idle_) return false;
  jobs_.push_back(std::move(job));
  changed_.notify_one();
  return true;
}

void SlowPool::stop() {
  std::deque<std::function<void()>> dropped;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    dropped.swap(jobs_);
  }
  changed_.notify_all();
  threads_.clear();
}

std::size_t SlowPool::queued() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size();
}

void SlowPool::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stopped_ || !jobs_.empty(); });
    if (stopped_) return;
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    --idle_;
    lock.unlock();
    job();
    job = nullptr;
    lock.lock();
    ++idle_;
  }
}

}  // namespace touchstone::http
