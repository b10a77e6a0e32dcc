#include "service/cli/option_text.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace touchstone::cli {
namespace {

std::optional<Pair> split_at(std::string_view text, std::size_t at) {
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return std::nullopt;
  return Pair{text.substr(0, at), text.substr(at + 1)};
}

}  // namespace

std::vector<std::string_view> split_text(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::optional<Pair> split_first(std::string_view text, char separator) { return split_at(text, text.find(separator)); }

std::optional<Pair> split_last(std::string_view text, char separator) { return split_at(text, text.rfind(separator)); }

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> share_in(std::string_view text) {
  const bool percent = text.ends_with('%');
  if (percent) text.remove_suffix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto number = number_in(text);
  return number && percent ? *number / 100 : number;
}

Error bad_option(std::string_view option, std::string_view text, std::string_view what, std::string hint) {
  return {ErrorCode::invalid, fmt::format("{} \"{}\": {}", option, text, what), "", std::move(hint)};
}

}  // namespace touchstone::cli
