#include "service/page/report_markdown.hpp"

#include <string_view>

#include <fmt/format.h>

#include "service/page/check_text.hpp"
#include "service/page/conclusion_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/quantile_text.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::page {
namespace {

/// Whatever a chat could take for markup is escaped; a mention is broken by a space of no width.
std::string plain(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      safe += ' ';
      continue;
    }
    if (std::string_view("\\`*_[]<>#|~").find(c) != std::string_view::npos) safe += '\\';
    safe += c;
    if (c == '@') safe += "\u200B";
  }
  return safe;
}

std::string row_line(const judge::Row& row, const judge::Report& report) {
  const auto change = deciding_change(row, report.plan);
  const auto figures = row.quantile ? "; " + plain(quantile_change(row, report.plan)) : std::string{};
  return fmt::format("- {}, {}: {}, {}{} ({} {}{})\n", plain(row.metric), plain(row.variant),
                     conclusion_text(row.conclusion), change.estimate, change.scale == "relative" ? " relative" : "",
                     interval_name(report.plan), change.range(), figures);
}

}  // namespace

std::string report_markdown(const judge::Report& report, const Reach& reach) {
  const auto verdict = verdict_text(report);
  auto text = fmt::format("**{} {}** — {}\n{}\n", verdict.icon, plain(verdict.headline), plain(report.experiment),
                          plain(verdict.sentence));
  for (const auto& sentence : worth_text(report, reach)) text += plain(sentence) + "\n";
  for (const auto& check : told_checks(report))
    if (check.level != judge::CheckLevel::ok && check.code != "guardrails") {  // whose rows follow
      const auto told = check_text(check, report);
      text += fmt::format("- {} {}\n", told.sign, plain(told.sentence));
    }
  for (const auto& row : report.results) text += row_line(row, report);
  return text;
}

}  // namespace touchstone::page
