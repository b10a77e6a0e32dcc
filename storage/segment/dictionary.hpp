#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "storage/segment/byte_writer.hpp"

namespace touchstone::storage::segment {

struct TextPair {
  std::string_view first;
  std::string_view second;

  friend bool operator==(const TextPair&, const TextPair&) = default;
  friend auto operator<=>(const TextPair&, const TextPair&) = default;
};

/// Texts, or pairs of them, that repeat. Its bytes depend on what was added, in that order, and on nothing else; what
/// is added must outlive it.
class Dictionary {
 public:
  explicit Dictionary(std::size_t expected);

  void add(TextPair text);
  void add(std::string_view text) { add({text, {}}); }

  [[nodiscard]] std::size_t distinct() const noexcept { return entries_.size(); }
  [[nodiscard]] bool says_nothing() const noexcept;

  enum class Width : std::uint8_t { text, pair };
  void write(ByteWriter& out, Width width) const;

 private:
  [[nodiscard]] std::uint32_t find_or_add(TextPair text);
  void grow();

  std::vector<TextPair> entries_;      ///< in order of first appearance
  std::vector<std::uint32_t> rows_;    ///< index into entries_
  std::vector<std::uint32_t> table_;   ///< open addressing: index into entries_ + 1, 0 = free
  std::vector<std::uint32_t> hashes_;  ///< per entry
};

}  // namespace touchstone::storage::segment
