#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "assign/text_arena.hpp"

namespace touchstone::judge {

/// Stands for a text in timelines and records. 0 is the empty text.
using NameNumber = std::uint32_t;

/// A text that is kept but never looked for, such as an id that no other event has: eight bytes, and four beside it.
class KeptText {
 public:
  KeptText() = default;
  [[nodiscard]] std::string_view text() const noexcept;
  friend bool operator==(KeptText a, KeptText b) noexcept { return a.text() == b.text(); }

 private:
  friend class Names;
  explicit KeptText(const char* at) noexcept : at_(at) {}

  const char* at_ = nullptr;  ///< its size, then itself; null = empty
};

/// Each text kept once, under a dense number in order of first sight. Numbers say nothing about order of texts.
class Names {
 public:
  Names();
  NameNumber number(std::string_view text);
  /// For as long as these names live.
  KeptText keep(std::string_view text);
  /// The number that a text has already; 0 (the empty text) where it was never seen.
  [[nodiscard]] NameNumber find(std::string_view text) const;
  [[nodiscard]] std::string_view text(NameNumber number) const { return texts_[number]; }
  [[nodiscard]] std::size_t size() const noexcept { return texts_.size(); }

 private:
  boost::unordered_flat_map<std::string_view, NameNumber> numbers_;
  std::vector<std::string_view> texts_;
  std::array<NameNumber, 64> recent_{};  ///< most texts were asked for a moment ago: by what is seen of them at once
  assign::TextArena arena_;
  std::string scratch_;
};

}  // namespace touchstone::judge
