#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/judge/report.hpp"
#include "service/page/change_text.hpp"

/// What a change comes to beyond the units that were compared: in the unit of what is measured, and a month.
namespace touchstone::page {

/// Whom a change would reach if everybody got it, and what money is counted in.
struct Reach {
  double units_a_month = 0;  ///< 0: not known
  bool stated = false;       ///< set for the environment; else as many as have entered so far
  std::string currency{};    ///< of metrics whose unit it is, or "money"; empty: of none
};

/// "41,000 units a month, as many as have entered so far"
[[nodiscard]] std::string reach_text(const Reach& reach);

/// Whether a metric's values are amounts of the currency.
[[nodiscard]] bool in_money(const judge::Row& row, const judge::JudgedPlan& plan, const Reach& reach);

/// What follows a figure: the currency of an amount of it, or the unit of a quantile; usually nothing.
[[nodiscard]] std::string figure_suffix(const judge::Row& row, const judge::JudgedPlan& plan, const Reach& reach);

/// The absolute change by the plan's method: "+0.5 points", "+0.12 EUR", "+0.3 days".
[[nodiscard]] ChangeText absolute_text(const judge::Row& row, const judge::JudgedPlan& plan, const Reach& reach);

/// The absolute change times the units of a month, to two significant digits of its range. Nothing for figures that do
/// not add up over all units (means, scores, ratios), for those that cannot be computed, where nobody knows how many
/// units that are, and where the result may not be used.
[[nodiscard]] std::optional<ChangeText> monthly_text(const judge::Row& row, const judge::Report& report,
                                                     const Reach& reach);
/// Whether any row has one.
[[nodiscard]] bool any_monthly(const judge::Report& report, const Reach& reach);

/// A sentence for each goal of the verdict's variant, or of the only one, whose change is shown and has a bounded
/// range: "Worth about +310 orders a month (+120 to +510) of purchase if everybody got one-page: 41,000 units a month,
/// ...".
[[nodiscard]] std::vector<std::string> worth_text(const judge::Report& report, const Reach& reach);

}  // namespace touchstone::page
