#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// What is said of a check of some kind: on its chip and beside it.
struct Words {
  std::string chip;
  std::string sentence;
  bool open = false;  ///< neither fine nor not, so far
};

[[nodiscard]] inline bool fine(const judge::Check& check) noexcept { return check.level == judge::CheckLevel::ok; }

[[nodiscard]] inline std::optional<double> figure_of(const judge::Check& check, std::string_view name) {
  const auto found = std::ranges::find(check.figures, name, &judge::Figure::name);
  return found == check.figures.end() ? std::nullopt : found->value;
}

}  // namespace touchstone::page
