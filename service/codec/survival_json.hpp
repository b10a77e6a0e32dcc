#pragma once

#include <string>

#include "service/judge/survival.hpp"

namespace touchstone::codec {

/// {"control", "variants": [{"variant", "customers", "ended", "median": {"time", "low", "high"}, "curve": [{"time",
/// "at_risk", "ended", "survival", "low", "high"}]}], "results": [{"variant", "hazard_ratio": {"status", "ratio",
/// "low", "high", "p"}, "adjusted_p", "log_rank": {"status", "z", "p"}}]}; what has no value is null.
[[nodiscard]] std::string write_survival(const judge::SurvivalStudy& study, const judge::SurvivalJudgement& judgement);

}  // namespace touchstone::codec
