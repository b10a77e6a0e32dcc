#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "service/judge/names.hpp"
#include "service/judge/slice_counts.hpp"

namespace touchstone::judge {

/// The analysed units by one attribute that their first exposure carried.
struct Dimension {
  struct Value {
    std::string text;        ///< canonical JSON; empty: of those who carried none
    SliceCounts::Row units;  ///< by phase, then variant

    friend bool operator==(const Value&, const Value&) = default;
  };
  std::string attribute;
  std::vector<Value> values;  ///< by text

  friend bool operator==(const Dimension&, const Dimension&) = default;
};

struct Dimensions {
  std::vector<Dimension> known;  ///< by attribute
  bool too_many = false;         ///< the units carried more than kMostMixes different attribute sets: none is told

  friend bool operator==(const Dimensions&, const Dimensions&) = default;
};

/// An attribute of more values, such as a number that somebody measured, sorts units into no slices.
inline constexpr std::size_t kMostValues = 40;
/// A report reads the attributes of so many different exposures at most.
inline constexpr std::size_t kMostMixes = 4096;

/// Attributes whose values are texts, numbers or truth values, in at least two slices.
[[nodiscard]] Dimensions dimensions(const SliceCounts& counts, const Names& names);

}  // namespace touchstone::judge
