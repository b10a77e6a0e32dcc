#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/fast/asked.hpp"
#include "service/judge/report.hpp"
#include "storage/experiment.hpp"

/// What is looked at before an experiment starts: whether it can bring a report at all.
namespace touchstone::app {

/// What one look found. Where a report would miss the same thing, both have the same code.
struct Found {
  judge::CheckLevel level = judge::CheckLevel::ok;
  std::string code = "ok";
  std::string detail;   ///< what was found, for people
  std::string hint;     ///< what to do about it; empty where nothing needs doing
  std::string pointer;  ///< the member of the experiment that the hint would change; empty: none
};

struct PreflightCheck {
  std::string_view name;
  Found found;
};

/// What the checks know beyond the experiment.
struct PreflightTerms {
  const fast::Asked& asked;  ///< how its flags were asked for
};

/// Every check, passed or not, in the order of the table in preflight.cpp:
/// - exposure: somebody tells who met a variant. Blocks where nobody but single evaluations would, and all of its flags
///   are asked for in bulk alone; warns where nobody asked at all. A restart forgets who asked.
[[nodiscard]] std::vector<PreflightCheck> preflight(const storage::Experiment& experiment, const PreflightTerms& terms);

/// The gravest level among them.
[[nodiscard]] judge::CheckLevel level_of(std::span<const PreflightCheck> checks) noexcept;

/// Error conflict with the first block that `despite` does not name; invalid where that names no check.
[[nodiscard]] Status may_start(std::span<const PreflightCheck> checks, std::span<const std::string> despite);

}  // namespace touchstone::app
