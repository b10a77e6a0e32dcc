#pragma once

#include <string>
#include <vector>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// A verdict in the words of stats/wording.hpp with the report's figures filled in. `reasons` are those that the
/// sentence does not tell already.
struct VerdictText {
  std::string icon;
  std::string headline;
  std::string sentence;
  std::vector<std::string> reasons;
};
[[nodiscard]] VerdictText verdict_text(const judge::Report& report);

/// What a reason says; a check that has no sentence in the catalogue speaks for itself.
[[nodiscard]] std::string reason_text(const judge::Reason& reason, const judge::Report& report);

/// "95 %"
[[nodiscard]] std::string level_text(double alpha);

}  // namespace touchstone::page
