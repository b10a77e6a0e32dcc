#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "service/judge/cells.hpp"
#include "service/judge/names.hpp"

namespace touchstone::judge {

/// The analysed units by all that their first exposure carried. As many rows as there are different texts of it, each
/// of some 40 bytes and 8 per phase and variant. Integers only, as the cells.
class SliceCounts {
 public:
  using Row = std::vector<std::int64_t>;  ///< units by phase, then variant
  explicit SliceCounts(const Cells::Shape& shape)
      : variants_(shape.variants), size_(shape.phases * shape.variants), crossover_(shape.crossover) {}

  /// Without memory for it (std::bad_alloc) nothing is added.
  void add(const Participation& part);
  void retract(const Participation& part);

  [[nodiscard]] const boost::unordered_flat_map<NameNumber, Row>& rows() const noexcept { return rows_; }

 private:
  [[nodiscard]] bool counts(const Participation& part) const noexcept;

  std::size_t variants_;
  std::size_t size_;
  storage::Crossover crossover_;
  boost::unordered_flat_map<NameNumber, Row> rows_;  ///< none without units
};

}  // namespace touchstone::judge
