#include "storage/writer_queue.hpp"

#include <algorithm>

namespace touchstone::storage {
namespace {

constexpr Micros kLongestLinger{5000};

/// An empty batch takes a place as well: it brings a count of refused items.
std::size_t weight(const PendingEvents& events) {
  return std::max<std::size_t>(1, events.submission.batch.events.size());
}

}  // namespace

WriterQueue::WriterQueue(const WriterOptions& options)
    : event_bound_(options.queue_events),
      command_bound_(options.queue_commands),
      group_events_(options.group_events),
      linger_(std::min(options.linger, kLongestLinger)) {}

Status WriterQueue::room(std::size_t queued, std::size_t added, std::size_t bound) const {
  if (closed_) return Error{ErrorCode::unavailable, "shutting down", {}, "Send it again to the restarted service."};
  if (queued > 0 && queued + added > bound) {
    return Error{ErrorCode::unavailable, "the writer's queue is full", {}, "Send it again in a second."};
  }
  return ok();
}

Status WriterQueue::push(PendingEvents events) {
  {
    const std::lock_guard lock(mutex_);
    const std::size_t added = weight(events);
    if (Status fits = room(events_, added, event_bound_); !fits) return fits;
    items_.emplace_back(std::move(events));
    events_ += added;
  }
  wake_.notify_one();
  return ok();
}

template <class Single>
Status WriterQueue::push_single(Single single) {
  {
    const std::lock_guard lock(mutex_);
    if (Status fits = room(commands_, 1, command_bound_); !fits) return fits;
    items_.emplace_back(std::move(single));
    ++commands_;
  }
  wake_.notify_one();
  return ok();
}

Status WriterQueue::push(PendingCommand command) { return push_single(std::move(command)); }

Status WriterQueue::push(PendingErasure erasure) { return push_single(std::move(erasure)); }

Status WriterQueue::push(PendingExpiry expiry) { return push_single(std::move(expiry)); }

Status WriterQueue::push(PendingMerge merge) { return push_single(std::move(merge)); }

template <class Single>
std::optional<Work> WriterQueue::take_single() {
  auto* const single = std::get_if<Single>(&items_.front());
  if (single == nullptr) return std::nullopt;
  Work work(std::move(*single));
  items_.pop_front();
  --commands_;
  return work;
}

std::optional<Work> WriterQueue::take() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return closed_ || !items_.empty(); });
  if (linger_.count() > 0) {
    wake_.wait_for(lock, linger_, [this] { return closed_ || commands_ > 0 || events_ >= group_events_; });
  }
  if (items_.empty()) return std::nullopt;
  if (auto command = take_single<PendingCommand>()) return command;
  if (auto erasure = take_single<PendingErasure>()) return erasure;
  if (auto expiry = take_single<PendingExpiry>()) return expiry;
  if (auto merge = take_single<PendingMerge>()) return merge;
  return take_group();
}

std::vector<PendingEvents> WriterQueue::take_group() {
  std::size_t taken = 0;
  std::size_t batches = 0;
  for (const Item& item : items_) {
    const auto* next = std::get_if<PendingEvents>(&item);
    if (next == nullptr || (taken > 0 && taken + weight(*next) > group_events_)) break;
    taken += weight(*next);
    ++batches;
  }
  std::vector<PendingEvents> group;
  group.reserve(batches);  // without memory for it all stay where they are
  for (; batches > 0; --batches, items_.pop_front())
    group.push_back(std::get<PendingEvents>(std::move(items_.front())));
  events_ -= taken;
  return group;
}

void WriterQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  wake_.notify_one();
}

std::size_t WriterQueue::events() const {
  const std::lock_guard lock(mutex_);
  return events_;
}

}  // namespace touchstone::storage
