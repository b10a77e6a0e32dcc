#include "service/codec/surrogates.hpp"

#include <charconv>
#include <cstddef>

namespace touchstone::codec {
namespace {

constexpr std::size_t kEscape = 6;  // \uXXXX

/// The code unit of the escape at `at`, or 0 where there is none.
unsigned code_unit(std::string_view text, std::size_t at) {
  const std::string_view escape = text.substr(at, kEscape);
  unsigned unit = 0;
  if (escape.size() == kEscape && escape.starts_with("\\u"))
    std::from_chars(escape.data() + 2, escape.data() + kEscape, unit, 16);
  return unit;
}

bool leads(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool trails(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

}  // namespace

std::string with_surrogates_paired(std::string_view json) {
  std::string text(json);
  for (std::size_t at = 0; (at = text.find('\\', at)) != std::string::npos;) {
    const unsigned unit = code_unit(text, at);
    if (leads(unit) && trails(code_unit(text, at + kEscape))) {
      at += 2 * kEscape;
    } else if (leads(unit) || trails(unit)) {
      text.replace(at, kEscape, "\\u0020");
      at += kEscape;
    } else {
      at += 2;
    }
  }
  return text;
}

}  // namespace touchstone::codec
