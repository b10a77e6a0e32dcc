#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assign/result.hpp"

/// The small grammar that option texts share.
namespace touchstone::cli {

/// "a,b,c" at each separator; nothing is trimmed.
[[nodiscard]] std::vector<std::string_view> split_text(std::string_view text, char separator);

/// "name=value" at the first or the last separator; nothing where there is none or a side is empty.
struct Pair {
  std::string_view name;
  std::string_view value;
};
[[nodiscard]] std::optional<Pair> split_first(std::string_view text, char separator);
[[nodiscard]] std::optional<Pair> split_last(std::string_view text, char separator);

/// A finite decimal number and nothing else.
[[nodiscard]] std::optional<double> number_in(std::string_view text);

/// The share that "4.2%", "+5%" or "0.042" says.
[[nodiscard]] std::optional<double> share_in(std::string_view text);

/// "--split \"x\": what"
[[nodiscard]] Error bad_option(std::string_view option, std::string_view text, std::string_view what, std::string hint);

}  // namespace touchstone::cli
