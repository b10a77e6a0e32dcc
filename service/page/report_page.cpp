#include "service/page/report_page.hpp"

#include <utility>

#include <fmt/format.h>

#include "service/page/frame.hpp"
#include "service/page/number_text.hpp"
#include "service/page/sections.hpp"
#include "service/page/verdict_text.hpp"

namespace touchstone::page {
namespace {

std::string progress_of(const judge::Report& report, const ReportHeading& heading) {
  if (!report.plan.horizon.units) return heading.progress;
  return fmt::format("{} of {} units", grouped(report.counts.units), grouped(*report.plan.horizon.units));
}

Markup facts(const judge::Report& report, const ReportHeading& heading) {
  Markup list;
  const auto fact = [&list](std::string_view label, const std::string& value) {
    if (!value.empty())
      list += element("li", {}, element("span", {{"class", "label"}}, label) + text_node(" " + value));
  };
  fact("Status", heading.state);
  fact("Owner", heading.owner);
  fact("Started", heading.started);
  fact("Ended", heading.ended);
  fact("Planned", progress_of(report, heading));
  fact("Data up to", heading.data_up_to);
  if (heading.name != report.experiment && !heading.name.empty()) fact("Key", report.experiment);
  return list.text.empty() ? list : element("ul", {{"class", "facts"}}, list);
}

Markup footer(const judge::Report& report, const ReportHeading& heading) {
  auto text = "Touchstone report on " + report.experiment;
  if (!heading.data_up_to.empty()) text += ", data up to " + heading.data_up_to;
  if (!report.digest.results.empty()) text += ", " + report.digest.results;
  return element("footer", {}, text);
}

Markup script_of(const ReportHeading& heading, const PageStyle& style) {
  if (style.script.empty()) return {};
  Attributes attributes{{"type", "module"}, {"src", style.script}};
  if (!heading.time_zone.empty()) attributes.emplace_back("data-time-zone", heading.time_zone);
  return element("script", attributes, "");
}

std::string name_of(const judge::Report& report, const ReportHeading& heading) {
  return heading.name.empty() ? report.experiment : heading.name;
}

}  // namespace

std::string row_anchor(std::size_t row) { return "row-" + std::to_string(row); }

std::string check_anchor(std::size_t check) { return "check-" + std::to_string(check); }

Markup titled_section(std::string_view id, std::string_view title, const Markup& content) {
  const auto heading = std::string(id) + "-title";
  return element("section", {{"id", std::string(id)}, {"aria-labelledby", heading}},
                 element("h2", {{"id", heading}}, title) + content);
}

Markup column_head(std::string_view text) { return element("th", {{"scope", "col"}}, text); }

Markup row_head(std::string_view text) { return element("th", {{"scope", "row"}}, text); }

Markup link(const std::string& target, std::string_view text) { return element("a", {{"href", target}}, text); }

/// The console, and the report as files.
Markup links_onward(const judge::Report& report, bool files) {
  const auto file = "/experiments/" + report.experiment + "/report.";
  auto items = element(
      "li", {},
      link("/console/experiments/" + report.experiment, files ? "Run, decide and share it" : "See how it is run"));
  if (!files) return element("ul", {{"class", "onward"}}, items);
  for (const auto& [ending, words] : {std::pair{"html", "Save the page"}, std::pair{"csv", "Table (CSV)"},
                                      std::pair{"json", "Document (JSON)"}, std::pair{"md", "Text for chat"}})
    items += element("li", {}, link(file + ending, words));
  items += element("li", {}, link("/experiments/" + report.experiment + "/changes.svg", "Drawing (SVG)"));
  items += element("li", {}, link("/experiments/" + report.experiment + "/series.ndjson", "Day by day (NDJSON)"));
  return element("ul", {{"class", "onward"}}, items);
}

Markup heading_section(const judge::Report& report, const ReportHeading& heading, const PageStyle& style) {
  auto content = element("h1", {}, element("bdi", {}, name_of(report, heading)));
  if (!heading.hypothesis.empty()) content += element("p", {{"class", "hypothesis"}}, heading.hypothesis);
  content += facts(report, heading);
  if (style.signed_in) content += links_onward(report, style.takes_away);
  return element("header", {{"class", "head"}}, content);
}

std::string report_page(const judge::Report& report, const ReportHeading& heading, const PageStyle& style) {
  auto content = heading_section(report, heading, style) + verdict_section(report, heading.reach) +
                 truth_section(heading, style) + trust_section(report, style) + changes_section(report, heading) +
                 journey_section(report, heading.stages) + customer_section(report) + staying_section(heading) +
                 segments_section(report) + certainty_section(report) + over_time_section(report, heading) +
                 interactions_section(report, heading) + counts_section(report, heading) +
                 analyst_section(report, style) + decisions_section(heading) + footer(report, heading);
  content += script_of(heading, style);
  return framed(name_of(report, heading) + ": " + verdict_text(report).headline, content,
                style.self_contained ? Styled::within : Styled::linked);
}

}  // namespace touchstone::page
