#pragma once

#include <span>
#include <string>
#include <string_view>

namespace touchstone::cli {

/// The candidate that `word` most likely meant: the nearest by Damerau-Levenshtein distance (optimal string alignment),
/// where at most a third of the longer word, rounded up, has to change. Empty where none is that near.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// "did you mean \"x\"?" or, where nothing is near, "choose one of a, b, c".
[[nodiscard]] std::string suggestion(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace touchstone::cli
