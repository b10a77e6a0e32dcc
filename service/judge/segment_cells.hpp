#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "service/judge/cells.hpp"
#include "service/judge/names.hpp"

namespace touchstone::judge {

class WatchMemory;

/// The units of one segment of a plan.
struct SegmentPart {
  Cells cells;
  std::shared_ptr<WatchMemory> memory;  ///< of former reports on it
};

/// The units of each segment that a plan names, by what their first exposure carried. A unit may be in several, or in
/// none. Integers only, as the cells; and as many of them again for each segment, with some 40 bytes for each different
/// set of attributes that was met.
class SegmentCells {
 public:
  SegmentCells(std::span<const storage::PlannedSegment> planned, const Cells::Shape& shape);

  /// `names` knows what the unit carried. Without memory for it (std::bad_alloc) nothing is added.
  void add(const Participation& part, std::span<const Amount> amounts, const Names& names);
  void retract(const Participation& part, std::span<const Amount> amounts);
  /// As Cells::change().
  void change(const Participation& from, const Participation& to, std::span<const Amount> before,
              std::span<const Amount> after) noexcept;

  /// In the order of the plan.
  [[nodiscard]] const std::vector<SegmentPart>& parts() const noexcept { return parts_; }

 private:
  using Indices = std::vector<std::size_t>;
  [[nodiscard]] Indices holders(std::string_view attributes) const;

  std::vector<storage::PlannedSegment> planned_;
  std::vector<SegmentPart> parts_;
  boost::unordered_flat_map<NameNumber, Indices> known_;  ///< the segments of who carried this
};

}  // namespace touchstone::judge
