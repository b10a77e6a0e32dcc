#include "service/page/guardrail_text.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "service/page/conclusion_text.hpp"

namespace touchstone::page {
namespace {

std::vector<const judge::Row*> guardrails_of(const judge::Report& report) {
  std::vector<const judge::Row*> rows;
  for (const judge::Row& row : report.results)
    if (row.role == storage::MetricRole::guardrail) rows.push_back(&row);
  return rows;
}

std::vector<const judge::Row*> those(const judge::Report& report, std::string_view conclusion) {
  auto rows = guardrails_of(report);
  std::erase_if(rows, [&](const judge::Row* row) { return row->conclusion != conclusion; });
  return rows;
}

/// More data may still tell, or nothing may be told of these data.
bool waits(const judge::Report& report) {
  return report.verdict.code == "keep_running" || report.verdict.code == "no_data" ||
         report.verdict.code == "do_not_trust";
}

/// "refunds not ruled out", "3 guardrails not ruled out"
std::string which(const std::vector<const judge::Row*>& rows, std::string_view words) {
  if (rows.size() == 1) return fmt::format("{} {}", rows.front()->metric, words);
  return fmt::format("{} guardrails {}", rows.size(), words);
}

std::string told(const judge::Row& row) {
  return fmt::format("{} with {} {}", row.metric, row.variant,
                     row.status == "ok" ? conclusion_text(row.conclusion) : "○ not computable yet");
}

std::string sentence_of(const std::vector<const judge::Row*>& rows) {
  std::vector<std::string> parts;
  for (const judge::Row* const row : rows) parts.push_back(told(*row));
  return fmt::format("Guardrails: {}.", fmt::join(parts, "; "));
}

}  // namespace

judge::Check guardrail_check(const judge::Report& report) {
  judge::Check check;
  check.code = "guardrails";
  const bool doubtful = !those(report, "harmed").empty() || (!those(report, "not_ruled_out").empty() && !waits(report));
  check.level = doubtful ? judge::CheckLevel::warn : judge::CheckLevel::ok;
  return check;
}

Words guardrails(const judge::Check&, const judge::Report& report) {
  const auto all = guardrails_of(report);
  if (all.empty())
    return {"no guardrail", "Guardrails: the plan names none, so nothing watches what must not get worse.", true};
  const auto sentence = sentence_of(all);
  if (const auto harmed = those(report, "harmed"); !harmed.empty()) return {which(harmed, "harmed"), sentence};
  if (const auto open = those(report, "not_ruled_out"); !open.empty())
    return {which(open, "not ruled out"), sentence, waits(report)};
  const auto safe = those(report, "safe").size();
  if (safe == all.size()) return {safe == 1 ? "guardrail safe" : "guardrails safe", sentence};
  return {"guardrails not clear yet", sentence, true};
}

}  // namespace touchstone::page
