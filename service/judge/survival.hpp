#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "stats/survival/compare_survival.hpp"
#include "stats/survival/lifetime.hpp"

/// How long customers stay under each variant, where some are still there: churn as time, not as a share of a window.
namespace touchstone::judge {

/// Customers of one stratum by variant; strata are compared within themselves and then averaged.
using Stays = std::vector<std::vector<stats::Lifetime>>;

struct SurvivalStudy {
  std::vector<std::string> variants;  ///< the first is compared against
  std::vector<Stays> strata;          ///< at least one; of each, all variants
};

struct SurvivalArm {
  std::size_t customers = 0;
  std::int64_t ended = 0;
  double watched = 0;                      ///< longest time
  std::vector<stats::SurvivalStep> curve;  ///< of all strata together
  stats::SurvivalQuantile median;
};

/// One treatment against the first variant, by one planned look at the end.
struct SurvivalRow {
  std::size_t variant = 0;
  stats::HazardRatio hazard;
  stats::LogRank log_rank;
  double adjusted_p = stats::undefined;  ///< of the hazard ratio, by Holm over the treatments
};

struct SurvivalJudgement {
  std::vector<SurvivalArm> arms;
  std::vector<SurvivalRow> rows;
};

[[nodiscard]] SurvivalJudgement judge_survival(const SurvivalStudy& study, double alpha);

}  // namespace touchstone::judge
