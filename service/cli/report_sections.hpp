#pragma once

#include <string>

#include "service/cli/report_text.hpp"
#include "service/judge/report.hpp"

/// The sections of report_text(), each with a line feed at its end.
namespace touchstone::cli {

[[nodiscard]] std::string verdict_section(const judge::Report& report, const ReportStyle& style);
[[nodiscard]] std::string trust_section(const judge::Report& report, const ReportStyle& style);
[[nodiscard]] std::string results_section(const judge::Report& report, const ReportStyle& style);
[[nodiscard]] std::string details_section(const judge::Report& report, const ReportStyle& style);

}  // namespace touchstone::cli
