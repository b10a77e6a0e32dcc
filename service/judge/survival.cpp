#include "service/judge/survival.hpp"

#include <algorithm>

#include "stats/multiplicity.hpp"

namespace touchstone::judge {
namespace {

SurvivalArm arm_of(const SurvivalStudy& study, std::size_t variant, double alpha) {
  std::vector<stats::Lifetime> all;
  for (const Stays& stratum : study.strata) all.insert(all.end(), stratum[variant].begin(), stratum[variant].end());
  SurvivalArm arm;
  arm.customers = all.size();
  for (const stats::Lifetime& stay : all) {
    arm.ended += stay.ended ? 1 : 0;
    arm.watched = std::max(arm.watched, stay.time);
  }
  arm.curve = stats::kaplan_meier(all, alpha);
  arm.median = stats::survival_quantile(arm.curve, 0.5);
  return arm;
}

SurvivalRow row_of(const SurvivalStudy& study, std::size_t variant, double alpha) {
  std::vector<stats::SurvivalStratum> strata;
  for (const Stays& stratum : study.strata) strata.push_back({stratum.front(), stratum[variant]});
  return {variant, stats::hazard_ratio(strata, alpha), stats::log_rank(strata), stats::undefined};
}

}  // namespace

SurvivalJudgement judge_survival(const SurvivalStudy& study, double alpha) {
  SurvivalJudgement judgement;
  for (std::size_t v = 0; v < study.variants.size(); ++v) judgement.arms.push_back(arm_of(study, v, alpha));
  std::vector<double> p;
  for (std::size_t v = 1; v < study.variants.size(); ++v)
    p.push_back(judgement.rows.emplace_back(row_of(study, v, alpha)).hazard.p);
  const std::vector<double> adjusted = stats::holm(p);
  for (std::size_t i = 0; i < adjusted.size(); ++i) judgement.rows[i].adjusted_p = adjusted[i];
  return judgement;
}

}  // namespace touchstone::judge
