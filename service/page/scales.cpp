#include "service/page/scales.hpp"

#include <algorithm>

#include "service/page/deciding.hpp"
#include "service/page/row_cells.hpp"

namespace touchstone::page {
namespace {

Markup choice_of(const std::string& scale, std::string_view words, bool chosen) {
  Attributes attributes{{"type", "radio"}, {"name", "scale"}, {"id", "scale-" + scale}};
  if (chosen) attributes.emplace_back("checked", "checked");
  return empty_element("input", attributes) + element("label", {{"for", "scale-" + scale}}, words);
}

Markup on_scale(const std::string& scale, const std::string& change, const std::string& range) {
  return element("span", {{"class", "as-" + scale}},
                 element("strong", {}, change) + element("span", {{"class", "soft"}}, range));
}

Markup month_of(const judge::Row& row, const judge::Report& report, const Reach& reach) {
  const auto month = monthly_text(row, report, reach);
  if (!month) return element("span", {{"class", "as-month"}}, "does not add up over a month");
  return on_scale("month", month->estimate + " a month", month->range());
}

}  // namespace

Markup scale_choice(const judge::Report& report, const Reach& reach) {
  auto choices = choice_of("relative", "Relative", true) + choice_of("absolute", "Absolute", false);
  if (any_monthly(report, reach)) choices += choice_of("month", "Per month", false);
  return element("legend", {{"class", "unseen"}}, "Show changes") + choices;
}

Markup scaled_change_cell(const judge::Row& row, const judge::Report& report, const Reach& reach) {
  if (row.status != "ok") return change_cell(row, report.plan);
  const auto relative = told_relative(row) ? deciding_change(row, report.plan) : absolute_text(row, report.plan, reach);
  const auto absolute = absolute_text(row, report.plan, reach);
  auto told = on_scale("relative", change_words(relative), relative.range()) +
              on_scale("absolute", absolute.estimate, absolute.range());
  if (any_monthly(report, reach)) told += month_of(row, report, reach);
  return element("td", {{"class", "change"}}, told);
}

Markup scale_notes(const judge::Report& report, const Reach& reach) {
  const bool drawn = std::ranges::any_of(report.results, told_relative);
  const std::string drawings = drawn ? " The drawings stay relative to control." : "";
  auto notes = drawn ? element("span", {{"class", "as-absolute"}}, drawings) : Markup{};
  if (any_monthly(report, reach))
    notes += element("span", {{"class", "as-month"}},
                     " A month: the change of a unit times " + reach_text(reach) + "." + drawings);
  return notes;
}

}  // namespace touchstone::page
