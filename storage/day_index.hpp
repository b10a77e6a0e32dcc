#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "storage/fingerprint.hpp"

namespace touchstone::storage {

struct SeqRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;  ///< inclusive
};

/// Where in the journal the events of a day of ts lie. Segments in a row make one range, so it stays small.
class DayIndex {
 public:
  /// Ranges that touch or overlap become one.
  void add(Day day, SeqRange range) {
    auto& ranges = days_[day];
    const auto begin =
        std::ranges::lower_bound(ranges, range.first, {}, [](const SeqRange& one) { return one.last + 1; });
    auto end = begin;
    for (; end != ranges.end() && end->first <= range.last + 1; ++end)
      range = {std::min(range.first, end->first), std::max(range.last, end->last)};
    ranges.insert(ranges.erase(begin, end), range);
  }

  /// Apart from each other, ascending.
  [[nodiscard]] const std::vector<SeqRange>& ranges(Day day) const {
    static const std::vector<SeqRange> none;
    const auto found = days_.find(day);
    return found == days_.end() ? none : found->second;
  }

 private:
  std::map<Day, std::vector<SeqRange>> days_;
};

}  // namespace touchstone::storage
