#include "service/judge/course_memory.hpp"

#include <algorithm>

namespace touchstone::judge {

void CourseMemory::align(std::size_t metric, std::size_t variant, const std::vector<Look>& looks) {
  Entry& entry = entries_[{metric, variant}];
  const auto differ = std::ranges::mismatch(entry.looks, looks).in1;
  const auto same = static_cast<std::size_t>(differ - entry.looks.begin());
  entry.after.erase(entry.after.upper_bound(same), entry.after.end());
  entry.looks = looks;
}

const Watched* CourseMemory::recall(std::size_t metric, std::size_t variant, std::size_t count) const {
  const auto entry = entries_.find({metric, variant});
  if (entry == entries_.end()) return nullptr;
  const auto found = entry->second.after.find(count);
  return found == entry->second.after.end() ? nullptr : &found->second;
}

void CourseMemory::keep(std::size_t metric, std::size_t variant, std::size_t count, const Watched& watched) {
  entries_[{metric, variant}].after.insert_or_assign(count, watched);
}

}  // namespace touchstone::judge
