#pragma once

#include <string>

#include "service/judge/report.hpp"
#include "service/page/html.hpp"
#include "service/page/report_page.hpp"

/// The sections of report_page(), in the order of what a decision needs.
namespace touchstone::page {

[[nodiscard]] Markup heading_section(const judge::Report& report, const ReportHeading& heading, const PageStyle& style);
[[nodiscard]] Markup verdict_section(const judge::Report& report, const Reach& reach);
[[nodiscard]] Markup truth_section(const ReportHeading& heading, const PageStyle& style);
[[nodiscard]] Markup trust_section(const judge::Report& report, const PageStyle& style);
[[nodiscard]] Markup changes_section(const judge::Report& report, const ReportHeading& heading);
[[nodiscard]] Markup certainty_section(const judge::Report& report);
[[nodiscard]] Markup journey_section(const judge::Report& report, const Stages& stages);
[[nodiscard]] Markup customer_section(const judge::Report& report);
[[nodiscard]] Markup segments_section(const judge::Report& report);
[[nodiscard]] Markup over_time_section(const judge::Report& report, const ReportHeading& heading);
[[nodiscard]] Markup interactions_section(const judge::Report& report, const ReportHeading& heading);
[[nodiscard]] Markup staying_section(const ReportHeading& heading);
[[nodiscard]] Markup counts_section(const judge::Report& report, const ReportHeading& heading);
[[nodiscard]] Markup analyst_section(const judge::Report& report, const PageStyle& style);
[[nodiscard]] Markup decisions_section(const ReportHeading& heading);

/// Where a row of results and a check stand on the page.
[[nodiscard]] std::string row_anchor(std::size_t row);
[[nodiscard]] std::string check_anchor(std::size_t check);

[[nodiscard]] std::string segment_anchor(std::size_t segment, std::size_t row);

/// A section with its heading, which names it.
[[nodiscard]] Markup titled_section(std::string_view id, std::string_view title, const Markup& content);
/// A cell of a head row, and of a first column.
[[nodiscard]] Markup column_head(std::string_view text);
[[nodiscard]] Markup row_head(std::string_view text);

}  // namespace touchstone::page
