#pragma once

#include <string>
#include <vector>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// A check as a chip of the trust strip ("split as planned") and as a sentence with its figures and its limit.
struct CheckText {
  std::string sign;  ///< ✓, ! or ⛔; ○ where there was nothing to look at yet
  std::string chip;
  std::string sentence;
  bool looked_at = true;
};
[[nodiscard]] CheckText check_text(const judge::Check& check, const judge::Report& report);

/// The checks, then the doubts: of those that are fine in every metric one speaks for all, if it can be one that had
/// something to look at. Then what the guardrails say together.
[[nodiscard]] std::vector<judge::Check> told_checks(const judge::Report& report);

}  // namespace touchstone::page
