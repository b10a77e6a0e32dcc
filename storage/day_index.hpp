#pragma once

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
  /// Segments are added in order of seq.
  void add(Day day, SeqRange segment) {
    auto& ranges = days_[day];
    if (!ranges.empty() && ranges.back().last + 1 == segment.first) {
      ranges.back().last = segment.last;
    } else {
      ranges.push_back(segment);
    }
  }

  [[nodiscard]] const std::vector<SeqRange>& ranges(Day day) const {
    static const std::vector<SeqRange> none;
    const auto found = days_.find(day);
    return found == days_.end() ? none : found->second;
  }

 private:
  std::map<Day, std::vector<SeqRange>> days_;
};

}  // namespace touchstone::storage
