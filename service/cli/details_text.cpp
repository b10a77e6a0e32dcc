#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "service/cli/paint.hpp"
#include "service/cli/report_sections.hpp"
#include "service/cli/text_layout.hpp"
#include "service/page/adjustment_text.hpp"
#include "service/page/capping_text.hpp"
#include "service/page/method_text.hpp"
#include "service/page/number_text.hpp"
#include "service/page/quantile_text.hpp"
#include "service/page/verdict_text.hpp"
#include "service/page/watched_text.hpp"

namespace touchstone::cli {
namespace {

constexpr int digits = 6;

std::string shown(const std::optional<double>& value) {
  return value ? page::significant(*value, digits) : "undefined";
}

std::string shown(const judge::Interval& interval) {
  if (!interval.estimate) return interval.status;
  return fmt::format("{} [{}, {}]", shown(interval.estimate), interval.low ? shown(interval.low) : "−∞",
                     interval.high ? shown(interval.high) : "+∞");
}

std::string p_text(const std::optional<double>& p, const std::optional<double>& log10_p) {
  if (p && *p == 0 && log10_p) return fmt::format("10^{:.1f}", *log10_p);
  return shown(p);
}

/// A line with a label in a column of its own.
std::string line(std::string_view label, std::string_view text, const ReportStyle& style) {
  constexpr std::size_t indent = 17;
  return "  " + left_in(label, indent - 2) + wrapped(text, static_cast<std::size_t>(style.width), indent);
}

std::string method_lines(const judge::Report& report, const ReportStyle& style) {
  auto out = line("method", page::method_text(report.plan), style);
  for (const auto& check : report.checks)
    if (check.code == "srm")
      out += line("split",
                  fmt::format("sample ratio mismatch p {}, alarm below {}", shown(check.value), shown(check.limit)),
                  style);
  return out;
}

/// What is measured, where a name does not say it.
std::string metric_lines(const judge::Report& report, const ReportStyle& style) {
  std::string out;
  for (const auto& metric : report.plan.metrics)
    if (!metric.words.empty())
      out += line(metric.key, metric.formula.empty() ? metric.words : metric.words + " " + metric.formula, style);
  return out;
}

std::string units_lines(const judge::Report& report, const ReportStyle& style) {
  const auto& counts = report.counts;
  std::string out;
  for (const auto& variant : counts.variants)
    out += line(
        "units",
        fmt::format("{}: {} exposed first, {} of them met another variant, {} analysed", variant.variant,
                    page::grouped(variant.units), page::grouped(variant.crossover), page::grouped(variant.analysed)),
        style);
  out += line("exposures",
              fmt::format("{} attributed, {} repeated, {} contradicting, {} unattributed",
                          page::grouped(counts.exposures), page::grouped(counts.repeated_exposures),
                          page::grouped(counts.contradictions), page::grouped(counts.unattributed)),
              style);
  return out;
}

std::string arm_text(std::string_view variant, const judge::Arm& arm) {
  auto text = fmt::format("{}: n {}, mean {}, variance {}, sum {}", variant, page::grouped(arm.n), shown(arm.mean),
                          shown(arm.variance), shown(arm.sum));
  if (arm.successes) text += fmt::format(", {} converted", page::grouped(*arm.successes));
  if (arm.units) text += fmt::format(", of {} units", page::grouped(*arm.units));
  return text;
}

std::string test_text(const judge::Fixed& fixed) {
  auto text = fmt::format("{} {}", fixed.test, shown(fixed.statistic));
  if (fixed.df) text += fmt::format(" on {} df", page::significant(*fixed.df, digits));
  text += fmt::format(", p-value {}", p_text(fixed.p, fixed.log10_p));
  if (fixed.p_adjusted) text += fmt::format(", adjusted {}", shown(fixed.p_adjusted));
  return text + page::correction_text(fixed);
}

std::string row_lines(const judge::Row& row, const judge::JudgedPlan& plan, const ReportStyle& style) {
  auto out =
      fmt::format("  {} v{}, {}, {} against {}\n", row.metric, row.version, row.status, row.variant, row.control);
  out += line("  control", arm_text(row.control, row.arms[0]), style);
  out += line("  treatment", arm_text(row.variant, row.arms[1]), style);
  out += line("  difference", fmt::format("{}, se {}", shown(row.absolute), shown(row.se)), style);
  out += line("  relative", shown(row.relative), style);
  out += line("  test", test_text(row.fixed), style);
  out += line("  always-valid",
              fmt::format("difference {}, relative {}, p-value {}", shown(row.always_valid.absolute),
                          shown(row.always_valid.relative), shown(row.always_valid.p)),
              style);
  if (!row.always_valid.method.empty()) out += line("  watched by", page::watched_text(row.always_valid), style);
  if (row.covariate) out += line("  covariate", page::adjustment_text(*row.covariate), style);
  if (row.quantile) out += line("  quantile", page::quantile_text(row, plan), style);
  if (row.cap) out += line("  cap", page::capping_text(*row.cap), style);
  out += line("  posterior",
              fmt::format("{}: better than control {}, difference {}", row.posterior.model,
                          shown(row.posterior.chance_to_beat_control), shown(row.posterior.credible)),
              style);
  return out;
}

std::string origin_lines(const judge::Report& report, const ReportStyle& style) {
  const auto& ledger = report.ledger;
  auto out = line(
      "events",
      fmt::format("{} read, {} stored, {} duplicate, {} unattributed", page::grouped(ledger.sent),
                  page::grouped(ledger.stored), page::grouped(ledger.duplicate), page::grouped(ledger.unattributed)),
      style);
  if (!report.digest.results.empty()) out += line("results", report.digest.results, style);
  if (!style.again.empty()) out += "  again\n" + style.again + "\n";  // in one piece, to be copied
  return out;
}

}  // namespace

std::string details_section(const judge::Report& report, const ReportStyle& style) {
  std::string out = Paint(style.colour).strong("Details for analysts") + "\n";
  out += method_lines(report, style) + metric_lines(report, style) + units_lines(report, style);
  for (const auto& row : report.results) out += row_lines(row, report.plan, style);
  return out + origin_lines(report, style);
}

}  // namespace touchstone::cli
