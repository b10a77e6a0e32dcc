#include "storage/merger.hpp"

#include <chrono>
#include <utility>

#include "storage/merge_finder.hpp"

namespace touchstone::storage {

Merger::Merger(std::filesystem::path directory, MergeRules rules, Carry carry)
    : directory_(std::move(directory)), rules_(rules), carry_(std::move(carry)) {
  if (rules_.rows > 0) thread_ = std::thread([this] { run(); });
}

Merger::~Merger() { stop(); }

void Merger::stored(std::size_t segments, std::size_t rows) {
  const auto all_segments = segments_.fetch_add(segments, std::memory_order_relaxed) + segments;
  const auto all_rows = rows_.fetch_add(rows, std::memory_order_relaxed) + rows;
  if (all_segments < rules_.small_run && all_rows < rules_.rows) return;
  segments_ = 0;
  rows_ = 0;
  {
    const std::lock_guard lock(mutex_);
    look_ = true;
  }
  wake_.notify_one();
}

void Merger::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool Merger::wait() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopping_ || look_; });
  look_ = false;
  return !stopping_;
}

bool Merger::rest(std::chrono::nanoseconds pause) {
  std::unique_lock lock(mutex_);
  return !wake_.wait_for(lock, pause, [this] { return stopping_; });
}

void Merger::run() {
  while (wait()) {
    try {
      work();
    } catch (const std::exception&) {  // no memory: later
      continue;
    }
  }
}

/// Until nothing is left to be joined or the writer refuses.
void Merger::work() {
  MergeFinder finder(directory_, rules_);
  using Clock = std::chrono::steady_clock;
  for (auto begun = Clock::now();; begun = Clock::now()) {
    auto found = finder.next();
    if (!found || !*found || !carry_(std::move(**found))) return;
    const std::chrono::duration<double, std::nano> worked = Clock::now() - begun;
    if (!rest(std::chrono::nanoseconds(static_cast<std::int64_t>(worked.count() * (1 / rules_.share - 1))))) return;
  }
}

}  // namespace touchstone::storage
