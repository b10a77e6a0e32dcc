#include "service/page/reach.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "service/page/deciding.hpp"
#include "service/page/number_text.hpp"
#include "service/page/quantile_text.hpp"

namespace touchstone::page {
namespace {

using judge::Report;
using judge::Row;
using storage::MetricKind;

const judge::Interval& absolute_of(const Row& row, const judge::JudgedPlan& plan) {
  return always_valid(plan) ? row.always_valid.absolute : row.absolute;
}

/// Whether the figure of all units together is the sum of theirs.
bool adds_up(MetricKind kind) {
  switch (kind) {
    case MetricKind::proportion:
    case MetricKind::count:
    case MetricKind::sum:
    case MetricKind::retention:
    case MetricKind::churn:
    case MetricKind::funnel:
    case MetricKind::lifetime_value:
      return true;
    default:
      return false;
  }
}

bool usable(const Report& report) { return report.verdict.code != "do_not_trust" && report.verdict.code != "no_data"; }

std::string money_suffix(const Row& row, const judge::JudgedPlan& plan, const Reach& reach) {
  return in_money(row, plan, reach) ? "\u00A0" + reach.currency : "";
}

/// To a multiple that leaves two significant digits of the range's half width.
std::string rounded(double value, double half_width, std::string_view suffix) {
  const double step = std::pow(10.0, std::floor(std::log10(half_width)) - 1);
  const bool whole = step >= 1;
  const int decimals = whole ? 0 : std::min(6, static_cast<int>(std::round(-std::log10(step))));
  return signed_decimal(whole ? std::round(value / step) * step : value, decimals).append(suffix);
}

/// What is counted, where its unit says so: " orders".
std::string unit_text(const Row& row, const judge::JudgedPlan& plan, const Reach& reach) {
  const auto* metric = planned(plan, row.metric);
  if (metric == nullptr || metric->unit.empty() || told_as_share(row) || in_money(row, plan, reach)) return "";
  return " " + metric->unit;
}

bool is_shown(const Row& row) { return row.conclusion == "better" || row.conclusion == "worse"; }

bool is_of_the_verdict(const Row& row, const Report& report) {
  if (row.role != storage::MetricRole::goal) return false;
  return report.verdict.variant.empty() ? report.plan.variants.size() == 2 : row.variant == report.verdict.variant;
}

}  // namespace

std::string reach_text(const Reach& reach) {
  const auto count = grouped(static_cast<std::uint64_t>(std::llround(reach.units_a_month)));
  return reach.stated ? count + " people a month, as set for this environment"
                      : count + " units a month, as many as have entered so far";
}

bool in_money(const Row& row, const judge::JudgedPlan& plan, const Reach& reach) {
  const auto* metric = planned(plan, row.metric);
  if (reach.currency.empty() || metric == nullptr || told_as_share(row)) return false;
  if (row.kind == MetricKind::duration || row.kind == MetricKind::score) return false;
  return metric->unit == reach.currency || metric->unit == "money";
}

std::string figure_suffix(const Row& row, const judge::JudgedPlan& plan, const Reach& reach) {
  return in_money(row, plan, reach) ? money_suffix(row, plan, reach) : quantile_unit(row, plan);
}

ChangeText absolute_text(const Row& row, const judge::JudgedPlan& plan, const Reach& reach) {
  auto change = absolute_change_text(row, absolute_of(row, plan));
  const auto suffix = figure_suffix(row, plan, reach);
  for (auto* const text : {&change.estimate, &change.low, &change.high}) *text += suffix;
  return change;
}

std::optional<ChangeText> monthly_text(const Row& row, const Report& report, const Reach& reach) {
  const auto& interval = absolute_of(row, report.plan);
  if (!(reach.units_a_month > 0) || !usable(report) || row.status != "ok" || !adds_up(row.kind)) return {};
  if (!interval.estimate) return {};
  const double reached = reach.units_a_month;
  const double half =
      interval.low && interval.high ? (*interval.high - *interval.low) / 2 : std::abs(*interval.estimate);
  const auto told = [&, suffix = money_suffix(row, report.plan, reach)](double value) {
    return rounded(value * reached, half > 0 ? half * reached : 1, suffix);
  };
  return ChangeText{told(*interval.estimate), interval.low ? told(*interval.low) : "−∞",
                    interval.high ? told(*interval.high) : "+∞", "a month"};
}

bool any_monthly(const Report& report, const Reach& reach) {
  return std::ranges::any_of(report.results,
                             [&](const Row& row) { return monthly_text(row, report, reach).has_value(); });
}

std::vector<std::string> worth_text(const Report& report, const Reach& reach) {
  std::vector<std::string> sentences;
  for (const auto& row : report.results) {
    const auto& interval = absolute_of(row, report.plan);
    if (!is_shown(row) || !is_of_the_verdict(row, report) || !interval.low || !interval.high) continue;
    if (const auto month = monthly_text(row, report, reach))
      sentences.push_back(fmt::format("{} {}{} a month ({}) of {} if everybody got {}: {}.",
                                      row.conclusion == "better" ? "Worth about" : "About", month->estimate,
                                      unit_text(row, report.plan, reach), month->range(), row.metric, row.variant,
                                      reach_text(reach)));
  }
  return sentences;
}

}  // namespace touchstone::page
