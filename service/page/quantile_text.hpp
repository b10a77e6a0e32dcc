#pragma once

#include <string>

#include "service/judge/report.hpp"

/// What people say of a row whose metric is a quantile; nothing is said of other rows.
namespace touchstone::page {

/// "p90"
[[nodiscard]] std::string quantile_name(const judge::Row& row);

/// What follows its figures, after a space that does not break: " ms"; empty without a unit of measure.
[[nodiscard]] std::string quantile_unit(const judge::Row& row, const judge::JudgedPlan& plan);

/// "p90 812 ms → 790 ms"
[[nodiscard]] std::string quantile_change(const judge::Row& row, const judge::JudgedPlan& plan);

/// "90 % of events have at most 812 ms [801, 825] with control, 790 ms [780, 802] with treatment; 11,960 and 12,040
/// events of 2,990 and 3,010 units, 1,196 and 1,204 of them above; variance 1.8 and 1.7 times that of independent
/// events"
[[nodiscard]] std::string quantile_text(const judge::Row& row, const judge::JudgedPlan& plan);

}  // namespace touchstone::page
