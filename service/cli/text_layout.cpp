#include "service/cli/text_layout.hpp"

#include <algorithm>

namespace touchstone::cli {
namespace {

std::string spaces(std::size_t count) { return std::string(count, ' '); }

bool continues_code_point(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

/// Up to the next space that a line may be broken at.
std::string_view first_word(std::string_view text) noexcept {
  auto end = text.find(' ');
  while (text.substr(std::min(end, text.size())).starts_with(" %")) end = text.find(' ', end + 1);
  return text.substr(0, end);
}

}  // namespace

std::size_t columns_of(std::string_view text) noexcept {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\x1b')
      at = text.find('m', at);
    else if (!continues_code_point(text[at]))
      ++columns;
    if (at == std::string_view::npos) break;
  }
  return columns;
}

std::string left_in(std::string_view text, std::size_t columns) {
  const auto used = columns_of(text);
  return std::string(text) + (used < columns ? spaces(columns - used) : "");
}

std::string right_in(std::string_view text, std::size_t columns) {
  const auto used = columns_of(text);
  return (used < columns ? spaces(columns - used) : "") + std::string(text);
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string out;
  std::size_t column = indent;
  for (bool first = true; !text.empty(); first = false) {
    const auto word = first_word(text);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const bool fits = column + 1 + columns_of(word) <= width;
    if (!first) out += fits ? " " : "\n" + spaces(indent);
    column = first ? indent : fits ? column + 1 : indent;
    out += word;
    column += columns_of(word);
  }
  return out + "\n";
}

}  // namespace touchstone::cli
