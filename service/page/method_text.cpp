#include "service/page/method_text.hpp"

#include <fmt/format.h>

namespace touchstone::page {
namespace {

std::string_view goals_text(storage::GoalCorrection correction) {
  if (correction == storage::GoalCorrection::dunnett)
    return "Dunnett over the variants of a goal, which share their control, and Bonferroni over goals";
  return "Holm over goals × variants";
}

std::string_view secondaries_text(storage::SecondaryCorrection correction) {
  if (correction == storage::SecondaryCorrection::e_benjamini_hochberg)
    return "e-BH over the e-values of secondaries × variants, whatever depends on whatever";
  return "Benjamini-Hochberg over secondaries × variants";
}

}  // namespace

std::string method_text(const judge::JudgedPlan& plan) {
  return fmt::format("{} v{} at α = {:g}; {}, {}", plan.method.id, plan.method.version, plan.alpha,
                     goals_text(plan.corrections.goals), secondaries_text(plan.corrections.secondaries));
}

std::string correction_text(const judge::Fixed& fixed) {
  if (fixed.correction != "bonferroni") return {};
  return ", by Bonferroni: Dunnett's law has neither phases of different shares nor covariates";
}

}  // namespace touchstone::page
