#include "assign/version.hpp"

#include <algorithm>
#include <cstddef>

namespace touchstone::assign {
namespace {

constexpr std::size_t most_parts = 8;

bool digit(char c) { return c >= '0' && c <= '9'; }
bool numeric(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), digit); }

bool identifier(std::string_view text) {
  const auto allowed = [](char c) { return digit(c) || c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

/// Takes what stands before the next dot off the front; a text without one is taken whole.
std::string_view take_part(std::string_view& text) {
  const auto part = text.substr(0, text.find('.'));
  text.remove_prefix(std::min(text.size(), part.size() + 1));
  return part;
}

template <class Accept>
bool every_part(std::string_view text, Accept accept) {
  if (text.empty() || text.back() == '.') return false;
  while (!text.empty())
    if (!accept(take_part(text))) return false;
  return true;
}

std::strong_ordering compare_numbers(std::string_view a, std::string_view b) {
  a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
  b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
  const auto by_length = a.size() <=> b.size();
  return by_length != 0 ? by_length : a <=> b;
}

std::strong_ordering compare_identifiers(std::string_view a, std::string_view b) {
  if (numeric(a) && numeric(b)) return compare_numbers(a, b);
  if (numeric(a) != numeric(b)) return numeric(a) ? std::strong_ordering::less : std::strong_ordering::greater;
  return a <=> b;
}

template <class Compare>
std::strong_ordering compare_parts(std::string_view a, std::string_view b, Compare compare_part) {
  while (!a.empty() || !b.empty()) {
    const auto order = compare_part(take_part(a), take_part(b));
    if (order != 0) return order;
  }
  return std::strong_ordering::equal;
}

std::strong_ordering compare_prereleases(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.empty() <=> b.empty();
  return compare_parts(a, b, [](std::string_view x, std::string_view y) {
    if (x.empty() || y.empty()) return y.empty() <=> x.empty();
    return compare_identifiers(x, y);
  });
}

}  // namespace

std::optional<Version> parse_version(std::string_view text) noexcept {
  if (text.starts_with('v')) text.remove_prefix(1);
  text = text.substr(0, text.find('+'));
  const auto dash = text.find('-');
  Version version{text.substr(0, dash), dash == std::string_view::npos ? "" : text.substr(dash + 1)};
  const auto parts = std::count(version.core.begin(), version.core.end(), '.') + 1;
  if (static_cast<std::size_t>(parts) > most_parts || !every_part(version.core, numeric)) return std::nullopt;
  if (dash != std::string_view::npos && !every_part(version.prerelease, identifier)) return std::nullopt;
  return version;
}

std::strong_ordering compare(const Version& a, const Version& b) noexcept {
  const auto order = compare_parts(a.core, b.core, compare_numbers);
  return order != 0 ? order : compare_prereleases(a.prerelease, b.prerelease);
}

}  // namespace touchstone::assign
