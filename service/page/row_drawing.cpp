#include "service/page/row_drawing.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "service/page/change_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/row_cells.hpp"

namespace touchstone::page {

using judge::Report;
using judge::Row;
using storage::MetricRole;

std::optional<double> margin_of(const Row& row, const Report& report) {
  const auto* metric = planned(report.plan, row.metric);
  if (row.role != MetricRole::guardrail || metric == nullptr || !metric->margin) return {};
  if (!told_relative(row) && row.kind != storage::MetricKind::score) return {};
  return less_is_better(report.plan, row.metric) ? *metric->margin : -*metric->margin;
}

namespace {

std::optional<double> smallest_of(const Row& row, const Report& report) {
  if (row.role == MetricRole::guardrail || !told_relative(row)) return {};
  return report.plan.smallest_effect;
}

void append_row(std::vector<double>& values, const Row& row, const Report& report) {
  const auto& interval = deciding_interval(row, report.plan);
  for (const auto& value : {interval.low, interval.estimate, interval.high, margin_of(row, report)})
    append(values, value);
}

std::vector<double> values_of(const Report& report, bool goals) {
  std::vector<double> values;
  for (const auto& row : report.results)
    if (told_relative(row) && (row.role == MetricRole::goal) == goals) append_row(values, row, report);
  return values;
}

Axis axis_of(const Row& row, const Report& report, const Axis& shared) {
  if (told_relative(row)) return shared;
  std::vector<double> values;
  append_row(values, row, report);
  return axis_around(values);
}

}  // namespace

Axis shared_axis(const Report& report) {
  constexpr double widest = 3;
  auto values = values_of(report, true);
  double reach = 0;
  for (const double value : values) reach = std::max(reach, std::abs(value));
  const double limit = reach > 0 ? widest * reach : std::numeric_limits<double>::infinity();
  for (const double value : values_of(report, false)) values.push_back(std::clamp(value, -limit, limit));
  return axis_around(values);
}

Markup draw_row(const Row& row, const Report& report, const Axis& shared) {
  const auto& interval = deciding_interval(row, report.plan);
  const auto tone = tone_class(row, report);
  const IntervalRow shown{interval.estimate,
                          interval.low,
                          interval.high,
                          margin_of(row, report),
                          smallest_of(row, report),
                          tone,
                          finding_text(row, report.plan)};
  return draw_interval(shown, axis_of(row, report, shared));
}

}  // namespace touchstone::page
