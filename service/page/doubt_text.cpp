#include "service/page/doubt_text.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "service/page/change_text.hpp"
#include "service/page/number_text.hpp"

namespace touchstone::page {
namespace {

using judge::Check;
using judge::Report;

/// A text without the quotes that JSON puts around it.
std::string unquoted(std::string_view json) {
  const bool text = json.size() >= 2 && json.front() == '"';
  return std::string(text ? json.substr(1, json.size() - 2) : json);
}

std::string slice_name(const Check& check) {
  return check.slice.empty() ? "no " + check.attribute : check.attribute + " " + unquoted(check.slice);
}

std::string counts_of(const Check& check, const Report& report) {
  std::vector<std::string> counts;
  for (const auto& variant : report.plan.variants)
    counts.push_back(fmt::format("{} {} of {} planned", variant.key,
                                 decimal(figure_of(check, "units:" + variant.key).value_or(0), 0),
                                 decimal(figure_of(check, "expected:" + variant.key).value_or(0), 0)));
  return fmt::format("{}", fmt::join(counts, ", "));
}

bool is_score(const Check& check, const Report& report) {
  const auto metric = std::ranges::find(report.plan.metrics, check.metric, &judge::PlannedMetric::key);
  return metric != report.plan.metrics.end() && metric->kind == storage::MetricKind::score;
}

std::string change_of(double change, bool relative) {
  return relative ? signed_decimal(100 * change, 1) + " %" : signed_decimal(change, 2);
}

std::string luck(const Check& check) { return check.value ? chance_text(*check.value) : "unknown"; }

/// What the line from the first to the last says.
std::string_view course(double first, double last) {
  if (first * last < 0) return "It turned around";
  if (std::abs(last) < std::abs(first))
    return "It fades, as the charm of what is new does, so the whole promises more than will last";
  return "It grows, as where people have to learn first, so the whole may promise less than will come";
}

}  // namespace

Words slice_split(const Check& check, const Report& report) {
  if (check.status == "too_many_values")
    return {
        "slices not looked at",
        "Exposures carry too many different sets of attributes to look at the split by slice. Send attributes of few "
        "values with them."};
  if (fine(check))
    return {"split by " + check.attribute,
            fmt::format("No slice of units by {} stands out by its split.", check.attribute)};
  return {slice_name(check) + " not split as planned",
          fmt::format("Among units with {}: {}; the other slices by {} are as planned. Chance of so uneven a split by "
                      "luck: {}. Something loses or adds units there.",
                      slice_name(check), counts_of(check, report), check.attribute, luck(check))};
}

Words post_exposure(const Check& check, const Report&) {
  if (check.status == "names_variant")
    return {check.attribute + " tells the variant",
            fmt::format("{} says which variant was met, and nothing of the unit.", check.attribute)};
  return {
      "do not compare by " + check.attribute,
      fmt::format("The groups differ in {0} by more than luck ({1}), and no slice alone explains it: {0} is measured "
                  "after units met their variant, or changed by it. Units must not be compared by it.",
                  check.attribute, luck(check))};
}

/// What is beyond the limit for certain.
std::string beyond(const Check& check, bool relative, double change) {
  if (!relative) return fmt::format("beyond {:g}", check.limit.value_or(0));
  return change < 0 ? "less than half of control" : "more than double of control";
}

Words twyman(const Check& check, const Report& report) {
  if (fine(check)) return {"no implausible change", "No change is larger than is plausible."};
  const bool relative = !is_score(check, report);
  const auto change = figure_of(check, "change:" + check.variant);
  return {"implausible change of " + check.metric,
          fmt::format("{} of {}: the change is {}, and certainly {}. So large a change is more often a defect than a "
                      "success (Twyman's law): look at the events of both groups first.",
                      check.metric, check.variant, change ? change_of(*change, relative) : "from none at all",
                      beyond(check, relative, change.value_or(1)))};
}

Words simpson(const Check& check, const Report&) {
  if (fine(check)) return {"no reversal", "Totals over phases point no other way than what is within them."};
  const auto told = [&](std::string_view name) {
    return significant(figure_of(check, fmt::format("{}:{}", name, check.variant)).value_or(0), 2);
  };
  const bool segments = !check.attribute.empty();
  const std::string_view parts = segments ? "segments" : "phases";
  const std::string by = segments ? " by " + check.attribute : std::string();
  return {"totals of " + check.metric + " mislead",
          fmt::format("{} of {}: totals over all {}{} differ by {}, units within {} by {}. Split and rates {} together "
                      "(Simpson's paradox). {}",
                      check.metric, check.variant, parts, by, told("added_up"), parts,
                      told(segments ? "within_segments" : "within_phases"), segments ? "differ" : "changed",
                      segments ? "Find out why the split is another one in some segment before believing the result."
                               : "The result compares within phases; compare no totals.")};
}

Words drift(const Check& check, const Report&) {
  if (fine(check)) return {"no drift", "No change is shown to drift from those who entered first to the last."};
  const bool relative = figure_of(check, "relative:" + check.variant).value_or(0) > 0;
  const double first = figure_of(check, "first:" + check.variant).value_or(0);
  const double last = figure_of(check, "last:" + check.variant).value_or(0);
  return {check.metric + " drifts",
          fmt::format("{} of {}: {} among those who entered first, {} among the last. Chance of such a drift by luck: "
                      "{}. {}.",
                      check.metric, check.variant, change_of(first, relative), change_of(last, relative), luck(check),
                      course(first, last))};
}

Words novelty(const Check& check, const Report&) {
  if (fine(check))
    return {"no novelty effect", "No change is shown to fade or grow over the days after the first exposure."};
  const auto told = [&](std::string_view name) {
    return figure_of(check, fmt::format("{}:{}", name, check.variant)).value_or(0);
  };
  const double days = figure_of(check, "days").value_or(0);
  return {fmt::format("{} {}", check.metric, check.code == "primacy" ? "grows with use" : "wears off"),
          fmt::format("{} of {}: {} on a unit's first day, {} on day {:g}, among units that completed them all. The "
                      "change moves by {} a day (between {} and {}). Chance of such a course by luck: {}. {}.",
                      check.metric, check.variant, change_of(told("first"), true), change_of(told("last"), true), days,
                      change_of(told("per_day"), true), change_of(told("per_day_low"), true),
                      change_of(told("per_day_high"), true), luck(check), course(told("first"), told("last")))};
}

}  // namespace touchstone::page
