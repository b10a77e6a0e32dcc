#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "service/page/change_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/drawing.hpp"
#include "service/page/journey_text.hpp"
#include "service/page/number_text.hpp"
#include "service/page/quantile_text.hpp"
#include "service/page/row_cells.hpp"
#include "service/page/row_drawing.hpp"
#include "service/page/scales.hpp"
#include "service/page/sections.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::page {
namespace {

using judge::Report;
using judge::Row;
using storage::MetricRole;

constexpr std::array<std::string_view, 3> role_names{"Goal", "Secondary", "Guardrail"};

bool leaves(const Row& row, const Report& report, const Axis& axis) {
  const auto& interval = deciding_interval(row, report.plan);
  return row.status == "ok" &&
         (!interval.low || !interval.high || !axis.holds(*interval.low) || !axis.holds(*interval.high));
}

bool any_leaves(const Report& report, const Axis& shared) {
  return std::ranges::any_of(report.results,
                             [&](const Row& row) { return told_relative(row) && leaves(row, report, shared); });
}

/// What a metric is measured in and against, in a few words.
std::string note_on(const Row& row, const Report& report, const Reach& reach) {
  const auto* metric = planned(report.plan, row.metric);
  if (metric == nullptr) return {};
  std::string note = in_money(row, report.plan, reach) || row.quantile ? std::string() : metric->unit;
  const auto add = [&note](const std::string& text) { note += (note.empty() ? "" : ", ") + text; };
  if (row.quantile) add(quantile_name(row) + " of all events");
  if (less_is_better(report.plan, row.metric)) add("less is better");
  if (const auto margin = margin_of(row, report))
    add(told_relative(row) ? "margin " + signed_decimal(100 * *margin, 1) + " %"
                           : (*margin < 0 ? "margin −" : "margin +") + margin_text(*metric));
  if (const auto waiting = row.always_valid.immature_units.value_or(row.immature_units.value_or(0)); waiting > 0)
    add(grouped(waiting) + " not judged yet: their window is still open");
  return note;
}

Markup name_cell(const Row& row, const Report& report, const ReportHeading& heading) {
  auto content = element("bdi", {{"class", "name"}}, row.metric) +
                 element("span", {{"class", "soft"}},
                         element("bdi", {}, row.variant) + text_node(" against ") + element("bdi", {}, row.control));
  if (const auto stage = heading.stages.find(row.metric); stage != heading.stages.end())
    content += element("span", {{"class", "stage"}}, stage_text(stage->second));
  if (const auto note = note_on(row, report, heading.reach); !note.empty())
    content += element("span", {{"class", "soft"}}, note);
  return element("th", {{"scope", "row"}}, content);
}

/// "12.11 % → 12.62 %"
std::string values_text(const Row& row, const Report& report, const Reach& reach) {
  return mean_text(row, 0) + " → " + mean_text(row, 1) + figure_suffix(row, report.plan, reach);
}

Markup row_of(std::size_t index, const Report& report, const Axis& shared, const ReportHeading& heading) {
  const auto& row = report.results[index];
  const auto drawing = row.status == "ok" ? draw_row(row, report, shared) : Markup{};
  return element("tr", {{"id", row_anchor(index)}},
                 name_cell(row, report, heading) + word_cell(row, report) +
                     scaled_change_cell(row, report, heading.reach) + element("td", {{"class", "drawing"}}, drawing) +
                     element("td", {{"class", "values"}}, values_text(row, report, heading.reach)));
}

Markup group_of(MetricRole role, const Report& report, const Axis& shared, const ReportHeading& heading) {
  Markup rows;
  for (std::size_t i = 0; i < report.results.size(); ++i)
    if (report.results[i].role == role) rows += row_of(i, report, shared, heading);
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

Markup changes_section(const Report& report, const ReportHeading& heading) {
  if (report.results.empty()) return {};
  const auto shared = shared_axis(report);
  auto rows = head_row();
  for (const auto role : {MetricRole::goal, MetricRole::secondary, MetricRole::guardrail})
    rows += group_of(role, report, shared, heading);
  const bool distrusted = report.verdict.code == "do_not_trust";
  return titled_section("changes", distrusted ? "What changed (not to be used)" : "What changed",
                        element("fieldset", {{"class", "scaled"}},
                                scale_choice(report, heading.reach) +
                                    element("table", {{"class", "changes"}}, rows + axis_row(report, shared)) +
                                    element("p", {{"class", "soft"}},
                                            text_node(legend(report, shared)) + scale_notes(report, heading.reach))));
}

}  // namespace touchstone::page
