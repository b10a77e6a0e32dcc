#include "service/codec/json_cut.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace touchstone::codec {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

enum class Mark : std::uint8_t { none, quote, open, close };

constexpr std::array<Mark, 256> kMarks = [] {
  std::array<Mark, 256> marks{};
  marks['"'] = Mark::quote;
  marks['{'] = marks['['] = Mark::open;
  marks['}'] = marks[']'] = Mark::close;
  return marks;
}();

Mark mark_of(char c) noexcept { return kMarks[static_cast<unsigned char>(c)]; }

/// Nonzero bits where a byte of `word` is zero; the lowest one is exact.
constexpr std::uint64_t zero_bytes(std::uint64_t word) noexcept {
  constexpr std::uint64_t ones = 0x0101010101010101U;
  return (word - ones) & ~word & (ones << 7U);
}

/// Position of the first quote or backslash from `at` on: eight bytes at a time.
std::size_t next_of_text(std::string_view text, std::size_t at) noexcept {
  static_assert(std::endian::native == std::endian::little, "the first byte is the lowest one");
  constexpr std::uint64_t quotes = 0x2222222222222222U;
  constexpr std::uint64_t backslashes = 0x5C5C5C5C5C5C5C5CU;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    const std::uint64_t found = zero_bytes(word ^ quotes) | zero_bytes(word ^ backslashes);
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found)) / 8;
  }
  while (at < text.size() && text[at] != '"' && text[at] != '\\') ++at;
  return at;
}

/// Position after the closing quote of the text that opens at `at`.
std::size_t after_text(std::string_view text, std::size_t at) noexcept {
  for (at = next_of_text(text, at + 1); at < text.size(); at = next_of_text(text, at + 2))
    if (text[at] == '"') return at + 1;
  return text.size();
}

/// Position after the bracket that closes the one at `at`.
std::size_t after_brackets(std::string_view text, std::size_t at) noexcept {
  std::size_t depth = 0;
  while (at < text.size()) {
    switch (mark_of(text[at])) {
      case Mark::none:
        ++at;
        break;
      case Mark::quote:
        at = after_text(text, at);
        break;
      case Mark::open:
        ++depth, ++at;
        break;
      case Mark::close:
        ++at;
        if (--depth == 0) return at;
    }
  }
  return text.size();
}

/// Takes pieces off the front of a text.
class Cutter {
 public:
  explicit Cutter(std::string_view text) noexcept : rest_(text) {}

  bool take(char wanted) noexcept {
    skip_space();
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view take_value() noexcept {
    skip_space();
    const std::string_view value = first_value(rest_);
    rest_.remove_prefix(value.size());
    return value;
  }

  [[nodiscard]] bool at_end() noexcept {
    skip_space();
    return rest_.empty();
  }

 private:
  void skip_space() noexcept { rest_.remove_prefix(std::min(rest_.find_first_not_of(kSpace), rest_.size())); }

  std::string_view rest_;
};

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string_view first_value(std::string_view text) noexcept {
  if (text.empty()) return text;
  switch (mark_of(text.front())) {
    case Mark::quote:
      return text.substr(0, after_text(text, 0));
    case Mark::open:
      return text.substr(0, after_brackets(text, 0));
    default:
      return text.substr(0, text.find_first_of(",:]} \t\r\n"));
  }
}

std::optional<std::vector<std::string_view>> cut_array(std::string_view text) {
  std::vector<std::string_view> elements;
  Cutter in(text);
  if (!in.take('[')) return std::nullopt;
  if (!in.take(']')) {
    do {
      elements.push_back(in.take_value());
      if (elements.back().empty()) return std::nullopt;
    } while (in.take(','));
    if (!in.take(']')) return std::nullopt;
  }
  if (!in.at_end()) return std::nullopt;
  return elements;
}

std::optional<std::vector<CutMember>> cut_object(std::string_view text) {
  std::vector<CutMember> members;
  Cutter in(text);
  if (!in.take('{')) return std::nullopt;
  if (!in.take('}')) {
    do {
      const std::string_view key = in.take_value();
      if (key.size() < 2 || key.front() != '"' || !in.take(':')) return std::nullopt;
      members.push_back({key.substr(1, key.size() - 2), in.take_value()});
      if (members.back().value.empty()) return std::nullopt;
    } while (in.take(','));
    if (!in.take('}')) return std::nullopt;
  }
  if (!in.at_end()) return std::nullopt;
  return members;
}

std::vector<std::string_view> cut_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (const auto line = trimmed(text.substr(0, end)); !line.empty()) lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace touchstone::codec
