#include "service/page/report_csv.hpp"

#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "service/page/change_text.hpp"
#include "service/page/deciding.hpp"

namespace touchstone::page {
namespace {

constexpr std::array<std::string_view, 3> roles{"goal", "secondary", "guardrail"};

std::string cell(std::string_view text) {
  std::string quoted = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) quoted += '\'';
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

std::string cell(const std::optional<double>& value) { return value ? fmt::format("{}", *value) : std::string{}; }

std::string line_of(const judge::Row& row, const judge::Report& report) {
  const auto& change = deciding_interval(row, report.plan);
  return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", cell(report.experiment),
                     cell(report.verdict.code), cell(row.metric), roles.at(static_cast<std::size_t>(row.role)),
                     cell(row.variant), cell(row.control), row.arms[0].n, row.arms[1].n, cell(row.arms[0].mean),
                     cell(row.arms[1].mean), told_relative(row) ? "relative" : "absolute", cell(change.estimate),
                     cell(change.low), cell(change.high), cell(row.conclusion));
}

}  // namespace

std::string report_csv(const judge::Report& report) {
  std::string text =
      "experiment,verdict,metric,role,variant,control,control_units,units,control_mean,mean,scale,change,low,high,"
      "conclusion\n";
  for (const auto& row : report.results) text += line_of(row, report);
  return text;
}

}  // namespace touchstone::page
