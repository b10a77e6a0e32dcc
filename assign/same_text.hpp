#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace touchstone::assign {

/// Equality of texts that are mostly a few bytes long, without a call. Up to 16 bytes are read as two words that may
/// overlap; longer ones are left to the library.
[[nodiscard]] inline bool same_text(std::string_view a, std::string_view b) noexcept {
  const auto word_at = [](const char* at, auto word) {
    std::memcpy(&word, at, sizeof word);
    return word;
  };
  const auto ends_match = [&](auto word) {
    const std::size_t last = a.size() - sizeof word;
    return word_at(a.data(), word) == word_at(b.data(), word) &&
           word_at(a.data() + last, word) == word_at(b.data() + last, word);
  };
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  if (size > 2 * sizeof(std::uint64_t)) return std::memcmp(a.data(), b.data(), size) == 0;
  if (size >= sizeof(std::uint64_t)) return ends_match(std::uint64_t{});
  if (size >= sizeof(std::uint32_t)) return ends_match(std::uint32_t{});
  if (size >= sizeof(std::uint16_t)) return ends_match(std::uint16_t{});
  return size == 0 || a.front() == b.front();
}

}  // namespace touchstone::assign
