#pragma once

#include <string>
#include <string_view>

#include "service/judge/report.hpp"
#include "service/page/change_text.hpp"

/// Of the two sets of figures that a row carries, the one that the plan's method rests on: always-valid figures for
/// plans that may be looked at any time, else those of the one look at the end.
namespace touchstone::page {

[[nodiscard]] bool always_valid(const judge::JudgedPlan& plan) noexcept;

/// Relative to control where that has a meaning, else absolute.
[[nodiscard]] const judge::Interval& deciding_interval(const judge::Row& row, const judge::JudgedPlan& plan) noexcept;
[[nodiscard]] ChangeText deciding_change(const judge::Row& row, const judge::JudgedPlan& plan);

/// "95 % interval", "95 % always-valid interval"; of a strict plan, which tells no more, "95 % strict sign"
[[nodiscard]] std::string interval_name(const judge::JudgedPlan& plan);

/// The plan by which a report's segments were judged: they share alpha.
[[nodiscard]] judge::JudgedPlan segment_plan(const judge::Report& report);

/// What was planned for a metric; nullptr for one that is not in the plan.
[[nodiscard]] const judge::PlannedMetric* planned(const judge::JudgedPlan& plan, std::string_view metric) noexcept;
[[nodiscard]] bool less_is_better(const judge::JudgedPlan& plan, std::string_view metric) noexcept;

}  // namespace touchstone::page
