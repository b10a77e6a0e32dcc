#include "service/api/etag.hpp"

#include <algorithm>

namespace touchstone::api {

namespace {

std::string_view trimmed(std::string_view text) noexcept {
  constexpr std::string_view blank = " \t";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

/// Takes the next tag off the list; a comma between quotes belongs to the tag.
std::string_view take_tag(std::string_view& list) noexcept {
  bool quoted = false;
  const auto end = std::ranges::find_if(list, [&quoted](char c) {
    if (c == '"') quoted = !quoted;
    return c == ',' && !quoted;
  });
  const auto size = static_cast<std::size_t>(end - list.begin());
  const auto tag = trimmed(list.substr(0, size));
  list.remove_prefix(std::min(size + 1, list.size()));
  return tag;
}

}  // namespace

bool names_etag(std::string_view list, std::string_view etag, Compared compared) noexcept {
  while (!list.empty()) {
    auto tag = take_tag(list);
    if (compared == Compared::weakly && tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == "*" || tag == etag) return true;
  }
  return false;
}

}  // namespace touchstone::api
