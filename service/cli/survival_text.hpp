#pragma once

#include <string>

#include "service/judge/survival.hpp"

namespace touchstone::cli {

/// A line per variant (customers, how many are gone, median, share left at the end) and a line per comparison.
[[nodiscard]] std::string survival_text(const judge::SurvivalStudy& study, const judge::SurvivalJudgement& judgement,
                                        double alpha);

}  // namespace touchstone::cli
