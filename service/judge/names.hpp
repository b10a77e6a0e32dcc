#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "assign/text_arena.hpp"

namespace touchstone::judge {

/// Stands for a text in timelines and records. 0 is the empty text.
using NameNumber = std::uint32_t;

/// Each text kept once, under a dense number in order of first sight. Numbers say nothing about order of texts.
class Names {
 public:
  Names();
  NameNumber number(std::string_view text);
  /// The number that a text has already; 0 (the empty text) where it was never seen.
  [[nodiscard]] NameNumber find(std::string_view text) const;
  [[nodiscard]] std::string_view text(NameNumber number) const { return texts_[number]; }
  [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }

 private:
  boost::unordered_flat_map<std::string_view, NameNumber> numbers_;
  std::vector<std::string_view> texts_;
  NameNumber last_ = 0;  ///< the one asked for last is often asked for next
  assign::TextArena arena_;
};

}  // namespace touchstone::judge
