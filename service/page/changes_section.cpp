#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "service/page/change_text.hpp"
#include "service/page/conclusion_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/drawing.hpp"
#include "service/page/number_text.hpp"
#include "service/page/sections.hpp"
#include "service/page/status_text.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::page {
namespace {

using judge::Report;
using judge::Row;
using storage::MetricRole;

constexpr std::array<std::string_view, 3> role_names{"Goal", "Secondary", "Guardrail"};
constexpr std::array<std::string_view, 3> tone_classes{"good", "bad", "open"};

/// What may not be used is not coloured as decided.
std::string tone_class(const Row& row, const Report& report) {
  const auto tone = report.verdict.code == "do_not_trust" ? Tone::open : tone_of(row.conclusion);
  return std::string(tone_classes.at(static_cast<std::size_t>(tone)));
}

/// Where an unwelcome change passes what is tolerated.
std::optional<double> margin_of(const Row& row, const Report& report) {
  const auto* metric = planned(report.plan, row.metric);
  if (row.role != MetricRole::guardrail || metric == nullptr || !metric->margin) return {};
  if (!told_relative(row) && row.kind != storage::MetricKind::score) return {};
  return less_is_better(report.plan, row.metric) ? *metric->margin : -*metric->margin;
}

std::optional<double> smallest_of(const Row& row, const Report& report) {
  if (row.role == MetricRole::guardrail || !told_relative(row)) return {};
  return report.plan.smallest_effect;
}

void append(std::vector<double>& values, const std::optional<double>& value) {
  if (value) values.push_back(*value);
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

/// One axis for all rows that are told relative to control; each of the others has its own. It shows the goals whole
/// and the rest as far as that leaves the goals large enough to be read.
Axis shared_axis(const Report& report) {
  constexpr double widest = 3;
  auto values = values_of(report, true);
  double reach = 0;
  for (const double value : values) reach = std::max(reach, std::abs(value));
  const double limit = reach > 0 ? widest * reach : std::numeric_limits<double>::infinity();
  for (const double value : values_of(report, false)) values.push_back(std::clamp(value, -limit, limit));
  return axis_around(values);
}

bool leaves(const Row& row, const Report& report, const Axis& axis) {
  const auto& interval = deciding_interval(row, report.plan);
  return row.status == "ok" &&
         (!interval.low || !interval.high || !axis.holds(*interval.low) || !axis.holds(*interval.high));
}

bool any_leaves(const Report& report, const Axis& shared) {
  return std::ranges::any_of(report.results,
                             [&](const Row& row) { return told_relative(row) && leaves(row, report, shared); });
}

Axis axis_of(const Row& row, const Report& report, const Axis& shared) {
  if (told_relative(row)) return shared;
  std::vector<double> values;
  append_row(values, row, report);
  return axis_around(values);
}

std::string change_words(const ChangeText& change) {
  return change.estimate + (change.scale == "relative" ? " relative" : "");
}

std::string finding(const Row& row, const Report& report) {
  const auto change = deciding_change(row, report.plan);
  return fmt::format("{}, {} against {}: {}, {} {}; {}", row.metric, row.variant, row.control, change_words(change),
                     interval_name(report.plan), change.range(), conclusion_text(row.conclusion));
}

Markup drawing_of(const Row& row, const Report& report, const Axis& shared) {
  const auto& interval = deciding_interval(row, report.plan);
  const auto tone = tone_class(row, report);
  const IntervalRow shown{interval.estimate,        interval.low, interval.high,       margin_of(row, report),
                          smallest_of(row, report), tone,         finding(row, report)};
  return draw_interval(shown, axis_of(row, report, shared));
}

/// What a metric is measured in and against, in a few words.
std::string note_on(const Row& row, const Report& report) {
  const auto* metric = planned(report.plan, row.metric);
  if (metric == nullptr) return {};
  std::string note = metric->unit;
  const auto add = [&note](const std::string& text) { note += (note.empty() ? "" : ", ") + text; };
  if (less_is_better(report.plan, row.metric)) add("less is better");
  if (const auto margin = margin_of(row, report))
    add(told_relative(row) ? "margin " + signed_decimal(100 * *margin, 1) + " %"
                           : (*margin < 0 ? "margin −" : "margin +") + margin_text(*metric));
  if (const auto waiting = row.always_valid.immature_units.value_or(row.immature_units.value_or(0)); waiting > 0)
    add(grouped(waiting) + " not judged yet: their window is still open");
  return note;
}

Markup name_cell(const Row& row, const Report& report) {
  auto content = element("bdi", {{"class", "name"}}, row.metric) +
                 element("span", {{"class", "soft"}},
                         element("bdi", {}, row.variant) + text_node(" against ") + element("bdi", {}, row.control));
  if (const auto note = note_on(row, report); !note.empty()) content += element("span", {{"class", "soft"}}, note);
  return element("th", {{"scope", "row"}}, content);
}

Markup change_cell(const Row& row, const Report& report) {
  if (row.status != "ok")
    return element("td", {{"class", "change"}}, "Not computable yet: " + status_text(row.status) + ".");
  const auto change = deciding_change(row, report.plan);
  return element("td", {{"class", "change"}},
                 element("strong", {}, change_words(change)) + element("span", {{"class", "soft"}}, change.range()));
}

Markup row_of(std::size_t index, const Report& report, const Axis& shared) {
  const auto& row = report.results[index];
  const auto drawing = row.status == "ok" ? drawing_of(row, report, shared) : Markup{};
  return element("tr", {{"id", row_anchor(index)}},
                 name_cell(row, report) +
                     element("td", {{"class", "word " + tone_class(row, report)}}, conclusion_text(row.conclusion)) +
                     change_cell(row, report) + element("td", {{"class", "drawing"}}, drawing) +
                     element("td", {{"class", "values"}}, mean_text(row, 0) + " → " + mean_text(row, 1)));
}

Markup group_of(MetricRole role, const Report& report, const Axis& shared) {
  Markup rows;
  for (std::size_t i = 0; i < report.results.size(); ++i)
    if (report.results[i].role == role) rows += row_of(i, report, shared);
  if (rows.text.empty()) return {};
  const auto name = role_names.at(static_cast<std::size_t>(role));
  return element(
      "tbody", {},
      element("tr", {{"class", "group"}}, element("th", {{"scope", "rowgroup"}, {"colspan", "5"}}, name)) + rows);
}

Markup head_row() {
  return element("thead", {},
                 element("tr", {},
                         column_head("Measure") + column_head("Finding") + column_head("Change") +
                             column_head("Range of the change") + column_head("Before → after")));
}

bool any_relative(const Report& report) {
  for (const auto& row : report.results)
    if (told_relative(row)) return true;
  return false;
}

Markup axis_row(const Report& report, const Axis& axis) {
  if (!any_relative(report)) return {};
  const auto cell = element("td", {}, Markup{});
  return element("tfoot", {{"aria-hidden", "true"}},
                 element("tr", {},
                         cell + cell + cell +
                             element("td", {{"class", "drawing"}}, draw_ticks(axis, 100, " %", 4, "ticks")) + cell));
}

std::string legend(const Report& report, const Axis& shared) {
  auto text = fmt::format("Ranges are {}s. The solid line marks no change", interval_name(report.plan));
  if (report.plan.smallest_effect)
    text += fmt::format(", the grey band changes too small to matter (under {} %)",
                        decimal(100 * *report.plan.smallest_effect, 1));
  const auto drawn = [&](const Row& row) {
    const auto margin = margin_of(row, report);
    return margin && shared.holds(*margin);
  };
  if (std::ranges::any_of(report.results, drawn)) text += ", the dashed line the margin that a guardrail may not pass";
  if (any_leaves(report, shared)) text += ", an arrow that a range goes on beyond the drawing";
  return text + ".";
}

}  // namespace

Markup changes_section(const Report& report) {
  if (report.results.empty()) return {};
  const auto shared = shared_axis(report);
  auto rows = head_row();
  for (const auto role : {MetricRole::goal, MetricRole::secondary, MetricRole::guardrail})
    rows += group_of(role, report, shared);
  const bool distrusted = report.verdict.code == "do_not_trust";
  return titled_section("changes", distrusted ? "What changed (not to be used)" : "What changed",
                        element("table", {{"class", "changes"}}, rows + axis_row(report, shared)) +
                            element("p", {{"class", "soft"}}, legend(report, shared)));
}

}  // namespace touchstone::page
