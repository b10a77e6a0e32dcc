#include "service/cli/verdict_text.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "service/cli/change_text.hpp"
#include "service/cli/check_text.hpp"
#include "service/cli/number_text.hpp"
#include "stats/wording.hpp"

namespace touchstone::cli {
namespace {

using stats::Conclusion;
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

bool always_valid(const judge::JudgedPlan& plan) { return plan.method.id == "always-valid"; }

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

std::string reason_text(const judge::Reason& reason) {
  return filled(stats::reason_sentence(reason.code),
                {{"metric", reason.metric}, {"variant", reason.variant}, {"segment", reason.segment}});
}

void tell_row(Fields& fields, const judge::Report& report, const judge::Row& row, VerdictCode code) {
  const auto change = always_valid(report.plan) ? always_valid_change_text(row) : change_text(row);
  const bool unsigned_change = code != VerdictCode::keep_running;
  fields["metric"] = row.metric;
  fields["change"] = with_scale(unsigned_change ? unsigned_text(change.estimate) : change.estimate, change.scale);
  fields["low"] = change.low;
  fields["high"] = change.high;
  fields["interval"] = level_text(report.plan.alpha) + (always_valid(report.plan) ? " always-valid" : "") + " interval";
  fields["variant"] = row.variant;
}

void tell_guardrail(Fields& fields, const judge::Report& report) {
  const auto* reason = reason_about(report, "guardrail_harmed");
  if (reason == nullptr) reason = reason_about(report, "guardrail_not_ruled_out");
  const auto* row = reason == nullptr ? nullptr : row_of(report, reason);
  if (row == nullptr) return;
  const auto change = always_valid(report.plan) ? always_valid_change_text(*row) : change_text(*row);
  const auto planned = std::find_if(report.plan.metrics.begin(), report.plan.metrics.end(),
                                    [&](const judge::PlannedMetric& metric) { return metric.key == row->metric; });
  const bool less_is_better =
      planned != report.plan.metrics.end() && planned->direction == storage::Direction::decrease;
  fields["guardrail"] = row->metric;
  fields["worst"] = less_is_better ? change.high : change.low;
}

/// What a reason says; a check that has no sentence in the catalogue speaks for itself.
std::string problem_text(const judge::Reason& reason, const judge::Report& report) {
  if (auto text = reason_text(reason); !text.empty()) return text;
  for (const auto& check : report.checks)
    if (reason.code == "check_" + check.code && check.level == judge::CheckLevel::block)
      return check_text(check, report).sentence;
  return reason.code + ".";
}

std::string problem_of(const judge::Report& report) {
  std::string problem;
  for (const auto& reason : report.verdict.reasons)
    problem += (problem.empty() ? "" : " ") + problem_text(reason, report);
  return problem;
}

Fields fields_of(const judge::Report& report, VerdictCode code) {
  Fields fields;
  if (const auto* row = row_of(report, deciding(report, code))) tell_row(fields, report, *row, code);
  tell_guardrail(fields, report);
  fields["problem"] = problem_of(report);
  if (!report.verdict.variant.empty()) fields["variant"] = report.verdict.variant;
  if (report.plan.smallest_effect) fields["smallest_effect"] = decimal(100 * *report.plan.smallest_effect, 1) + " %";
  return fields;
}

/// With its open ends as infinities: what a rule compares.
stats::Interval open_ended(const judge::Interval& interval) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (!interval.estimate) return {};
  return {interval.low.value_or(-infinity), interval.high.value_or(infinity)};
}

stats::Interval deciding_interval(const judge::Row& row, const judge::JudgedPlan& plan) {
  if (always_valid(plan)) return open_ended(told_relative(row) ? row.always_valid.relative : row.always_valid.absolute);
  return open_ended(told_relative(row) ? row.relative : row.absolute);
}

/// What the correction for many questions does not reject is not clear.
Conclusion shared(Conclusion alone, const std::optional<double>& p_adjusted, double alpha) {
  const bool claim = alone == Conclusion::better || alone == Conclusion::worse;
  return claim && (!p_adjusted || *p_adjusted > alpha) ? Conclusion::not_clear : alone;
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
    if (auto sentence = reason_text(reason); &reason != said && !sentence.empty())
      text.reasons.push_back(std::move(sentence));
  return text;
}

Conclusion conclusion_of(const judge::Row& row, const judge::JudgedPlan& plan) {
  const auto planned = std::find_if(plan.metrics.begin(), plan.metrics.end(),
                                    [&](const judge::PlannedMetric& metric) { return metric.key == row.metric; });
  if (planned == plan.metrics.end() || row.status != "ok") return Conclusion::unknown;
  const auto seen = deciding_interval(row, plan);
  const auto direction = planned->direction == storage::Direction::increase ? stats::Direction::higher_is_better
                                                                            : stats::Direction::lower_is_better;
  if (row.role == storage::MetricRole::guardrail) {
    const double margin = planned->margin.value_or(0);
    if (margin > 0 && !told_relative(row)) return Conclusion::unknown;
    return stats::conclude_guardrail(seen, direction, margin);
  }
  const double smallest = told_relative(row) ? plan.smallest_effect.value_or(0) : 0;
  const auto& adjusted = always_valid(plan) ? row.always_valid.p_adjusted : row.fixed.p_adjusted;
  return shared(stats::conclude_goal(seen, direction, smallest), adjusted, plan.alpha);
}

std::string_view conclusion_text(Conclusion conclusion) noexcept {
  switch (conclusion) {
    case Conclusion::unknown:
      return "○ unknown";
    case Conclusion::not_clear:
      return "● not clear";
    case Conclusion::better:
      return "▲ better";
    case Conclusion::worse:
      return "▼ worse";
    case Conclusion::no_difference:
      return "= no difference";
    case Conclusion::safe:
      return "✓ safe";
    case Conclusion::not_ruled_out:
      return "! not ruled out";
    case Conclusion::harmed:
      return "✗ harmed";
  }
  return "";
}

std::string level_text(double alpha) { return fmt::format("{:g} %", 100 * (1 - alpha)); }

}  // namespace touchstone::cli
