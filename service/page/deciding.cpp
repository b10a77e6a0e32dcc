#include "service/page/deciding.hpp"

#include <algorithm>

#include "service/page/verdict_text.hpp"

namespace touchstone::page {

bool always_valid(const judge::JudgedPlan& plan) noexcept { return plan.method.id != "fixed-horizon"; }

const judge::Interval& deciding_interval(const judge::Row& row, const judge::JudgedPlan& plan) noexcept {
  if (always_valid(plan)) return told_relative(row) ? row.always_valid.relative : row.always_valid.absolute;
  return told_relative(row) ? row.relative : row.absolute;
}

ChangeText deciding_change(const judge::Row& row, const judge::JudgedPlan& plan) {
  return always_valid(plan) ? always_valid_change_text(row) : change_text(row);
}

std::string interval_name(const judge::JudgedPlan& plan) {
  if (is_strict(plan.method)) return level_text(plan.alpha) + " strict sign";
  return level_text(plan.alpha) + (always_valid(plan) ? " always-valid interval" : " interval");
}

judge::JudgedPlan segment_plan(const judge::Report& report) {
  auto plan = report.plan;
  if (!report.segments.empty()) plan.alpha /= static_cast<double>(report.segments.size());
  return plan;
}

const judge::PlannedMetric* planned(const judge::JudgedPlan& plan, std::string_view metric) noexcept {
  const auto found = std::find_if(plan.metrics.begin(), plan.metrics.end(),
                                  [&](const judge::PlannedMetric& candidate) { return candidate.key == metric; });
  return found == plan.metrics.end() ? nullptr : &*found;
}

bool less_is_better(const judge::JudgedPlan& plan, std::string_view metric) noexcept {
  const auto* found = planned(plan, metric);
  return found != nullptr && found->direction == storage::Direction::decrease;
}

}  // namespace touchstone::page
