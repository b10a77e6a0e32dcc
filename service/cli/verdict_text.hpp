#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/judge/report.hpp"
#include "stats/verdict.hpp"

namespace touchstone::cli {

/// A verdict in the words of stats/wording.hpp with the report's figures filled in. `reasons` are those that the
/// sentence does not tell already.
struct VerdictText {
  std::string icon;
  std::string headline;
  std::string sentence;
  std::vector<std::string> reasons;
};
[[nodiscard]] VerdictText verdict_text(const judge::Report& report);

/// What a row alone says, by the rule that the verdict follows: the plan's method at its level, multiplicity respected.
[[nodiscard]] stats::Conclusion conclusion_of(const judge::Row& row, const judge::JudgedPlan& plan);

/// Sign and word of a conclusion: "▲ better", "● not clear", ...
[[nodiscard]] std::string_view conclusion_text(stats::Conclusion conclusion) noexcept;

/// "95 %"
[[nodiscard]] std::string level_text(double alpha);

}  // namespace touchstone::cli
