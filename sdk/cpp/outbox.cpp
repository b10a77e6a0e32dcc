#include "sdk/cpp/outbox.hpp"

#include <utility>

namespace touchstone::sdk {

std::optional<std::size_t> Outbox::push(std::string item) {
  const std::lock_guard lock(mutex_);
  if (items_.size() >= most_) return std::nullopt;
  items_.push_back(std::move(item));
  ++pushed_;
  return items_.size();
}

std::vector<std::string> Outbox::oldest(std::size_t most, std::size_t most_bytes) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> batch;
  std::size_t bytes = 0;
  for (const auto& item : items_) {
    bytes += item.size();
    if (batch.size() == most || (bytes > most_bytes && !batch.empty())) break;
    batch.push_back(item);
  }
  return batch;
}

void Outbox::settle(std::size_t count) {
  const std::lock_guard lock(mutex_);
  items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(count));
}

std::size_t Outbox::waiting() const {
  const std::lock_guard lock(mutex_);
  return items_.size();
}

std::uint64_t Outbox::pushed() const {
  const std::lock_guard lock(mutex_);
  return pushed_;
}

std::uint64_t Outbox::settled() const {
  const std::lock_guard lock(mutex_);
  return pushed_ - items_.size();
}

}  // namespace touchstone::sdk
