#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "service/cli/interval_bar.hpp"
#include "service/cli/paint.hpp"
#include "service/cli/report_sections.hpp"
#include "service/cli/text_layout.hpp"
#include "service/page/change_text.hpp"
#include "service/page/conclusion_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/quantile_text.hpp"
#include "service/page/status_text.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::cli {
namespace {

using judge::Row;
using storage::MetricRole;

constexpr int narrowest_with_bars = 60;
constexpr std::size_t label_columns = 34;  ///< of "any look   −12.3 % to +45.6 %" before the drawing
constexpr std::string_view thick = "━";
constexpr std::string_view thin = "─";

std::size_t width_of(const ReportStyle& style) { return static_cast<std::size_t>(style.width); }

std::string painted(const Paint& paint, std::string_view conclusion) {
  auto text = page::conclusion_text(conclusion);
  switch (page::tone_of(conclusion)) {
    case page::Tone::good:
      return paint.good(text);
    case page::Tone::bad:
      return paint.bad(text);
    case page::Tone::open:
      return paint.doubtful(text);
  }
  return text;
}

/// One axis for all rows that are told relative to control; the others draw on their own.
Axis shared_axis(const judge::Report& report) {
  Axis axis;
  for (const auto& row : report.results) {
    if (!page::told_relative(row)) continue;
    axis.include(row.relative);
    axis.include(row.always_valid.relative);
  }
  return axis;
}

Axis axis_of(const Row& row, const Axis& shared) {
  if (page::told_relative(row)) return shared;
  Axis own;
  own.include(row.absolute);
  own.include(row.always_valid.absolute);
  return own;
}

std::string bar_line(std::string_view label, const page::ChangeText& change, const judge::Interval& interval,
                     const Axis& axis, std::string_view stroke, const ReportStyle& style) {
  const auto text = fmt::format("      {} {}", left_in(label, 9), change.range());
  if (style.width < narrowest_with_bars) return text + "\n";
  const auto columns = width_of(style) - label_columns - 8;
  auto line = left_in(text, label_columns + 6) + "  " + interval_bar(interval, axis, columns, stroke);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string chance_line(const Row& row, const judge::Report& report, const ReportStyle& style) {
  const auto& posterior = row.posterior;
  if (!posterior.chance_to_beat_control) return {};
  auto text =
      fmt::format("{} chance to be better than {}", page::chance_text(*posterior.chance_to_beat_control), row.control);
  if (posterior.chance_best && report.plan.variants.size() > 2)
    text += fmt::format(", {} to be the best of all", page::chance_text(*posterior.chance_best));
  if (posterior.loss_choose_variant && posterior.loss_choose_control)
    text += fmt::format("; expected loss {} with it, {} without", page::loss_text(row, *posterior.loss_choose_variant),
                        page::loss_text(row, *posterior.loss_choose_control));
  return "      " + wrapped(text, width_of(style), 6);
}

std::string status_line(const Row& row, const Paint& paint) {
  return row.status == "ok"
             ? std::string{}
             : "      " + paint.doubtful("! not computable yet: " + page::status_text(row.status)) + "\n";
}

std::string row_text(const Row& row, const judge::Report& report, const Axis& shared, const ReportStyle& style) {
  const Paint paint(style.colour);
  const auto change = page::change_text(row);
  const auto axis = axis_of(row, shared);
  const bool relative = page::told_relative(row);
  const auto unit = page::quantile_unit(row, report.plan);
  const auto name = row.quantile ? page::quantile_name(row) + " " : std::string{};
  auto out =
      fmt::format("    {}  {}{}{} → {}{}   {}  {}\n", paint.strong(row.variant), name, page::mean_text(row, 0), unit,
                  page::mean_text(row, 1), unit, paint.strong(page::deciding_change(row, report.plan).estimate),
                  painted(paint, row.conclusion));
  out += status_line(row, paint);
  if (row.status != "ok") return out;
  out += bar_line("one look", change, relative ? row.relative : row.absolute, axis, thick, style);
  if (row.always_valid.absolute.estimate || row.always_valid.relative.estimate)
    out += bar_line("any look", page::always_valid_change_text(row),
                    relative ? row.always_valid.relative : row.always_valid.absolute, axis, thin, style);
  return out + chance_line(row, report, style);
}

std::string role_text(MetricRole role) {
  constexpr std::array<std::string_view, 3> words{"GOAL", "SECONDARY", "GUARDRAIL"};
  return std::string(words.at(static_cast<std::size_t>(role)));
}

std::string metric_heading(const judge::PlannedMetric& metric) {
  auto text = "  " + left_in(role_text(metric.role), 10) + metric.key;
  if (!metric.unit.empty()) text += " [" + metric.unit + "]";
  if (metric.direction == storage::Direction::decrease) text += ", less is better";
  if (metric.margin) text += ", margin " + page::margin_text(metric);
  return text + "\n";
}

std::string legend(const judge::Report& report) {
  return fmt::format(
      "against {}, change relative unless in points; {} intervals: ━ for one look at the end, ─ always-valid, for "
      "looking as often as you like",
      report.results.front().control, page::level_text(report.plan.alpha));
}

}  // namespace

std::string results_section(const judge::Report& report, const ReportStyle& style) {
  const Paint paint(style.colour);
  const auto shared = shared_axis(report);
  const bool distrusted = report.verdict.code == "do_not_trust";
  std::string out = paint.strong(distrusted ? "What changed (not to be used)" : "What changed") + "\n";
  out += "  " + wrapped(legend(report), width_of(style), 2);
  for (const auto& metric : report.plan.metrics) {
    out += "\n" + metric_heading(metric);
    for (const auto& row : report.results)
      if (row.metric == metric.key) out += row_text(row, report, shared, style);
  }
  return out;
}

}  // namespace touchstone::cli
