#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "service/page/change_text.hpp"
#include "service/page/number_text.hpp"
#include "service/page/sections.hpp"

namespace touchstone::page {
namespace {

using judge::InteractionRow;
using judge::Interactions;
using judge::OtherExperiment;
using judge::Report;

/// An absolute change as the report tells that metric's.
std::string told(const Report& report, const InteractionRow& row, const judge::Interval& change) {
  const auto same = [&](const judge::Row& one) { return one.metric == row.metric && one.variant == row.variant; };
  const auto found = std::ranges::find_if(report.results, same);
  if (found == report.results.end()) return exact(change);
  const ChangeText text = absolute_change_text(*found, change);
  return fmt::format("{} ({})", text.estimate, text.range());
}

Markup named(std::string_view name) { return element("bdi", {}, name); }

Markup difference_item(const Report& report, const OtherExperiment& other, const InteractionRow& row) {
  return element("li", {},
                 named(row.metric) + text_node(" with ") + named(row.variant) +
                     text_node(fmt::format(": {} on those who met ", told(report, row, row.with))) +
                     named(row.other_variant) + text_node(" of ") + named(other.key) +
                     text_node(fmt::format(", {} on those who met ", told(report, row, row.without))) +
                     named(other.control) +
                     text_node(fmt::format(". Apart by {}.", told(report, row, row.difference))));
}

Markup dependence_item(const OtherExperiment& other) {
  return element(
      "li", {},
      text_node("Who got what here has to do with who got what in ") + named(other.key) +
          text_node(fmt::format(". Chance by luck: {}. Find out why before believing either.", chance_text(*other.p))));
}

Markup findings_of(const Report& report, const Interactions& found) {
  Markup items;
  for (const OtherExperiment& other : found.others) {
    if (other.dependent) items += dependence_item(other);
    for (const InteractionRow& row : other.rows)
      if (row.stands_out) items += difference_item(report, other, row);
  }
  return items;
}

bool is_told(const OtherExperiment& other) {
  return std::ranges::any_of(other.rows, [](const InteractionRow& row) { return row.p.has_value(); });
}

std::string experiments(std::size_t count) {
  return fmt::format("{} other experiment{}", count, count == 1 ? "" : "s");
}

std::string none_text(const Interactions& found) {
  const auto judged = static_cast<std::size_t>(std::ranges::count_if(found.others, is_told));
  if (judged == 0 && found.others.front().rows.empty()) return "No goal here can be told by parts of its units.";
  if (judged == 0)
    return fmt::format("Too few of the units that {} shared count yet to tell.", experiments(found.others.size()));
  return fmt::format("Nothing shows that {} on the same units changed what this one does to its goals.",
                     experiments(judged));
}

std::string remark(const Interactions& found) {
  const OtherExperiment& most = found.others.front();
  auto text = fmt::format("A look at one moment, at {} that shared units: {} shared most of them, {}.",
                          experiments(found.others.size() + found.left_out), most.key, grouped(most.units));
  if (found.left_out > 0) text += fmt::format(" {} with fewer were left out.", found.left_out);
  if (!found.goals_left_out.empty())
    text += fmt::format(" Not told of ratios, quantiles and caps by percentile: {}.",
                        fmt::join(found.goals_left_out, ", "));
  return text + " A hint, which decides nothing.";
}

}  // namespace

Markup interactions_section(const Report& report, const ReportHeading& heading) {
  const auto& found = heading.interactions;
  if (!found || found->others.empty()) return {};
  const auto items = findings_of(report, *found);
  auto content = items.text.empty() ? element("p", {}, none_text(*found)) : element("ul", {}, items);
  content += element("p", {{"class", "soft"}}, remark(*found));
  return titled_section("interactions", "Other experiments on the same people", content);
}

}  // namespace touchstone::page
