#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/judge/report.hpp"
#include "service/page/report_page.hpp"

namespace touchstone::cli {

/// How and with what around it a report is shown.
struct ReportStyle {
  int width = 80;                             ///< columns; below 60 the interval drawings are left out
  bool colour = false;                        ///< terminal attributes
  std::string again;                          ///< the command that gives this report again
  std::vector<std::string> remarks;           ///< on the data, from whoever read them
  std::optional<page::PlantedTruth> truth{};  ///< of a simulated experiment: told below the verdict
};

/// The report for people, in the order of what a decision needs: verdict, whether to believe it, what changed, and at
/// the end the details for analysts. Pure; ends with a line feed.
[[nodiscard]] std::string report_text(const judge::Report& report, const ReportStyle& style);

}  // namespace touchstone::cli
