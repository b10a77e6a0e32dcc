#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "service/page/change_text.hpp"
#include "service/page/conclusion_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/drawing.hpp"
#include "service/page/number_text.hpp"
#include "service/page/sections.hpp"
#include "service/page/status_text.hpp"

namespace touchstone::page {
namespace {

using judge::Arm;
using judge::PlannedMetric;
using judge::Report;
using judge::Row;
using storage::MetricKind;
using storage::Score;
using storage::ScoreForm;

/// An arm of a metric, with the row that compares it; control stands in the first.
struct Told {
  std::string_view variant;
  const Arm& arm;
  const Row& row;
  std::size_t place;  ///< of the arm in the row
};

std::vector<Told> arms_of(const PlannedMetric& metric, const Report& report) {
  std::vector<Told> arms;
  for (const Row& row : report.results) {
    if (row.metric != metric.key) continue;
    if (arms.empty()) arms.push_back({row.control, row.arms[0], row, 0});
    arms.push_back({row.variant, row.arms[1], row, 1});
  }
  return arms;
}

std::string percent_of(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "0 %" : decimal(100 * static_cast<double>(part) / static_cast<double>(whole), 1) + " %";
}

/// Answers from `first` to `last`, as one part of all.
struct Range {
  std::string_view name;
  int first;
  int last;
};

/// What answers are put together: by their meaning where a score gives them one, else by thirds of the scale.
std::vector<Range> ranges_of(const Score& score) {
  if (score.form == ScoreForm::nps) return {{"detractors", 0, 6}, {"passives", 7, 8}, {"promoters", 9, 10}};
  if (score.form == ScoreForm::csat)
    return {{"others", score.lowest, score.top - 1}, {"satisfied", score.top, score.highest}};
  const int third = (score.highest - score.lowest + 1) / 3;
  return {{"low", score.lowest, score.lowest + third - 1},
          {"middle", score.lowest + third, score.highest - third},
          {"high", score.highest - third + 1, score.highest}};
}

std::uint64_t answers_in(const Range& range, const Score& score, const Arm& arm) {
  if (arm.answers.empty() || range.last < range.first) return 0;
  const auto first = arm.answers.begin() + (range.first - score.lowest);
  return std::accumulate(first, first + (range.last - range.first + 1), std::uint64_t{0});
}

std::string ranges_text(const Score& score, const Arm& arm) {
  std::string text;
  for (const Range& range : ranges_of(score))
    text += fmt::format("{}{} ({} to {}) {}", text.empty() ? "" : ", ", range.name, range.first, range.last,
                        percent_of(answers_in(range, score, arm), arm.n));
  return text;
}

Markup answers_bar(const Score& score, const Arm& arm) {
  constexpr std::array<std::string_view, 3> three{"low", "middle", "high"};
  const auto ranges = ranges_of(score);
  std::vector<Part> parts;
  for (std::size_t i = 0; i < ranges.size(); ++i)
    parts.push_back({static_cast<double>(answers_in(ranges[i], score, arm)) /
                         static_cast<double>(std::max<std::uint64_t>(arm.n, 1)),
                     ranges.size() == 2 && i == 1 ? "high" : three.at(i)});
  return draw_parts(parts, ranges_text(score, arm));
}

Markup share_bar(const Arm& arm, std::string_view css_class) {
  const double share = arm.mean.value_or(0);
  return draw_parts(std::array{Part{share, css_class}, Part{1 - share, "middle"}}, chance_text(share));
}

std::string who_counts(const Arm& arm) {
  if (arm.units)
    return fmt::format("{} of {} answered ({})", grouped(arm.n), grouped(*arm.units), percent_of(arm.n, *arm.units));
  return fmt::format("{} of {} units", grouped(arm.successes.value_or(0)), grouped(arm.n));
}

Markup arm_row(const PlannedMetric& metric, const Told& told) {
  const bool score = metric.kind == MetricKind::score;
  const auto bar = score ? answers_bar(*metric.score, told.arm)
                         : share_bar(told.arm, metric.kind == MetricKind::churn ? "low" : "high");
  auto detail = who_counts(told.arm);
  if (score) detail = ranges_text(*metric.score, told.arm) + "; " + detail;
  return element(
      "tr", {},
      element("th", {{"scope", "row"}}, element("bdi", {}, told.variant)) + element("td", {{"class", "drawing"}}, bar) +
          element(
              "td", {},
              element("strong", {}, mean_text(told.row, told.place)) + element("span", {{"class", "soft"}}, detail)));
}

/// Of those who came to a step how many did not take the next one.
std::string step_text(const Arm& arm, std::size_t step) {
  const auto reached = arm.steps[step];
  const auto before = step == 0 ? arm.n : arm.steps[step - 1];
  return fmt::format("{} ({} lost here)", percent_of(reached, arm.n), percent_of(before - reached, before));
}

Markup funnel_table(const PlannedMetric& metric, const std::vector<Told>& arms) {
  auto head = column_head("Step");
  for (const Told& told : arms) head += column_head(told.variant);
  Markup rows;
  for (std::size_t step = 0; step < metric.steps.size(); ++step) {
    auto cells = row_head(metric.steps[step]);
    for (const Told& told : arms)
      cells += element("td", {}, step < told.arm.steps.size() ? step_text(told.arm, step) : std::string("?"));
    rows += element("tr", {}, cells);
  }
  return element("table", {{"class", "customers"}},
                 element("thead", {}, element("tr", {}, head)) + element("tbody", {}, rows));
}

/// Who came to a step, and who took it.
struct Passing {
  std::uint64_t came = 0;
  std::uint64_t took = 0;

  [[nodiscard]] double share() const { return static_cast<double>(took) / static_cast<double>(came); }
};

Passing passing(const Arm& arm, std::size_t step) { return {step == 0 ? arm.n : arm.steps[step - 1], arm.steps[step]}; }

/// Standard errors of chance between the shares of two arms that take a step; pooled.
double apart(const Passing& control, const Passing& treatment) {
  if (control.came == 0 || treatment.came == 0) return 0;
  const auto came = static_cast<double>(control.came + treatment.came);
  const double pooled = static_cast<double>(control.took + treatment.took) / came;
  const double variance =
      pooled * (1 - pooled) * came / static_cast<double>(control.came) / static_cast<double>(treatment.came);
  return variance > 0 ? std::abs(treatment.share() - control.share()) / std::sqrt(variance) : 0;
}

/// The step at which the ways of two arms part, where one does by more than chance makes likely over all steps.
std::string parting_text(const PlannedMetric& metric, const Arm& control, const Told& treatment) {
  constexpr double kBeyondChance = 3;
  const auto steps = std::min({metric.steps.size(), control.steps.size(), treatment.arm.steps.size()});
  std::size_t widest = 0;
  double most = 0;
  for (std::size_t step = 0; step < steps; ++step)
    if (const double now = apart(passing(control, step), passing(treatment.arm, step)); now > most) {
      most = now;
      widest = step;
    }
  if (most < kBeyondChance)
    return fmt::format("No single step stands out: {} and {} take each of them alike.", treatment.variant,
                       treatment.row.control);
  const auto ours = passing(treatment.arm, widest);
  const auto theirs = passing(control, widest);
  return fmt::format("The variants part at {}: {} of those who come to it take it with {}, {} with {}.",
                     metric.steps[widest], percent_of(ours.took, ours.came), treatment.variant,
                     percent_of(theirs.took, theirs.came), treatment.row.control);
}

Markup arms_table(const PlannedMetric& metric, const std::vector<Told>& arms) {
  Markup rows;
  for (const Told& told : arms) rows += arm_row(metric, told);
  return element("table", {{"class", "customers"}}, element("tbody", {}, rows));
}

std::string finding_of(const Row& row, const Report& report) {
  if (row.status != "ok") return fmt::format("{}: not computable yet: {}.", row.variant, status_text(row.status));
  const auto change = deciding_change(row, report.plan);
  return fmt::format("{} against {}: {}{} ({} {}); {}.", row.variant, row.control, change.estimate,
                     change.scale == "relative" ? " relative" : "", interval_name(report.plan), change.range(),
                     conclusion_text(row.conclusion));
}

bool about_customers(const PlannedMetric& metric) {
  return metric.kind == MetricKind::score || metric.kind == MetricKind::retention || metric.kind == MetricKind::churn ||
         metric.kind == MetricKind::funnel;
}

Markup part_of(const PlannedMetric& metric, const Report& report) {
  const auto arms = arms_of(metric, report);
  if (arms.empty()) return {};
  auto part = element("h3", {}, element("bdi", {}, metric.key));
  part += metric.kind == MetricKind::funnel ? funnel_table(metric, arms) : arms_table(metric, arms);
  for (const Told& told : arms)
    if (told.place == 1) {
      part += element("p", {}, finding_of(told.row, report));
      if (metric.kind == MetricKind::funnel) part += element("p", {}, parting_text(metric, told.row.arms[0], told));
    }
  return part + element("p", {{"class", "soft"}}, metric.words);
}

}  // namespace

Markup customer_section(const Report& report) {
  Markup parts;
  for (const PlannedMetric& metric : report.plan.metrics)
    if (about_customers(metric)) parts += part_of(metric, report);
  if (parts.text.empty()) return {};
  const bool distrusted = report.verdict.code == "do_not_trust";
  return titled_section("customers",
                        distrusted ? "What customers say and do (not to be used)" : "What customers say and do", parts);
}

}  // namespace touchstone::page
