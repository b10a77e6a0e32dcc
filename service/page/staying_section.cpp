#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "service/page/change_text.hpp"
#include "service/page/course_drawing.hpp"
#include "service/page/number_text.hpp"
#include "service/page/sections.hpp"
#include "stats/survival/lifetime.hpp"

namespace touchstone::page {
namespace {

using judge::Staying;
using judge::SurvivalArm;

constexpr int kHeight = 132;
constexpr int kWidth = 1000;           // of what is stretched to the room there is
constexpr int kNumbers = 13;           // percent of the width, left of it
constexpr std::size_t kMostDrawn = 4;  // more lines cannot be told apart

std::string steps_text(const Staying& told, double steps) {
  constexpr std::array kWords{"minute", "hour", "day"};
  const auto word = kWords.at(static_cast<std::size_t>(told.step));
  return fmt::format("{} {}{}", grouped(static_cast<std::uint64_t>(steps)), word, steps == 1 ? "" : "s");
}

double watched(const Staying& told) {
  double longest = 0;
  for (const SurvivalArm& arm : told.arms) longest = std::max(longest, arm.watched);
  return longest;
}

/// Up to four times, evenly apart, at which the curves are told.
std::vector<double> marks_of(const Staying& told) {
  std::vector<double> marks;
  const double longest = watched(told);
  for (const double share : {0.25, 0.5, 0.75, 1.0})
    if (const double mark = std::round(share * longest); mark >= 1 && (marks.empty() || mark > marks.back()))
      marks.push_back(mark);
  return marks;
}

std::string share_text(const SurvivalArm& arm, double mark) {
  const auto step = stats::survival_at(arm.curve, mark);
  const auto percent = [](double share) { return decimal(100 * share, 1); };
  if (std::isnan(step.interval.low)) return fmt::format("{} %", percent(step.survival));
  return fmt::format("{} % ({} to {})", percent(step.survival), percent(step.interval.low),
                     percent(step.interval.high));
}

Markup arm_item(const Staying& told, std::size_t variant) {
  const SurvivalArm& arm = told.arms[variant];
  auto text = fmt::format(": {} units, it happened to {}.", grouped(arm.customers),
                          grouped(static_cast<std::uint64_t>(arm.ended)));
  std::string marks;
  for (const double mark : marks_of(told))
    if (mark <= arm.watched)
      marks += fmt::format("{}{} after {}", marks.empty() ? " Still without it: " : ", ", share_text(arm, mark),
                           steps_text(told, mark));
  if (!marks.empty()) text += marks + ".";
  return element("li", {}, element("bdi", {}, told.study.variants[variant]) + text_node(text));
}

Markup arms_of(const Staying& told) {
  Markup items;
  for (std::size_t v = 0; v < told.arms.size(); ++v) items += arm_item(told, v);
  return element("ul", {}, items);
}

std::string points_of(const SurvivalArm& arm, double longest) {
  std::string points = "0,0";
  double before = 1;
  const auto to = [&](double time, double share) {
    points += fmt::format(" {:.0f},{:.1f}", kWidth * time / longest, kHeight * (1 - share));
  };
  for (const auto& step : arm.curve) {
    to(step.ending.time, before);
    to(step.ending.time, step.survival);
    before = step.survival;
  }
  to(arm.watched, before);
  return points;
}

Markup number_at(double y, std::string_view text) {
  return element(
      "text", {{"x", fmt::format("{}%", kNumbers - 1)}, {"y", fmt::format("{:.0f}", y)}, {"text-anchor", "end"}}, text);
}

Markup drawing_of(const Staying& told) {
  if (told.arms.size() > kMostDrawn || watched(told) == 0) return {};
  Markup lines;
  for (std::size_t v = 0; v < told.arms.size(); ++v)
    lines += empty_element("polyline", {{"points", points_of(told.arms[v], watched(told))},
                                        {"class", v == 0 ? "course open" : "course dashed"}});
  lines += empty_element("line", {{"x1", "0"},
                                  {"x2", std::to_string(kWidth)},
                                  {"y1", std::to_string(kHeight)},
                                  {"y2", std::to_string(kHeight)},
                                  {"class", "zero"}});
  const auto stretched = element("svg",
                                 {{"x", fmt::format("{}%", kNumbers)},
                                  {"width", fmt::format("{}%", 100 - kNumbers)},
                                  {"height", std::to_string(kHeight)},
                                  {"viewBox", fmt::format("0 0 {} {}", kWidth, kHeight)},
                                  {"preserveAspectRatio", "none"}},
                                 lines);
  const auto label = fmt::format("To whom it has not happened, over {}; {} is the full line",
                                 steps_text(told, watched(told)), told.study.variants.front());
  return element("svg",
                 {{"class", "over-time"},
                  {"width", "100%"},
                  {"height", std::to_string(kHeight)},
                  {"role", "img"},
                  {"aria-label", label}},
                 number_at(kHeight * 0.08, "100 %") + number_at(kHeight, "0 %") + stretched) +
         element("p", {{"class", "soft"}}, label + ".");
}

Markup test_item(const Staying& told, const judge::SurvivalRow& row) {
  const auto name = element("bdi", {}, told.study.variants[row.variant]);
  const auto& hazard = row.hazard;
  if (hazard.status != stats::Status::ok || !std::isfinite(hazard.ratio))
    return element("li", {}, name + text_node(": too little happened to compare."));
  const auto end = [](double value) { return std::isfinite(value) ? decimal(value, 2) : std::string("∞"); };
  return element(
      "li", {},
      name + text_node(fmt::format(": it happens {} times as often as with ", end(hazard.ratio))) +
          element("bdi", {}, told.study.variants.front()) +
          text_node(fmt::format(" at any time ({} to {}). Chance of a difference so large by luck: {}.",
                                end(hazard.interval.low), end(hazard.interval.high), chance_text(row.adjusted_p))));
}

Markup tests_of(const Staying& told) {
  if (!told.tested_at)
    return element("p", {{"class", "soft"}},
                   "Compared once, at the last day of a plan that names one: curves that are looked at again and again "
                   "part by luck.");
  Markup items;
  for (const auto& row : told.rows) items += test_item(told, row);
  return element("p", {}, fmt::format("As known on {}, the last day of the plan:", date_text(*told.tested_at))) +
         element("ul", {}, items);
}

}  // namespace

Markup staying_section(const ReportHeading& heading) {
  Markup content;
  for (const Staying& told : heading.staying)
    content += element("h3", {}, element("bdi", {}, told.metric)) + drawing_of(told) + arms_of(told) + tests_of(told);
  if (content.text.empty()) return {};
  return titled_section("staying", "How long until it happens", content);
}

}  // namespace touchstone::page
