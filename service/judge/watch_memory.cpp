#include "service/judge/watch_memory.hpp"

namespace touchstone::judge {

const Watched* WatchMemory::recall(std::size_t metric, std::size_t variant, const std::vector<Look>& looks) const {
  const auto found = entries_.find({metric, variant});
  return found != entries_.end() && found->second.looks == looks ? &found->second.watched : nullptr;
}

void WatchMemory::keep(std::size_t metric, std::size_t variant, std::vector<Look> looks, const Watched& watched) {
  entries_.insert_or_assign({metric, variant}, Entry{std::move(looks), watched});
}

}  // namespace touchstone::judge
