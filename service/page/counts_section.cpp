#include <fmt/format.h>

#include "service/page/number_text.hpp"
#include "service/page/sections.hpp"

namespace touchstone::page {
namespace {

using judge::Report;

std::string planned_share(const Report& report, std::string_view variant) {
  for (const auto& candidate : report.plan.variants)
    if (candidate.key == variant) return fmt::format("{:.4g} %", static_cast<double>(candidate.weight) / 10'000);
  return "?";
}

Markup count_row(const judge::VariantCount& count, const Report& report) {
  Markup cells = element("th", {{"scope", "row"}}, element("bdi", {}, count.variant));
  for (const auto& text :
       {planned_share(report, count.variant), grouped(count.units), grouped(count.crossover), grouped(count.analysed)})
    cells += element("td", {}, text);
  return element("tr", {}, cells);
}

std::string exposures_text(const judge::Counts& counts) {
  return fmt::format(
      "{} exposures of {} units; {} repeat an earlier one, {} contradict their variant, {} belong to no variant.",
      grouped(counts.exposures), grouped(counts.units), grouped(counts.repeated_exposures),
      grouped(counts.contradictions), grouped(counts.unattributed));
}

/// One that could not be read names no experiment.
std::string sent_text(const judge::Ledger& sent) {
  return fmt::format(
      " Of {} exposures that were sent for it {} were stored, {} had been stored before, {} are set aside.",
      grouped(sent.sent), grouped(sent.stored), grouped(sent.duplicate), grouped(sent.quarantined));
}

}  // namespace

Markup counts_section(const Report& report, const ReportHeading& heading) {
  if (report.counts.variants.empty()) return {};
  Markup rows;
  for (const auto& count : report.counts.variants) rows += count_row(count, report);
  const auto head = element("tr", {},
                            column_head("Variant") + column_head("Planned") + column_head("Exposed") +
                                column_head("Overlap") + column_head("Analysed"));
  return titled_section(
      "counts", "Who took part",
      element("table", {{"class", "counts"}}, element("thead", {}, head) + element("tbody", {}, rows)) +
          element("p", {{"class", "soft"}},
                  exposures_text(report.counts) + (heading.exposures_sent ? sent_text(*heading.exposures_sent) : "")));
}

}  // namespace touchstone::page
