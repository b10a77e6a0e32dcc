#include "assign/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace touchstone::assign {
namespace {

struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t smallest;
};

std::optional<Lead> lead(unsigned char byte) {
  if (byte < 0x80) return Lead{1, byte, 0};
  if ((byte & 0xE0) == 0xC0) return Lead{2, byte & 0x1FU, 0x80};
  if ((byte & 0xF0) == 0xE0) return Lead{3, byte & 0x0FU, 0x800};
  if ((byte & 0xF8) == 0xF0) return Lead{4, byte & 0x07U, 0x10000};
  return std::nullopt;
}

bool scalar(char32_t c) { return c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF); }

}  // namespace

std::optional<char32_t> next_code_point(std::string_view& text) noexcept {
  const auto first = lead(static_cast<unsigned char>(text.front()));
  if (!first || first->length > text.size()) return std::nullopt;
  char32_t c = first->bits;
  for (std::size_t i = 1; i < first->length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return std::nullopt;
    c = (c << 6) | (byte & 0x3FU);
  }
  if (c < first->smallest || !scalar(c)) return std::nullopt;
  text.remove_prefix(first->length);
  return c;
}

bool is_ascii(std::string_view text) noexcept {
  std::uint64_t bytes = 0;
  for (; text.size() >= sizeof bytes; text.remove_prefix(sizeof bytes)) {
    std::memcpy(&bytes, text.data(), sizeof bytes);
    if ((bytes & 0x8080808080808080U) != 0) return false;
  }
  unsigned char seen = 0;
  for (const char c : text) seen |= static_cast<unsigned char>(c);
  return seen < 0x80;
}

bool is_utf8(std::string_view text) noexcept {
  if (is_ascii(text)) return true;
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) < 0x80) {
      text.remove_prefix(1);
    } else if (!next_code_point(text)) {
      return false;
    }
  }
  return true;
}

}  // namespace touchstone::assign
