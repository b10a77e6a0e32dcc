#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>

namespace touchstone::storage::examination {

/// Which of the numbers from 1 on were met, in any order: holes up to the highest of them.
class Numbers {
 public:
  /// False: met before.
  bool meet(std::uint64_t number) { return meet(number, number) == 1; }

  /// How many of them were not met before.
  std::uint64_t meet(std::uint64_t first, std::uint64_t last) {
    if (first > highest_ + 1) holes_[highest_ + 1] = first - 1;
    std::uint64_t fresh = last > highest_ ? last - std::max(first - 1, highest_) : 0;
    highest_ = std::max(highest_, last);
    auto hole = holes_.upper_bound(first);
    if (hole != holes_.begin()) --hole;
    while (hole != holes_.end() && hole->first <= last) {
      const auto [begin, end] = *hole;
      if (end < first) {
        ++hole;
        continue;
      }
      hole = holes_.erase(hole);
      if (begin < first) holes_[begin] = first - 1;
      if (end > last) holes_[last + 1] = end;
      fresh += std::min(end, last) - std::max(begin, first) + 1;
    }
    return fresh;
  }

  /// First and last of each run that was not met.
  [[nodiscard]] const std::map<std::uint64_t, std::uint64_t>& holes() const noexcept { return holes_; }

 private:
  std::map<std::uint64_t, std::uint64_t> holes_;
  std::uint64_t highest_ = 0;
};

}  // namespace touchstone::storage::examination
