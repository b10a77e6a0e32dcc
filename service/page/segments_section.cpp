#include <cstddef>
#include <vector>

#include <fmt/format.h>

#include "service/page/deciding.hpp"
#include "service/page/drawing.hpp"
#include "service/page/number_text.hpp"
#include "service/page/row_cells.hpp"
#include "service/page/sections.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::page {
namespace {

using judge::JudgedPlan;
using judge::Report;
using judge::Row;

/// One row of the forest: the whole, or a segment.
struct Branch {
  std::string name;
  std::string anchor;
  const Row* row;
  const JudgedPlan* plan;  ///< by which it was judged
};

/// All units first, then every segment, of one comparison.
std::vector<Branch> branches_of(const Row& whole, const Report& report, const JudgedPlan& of_segment) {
  std::vector<Branch> branches{{"All", "", &whole, &report.plan}};
  for (std::size_t s = 0; s < report.segments.size(); ++s) {
    const auto& rows = report.segments[s].results;
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (rows[i].metric == whole.metric && rows[i].variant == whole.variant)
        branches.push_back({report.segments[s].name, segment_anchor(s, i), &rows[i], &of_segment});
  }
  return branches;
}

Axis axis_of(const std::vector<Branch>& branches) {
  std::vector<double> values;
  for (const auto& branch : branches) {
    const auto& interval = deciding_interval(*branch.row, *branch.plan);
    for (const auto& value : {interval.low, interval.estimate, interval.high}) append(values, value);
  }
  return axis_around(values);
}

Markup drawing_of(const Branch& branch, const Report& report, const Axis& axis) {
  if (branch.row->status != "ok") return {};
  const auto& interval = deciding_interval(*branch.row, *branch.plan);
  const auto tone = tone_class(*branch.row, report);
  return draw_interval({.estimate = interval.estimate,
                        .low = interval.low,
                        .high = interval.high,
                        .margin = std::nullopt,
                        .smallest_effect = std::nullopt,
                        .tone = tone,
                        .label = branch.name + ": " + finding_text(*branch.row, *branch.plan)},
                       axis);
}

std::string shrunk_text(const Row& row) {
  if (!row.shrunk) return {};
  const bool share = told_relative(row) || told_as_share(row);
  const auto& interval = told_relative(row) ? row.relative : row.absolute;
  const double factor = share ? 100 : 1;
  return signed_decimal(factor * *row.shrunk, decimals_for(interval, factor)) + (told_relative(row) ? " %"
                                                                                 : share            ? " points"
                                                                                                    : "");
}

Markup name_cell(const Branch& branch) {
  return element(
      "th", {{"scope", "row"}},
      element("bdi", {{"class", "name"}}, branch.name) +
          element("span", {{"class", "soft"}},
                  fmt::format("{} against {} units", grouped(branch.row->arms[1].n), grouped(branch.row->arms[0].n))));
}

Markup branch_row(const Branch& branch, const Report& report, const Axis& axis) {
  const Attributes attributes = branch.anchor.empty() ? Attributes{} : Attributes{{"id", branch.anchor}};
  return element("tr", attributes,
                 name_cell(branch) + word_cell(*branch.row, report) + change_cell(*branch.row, *branch.plan) +
                     element("td", {{"class", "drawing"}}, drawing_of(branch, report, axis)) +
                     element("td", {{"class", "values"}}, shrunk_text(*branch.row)));
}

Markup forest_of(const Row& whole, const Report& report, const JudgedPlan& of_segment) {
  const auto branches = branches_of(whole, report, of_segment);
  const auto axis = axis_of(branches);
  Markup rows;
  for (const auto& branch : branches) rows += branch_row(branch, report, axis);
  const auto head = element("tr", {},
                            column_head("Customers") + column_head("Finding") + column_head("Change") +
                                column_head("Range of the change") + column_head("Likely change"));
  const auto title =
      element("h3", {}, element("bdi", {}, whole.metric) + text_node(" with ") + element("bdi", {}, whole.variant));
  return title + element("table", {{"class", "changes"}}, element("thead", {}, head) + element("tbody", {}, rows));
}

std::string legend(const Report& report, const JudgedPlan& of_segment) {
  return fmt::format(
      "Agreed on before the start. Ranges of the {} groups are {}s, so that all of them together hold with {}. The "
      "likely change of a group is drawn towards that of all groups, as far as they differ by no more than chance.",
      report.segments.size(), interval_name(of_segment), level_text(report.plan.alpha));
}

}  // namespace

std::string segment_anchor(std::size_t segment, std::size_t row) { return fmt::format("segment-{}-{}", segment, row); }

Markup segments_section(const Report& report) {
  if (report.segments.empty()) return {};
  const auto of_segment = segment_plan(report);
  Markup forests;
  for (const Row& row : report.results)
    if (row.role == storage::MetricRole::goal) forests += forest_of(row, report, of_segment);
  if (forests.text.empty()) return {};
  const bool distrusted = report.verdict.code == "do_not_trust";
  return titled_section("segments", distrusted ? "Different customers (not to be used)" : "Different customers",
                        forests + element("p", {{"class", "soft"}}, legend(report, of_segment)));
}

}  // namespace touchstone::page
