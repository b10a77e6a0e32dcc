#include "service/page/verdict_text.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "service/page/change_text.hpp"
#include "service/page/check_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/number_text.hpp"
#include "stats/wording.hpp"

namespace touchstone::page {
namespace {

using stats::VerdictCode;

constexpr std::array verdict_codes{
    VerdictCode::do_not_trust,  VerdictCode::no_data,      VerdictCode::roll_back,      VerdictCode::trade_off,
    VerdictCode::segment_split, VerdictCode::ship,         VerdictCode::ship_with_care, VerdictCode::no_difference,
    VerdictCode::keep_running,  VerdictCode::inconclusive,
};

VerdictCode code_of(const judge::Report& report) {
  const auto* const found = std::find_if(verdict_codes.begin(), verdict_codes.end(),
                                         [&](VerdictCode code) { return stats::name(code) == report.verdict.code; });
  return found == verdict_codes.end() ? VerdictCode::inconclusive : *found;
}

const judge::Reason* reason_about(const judge::Report& report, std::string_view prefix) {
  const auto& reasons = report.verdict.reasons;
  const auto found = std::find_if(reasons.begin(), reasons.end(),
                                  [&](const judge::Reason& reason) { return reason.code.starts_with(prefix); });
  return found == reasons.end() ? nullptr : &*found;
}

/// The row that a reason is about; without one the first goal.
const judge::Row* row_of(const judge::Report& report, const judge::Reason* reason) {
  const auto found = std::find_if(report.results.begin(), report.results.end(), [&](const judge::Row& row) {
    if (reason == nullptr) return row.role == storage::MetricRole::goal;
    return row.metric == reason->metric && row.variant == reason->variant;
  });
  return found == report.results.end() ? nullptr : &*found;
}

/// The reason that decides: the goal for gains, the worst of goal and guardrail for harm.
const judge::Reason* deciding(const judge::Report& report, VerdictCode code) {
  const bool harm = code == VerdictCode::roll_back;
  const auto* reason = reason_about(report, harm ? "goal_worse" : "goal_better");
  if (reason == nullptr && harm) reason = reason_about(report, "guardrail_harmed");
  return reason != nullptr ? reason : reason_about(report, "goal_");
}

std::string with_scale(std::string text, std::string_view scale) {
  if (scale == "relative") text += " relative";
  return text;
}

std::string unsigned_text(std::string text) {
  for (const std::string_view sign : {"+", "−"})
    if (text.starts_with(sign)) text.erase(0, sign.size());
  return text;
}

using Fields = std::map<std::string, std::string, std::less<>>;

std::string filled(std::string_view pattern, const Fields& fields) {
  std::vector<stats::Field> given;
  for (const auto& [name, value] : fields) given.push_back({name, value});
  return stats::fill(pattern, given);
}

std::string catalogue_text(const judge::Reason& reason) {
  return filled(stats::reason_sentence(reason.code),
                {{"metric", reason.metric}, {"variant", reason.variant}, {"segment", reason.segment}});
}

void tell_row(Fields& fields, const judge::Report& report, const judge::Row& row, VerdictCode code) {
  const auto change = deciding_change(row, report.plan);
  const bool unsigned_change = code != VerdictCode::keep_running;
  fields["metric"] = row.metric;
  fields["change"] = with_scale(unsigned_change ? unsigned_text(change.estimate) : change.estimate, change.scale);
  fields["low"] = change.low;
  fields["high"] = change.high;
  fields["interval"] = interval_name(report.plan);
  fields["variant"] = row.variant;
}

/// What nothing is known of is no reason, and is not ruled out either.
const judge::Row* unknown_guardrail(const judge::Report& report) {
  const auto found = std::find_if(report.results.begin(), report.results.end(), [&](const judge::Row& row) {
    return row.role == storage::MetricRole::guardrail && row.variant == report.verdict.variant &&
           row.conclusion == "unknown";
  });
  return found == report.results.end() ? nullptr : &*found;
}

const judge::Row* told_guardrail(const judge::Report& report) {
  const auto* reason = reason_about(report, "guardrail_harmed");
  if (reason == nullptr) reason = reason_about(report, "guardrail_not_ruled_out");
  return reason == nullptr ? unknown_guardrail(report) : row_of(report, reason);
}

void tell_guardrail(Fields& fields, const judge::Report& report) {
  const auto* row = told_guardrail(report);
  if (row == nullptr) return;
  const auto change = deciding_change(*row, report.plan);
  fields["guardrail"] = row->metric;
  fields["worst"] = less_is_better(report.plan, row->metric) ? change.high : change.low;
  if (row->conclusion == "unknown") fields["worst"] = "anything, as too little is known of it";
}

/// Every segment that a reason of this code names, of the metric that the first one is about.
std::string told_segments(const judge::Report& report, std::string_view code, const judge::Reason& first) {
  std::string names;
  for (const auto& reason : report.verdict.reasons)
    if (reason.code == code && reason.metric == first.metric && reason.variant == first.variant)
      names += (names.empty() ? "" : ", ") + reason.segment;
  return names;
}

void tell_segments(Fields& fields, const judge::Report& report) {
  const auto* better = reason_about(report, "segment_better");
  if (better == nullptr) return;
  fields["metric"] = better->metric;
  fields["variant"] = better->variant;
  fields["segment_better"] = told_segments(report, "segment_better", *better);
  fields["segment_worse"] = told_segments(report, "segment_worse", *better);
}

}  // namespace

std::string reason_text(const judge::Reason& reason, const judge::Report& report) {
  if (auto text = catalogue_text(reason); !text.empty()) return text;
  for (const auto& check : report.checks)
    if (reason.code == "check_" + check.code && check.level == judge::CheckLevel::block)
      return check_text(check, report).sentence;
  return reason.code + ".";
}

namespace {

std::string problem_of(const judge::Report& report) {
  std::string problem;
  for (const auto& reason : report.verdict.reasons)
    problem += (problem.empty() ? "" : " ") + reason_text(reason, report);
  return problem;
}

Fields fields_of(const judge::Report& report, VerdictCode code) {
  Fields fields;
  if (const auto* row = row_of(report, deciding(report, code))) tell_row(fields, report, *row, code);
  tell_guardrail(fields, report);
  if (code == VerdictCode::segment_split) tell_segments(fields, report);
  fields["problem"] = problem_of(report);
  if (!report.verdict.variant.empty()) fields["variant"] = report.verdict.variant;
  if (report.plan.smallest_effect) fields["smallest_effect"] = decimal(100 * *report.plan.smallest_effect, 1) + " %";
  return fields;
}

}  // namespace

VerdictText verdict_text(const judge::Report& report) {
  const auto code = code_of(report);
  const auto words = stats::wording(code);
  const auto fields = fields_of(report, code);
  VerdictText text{std::string(words.icon), filled(words.headline, fields), filled(words.sentence, fields), {}};
  const bool told_already = code == VerdictCode::do_not_trust || code == VerdictCode::no_data;
  if (told_already) return text;
  const auto* said = words.sentence.find("{metric}") == std::string_view::npos ? nullptr : deciding(report, code);
  for (const auto& reason : report.verdict.reasons)
    if (auto sentence = catalogue_text(reason); &reason != said && !sentence.empty())
      text.reasons.push_back(std::move(sentence));
  return text;
}

std::string level_text(double alpha) { return fmt::format("{:g} %", 100 * (1 - alpha)); }

}  // namespace touchstone::page
