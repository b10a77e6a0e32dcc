#include "service/api/hashing.hpp"

#include <utility>

namespace touchstone::api {

Hashing::Hashing(std::size_t most) : most_(most), thread_([this] { run(); }) {}

Hashing::~Hashing() { stop(); }

void Hashing::stop() {
  {
    const std::lock_guard lock(guarding_);
    ending_ = true;
  }
  waiting_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Hashing::post(std::function<void()> work) {
  {
    const std::lock_guard lock(guarding_);
    if (ending_ || queue_.size() >= most_) return false;
    queue_.push_back(std::move(work));
  }
  waiting_.notify_one();
  return true;
}

/// What is being done stays in the queue, so that it counts.
void Hashing::run() {
  std::unique_lock lock(guarding_);
  for (;;) {
    waiting_.wait(lock, [this] { return ending_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const auto work = std::move(queue_.front());
    lock.unlock();
    work();
    lock.lock();
    queue_.pop_front();
  }
}

}  // namespace touchstone::api
