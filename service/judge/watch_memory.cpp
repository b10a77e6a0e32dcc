#include "service/judge/watch_memory.hpp"

namespace touchstone::judge {

std::optional<Watched> WatchMemory::recall(std::size_t metric, std::size_t variant,
                                           const std::vector<Look>& looks) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find({metric, variant});
  if (found == entries_.end() || found->second.looks != looks) return std::nullopt;
  return found->second.watched;
}

void WatchMemory::keep(std::size_t metric, std::size_t variant, std::vector<Look> looks, const Watched& watched) {
  const std::lock_guard lock(mutex_);
  entries_.insert_or_assign({metric, variant}, Entry{std::move(looks), watched});
}

}  // namespace touchstone::judge
