#pragma once

#include <span>

#include "service/judge/case.hpp"
#include "service/judge/comparison.hpp"
#include "service/judge/report.hpp"

namespace touchstone::judge {

/// The verdict of stats/verdict.hpp on what was found. Which intervals it may use, and when, is said at report().
[[nodiscard]] Verdict conclude(const Case& of, std::span<const Comparison> found, std::span<const Check> checks);

}  // namespace touchstone::judge
