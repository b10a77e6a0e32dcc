#include "service/page/certainty.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "service/page/change_text.hpp"
#include "service/page/conclusion_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/drawing.hpp"
#include "stats/wording.hpp"

namespace touchstone::page {

using judge::Report;
using judge::Row;

namespace {

std::optional<Spread> spread_of(const Row& row, const judge::JudgedPlan& plan) {
  const auto& interval = deciding_interval(row, plan);
  if (!interval.estimate || !interval.low || !interval.high || !(*interval.low < *interval.high)) return {};
  // What was declared once stays declared, so a later estimate may lie outside.
  return Spread{*interval.low, std::clamp(*interval.estimate, *interval.low, *interval.high), *interval.high,
                plan.alpha};
}

std::size_t better_of(const Dotplot& plot, bool less_is_better) {
  return static_cast<std::size_t>(
      std::ranges::count_if(plot.outcomes, [&](double outcome) { return less_is_better ? outcome < 0 : outcome > 0; }));
}

/// With the number always beside the word; below the toss-up the word belongs to the opposite statement.
std::string probability_words(const Row& row) {
  const auto& chance = row.posterior.chance_to_beat_control;
  if (!chance) return {};
  const bool up = *chance >= 0.5;
  const double told = up ? *chance : 1 - *chance;
  return fmt::format(" The odds, {} ({}): {} is {} than {}.", stats::probability_word(told), chance_text(told),
                     row.variant, up ? "better" : "worse", row.control);
}

/// Green for what is decided, and for nothing else.
std::string_view tone_class(const Row& row) { return tone_of(row.conclusion) == Tone::good ? "good" : "open"; }

}  // namespace

bool bounded(const Row& row, const judge::JudgedPlan& plan) { return spread_of(row, plan).has_value(); }

std::vector<const Row*> certain_goals(const Report& report) {
  std::vector<const Row*> goals;
  if (report.verdict.code == "do_not_trust" || is_strict(report.plan.method)) return goals;
  for (const Row& row : report.results)
    if (row.role == storage::MetricRole::goal && row.status == "ok" && bounded(row, report.plan)) goals.push_back(&row);
  return goals;
}

std::string certainty_sentence(const Row& row, const Report& report) {
  const auto better = better_of(dotplot_of(*spread_of(row, report.plan), 20), less_is_better(report.plan, row.metric));
  if (always_valid(report.plan))
    return fmt::format("{}: {} of 20 outcomes compatible with the data are better than today.", row.metric, better);
  return fmt::format("{}: {} of 20 equally likely outcomes are better than today.{}", row.metric, better,
                     probability_words(row));
}

std::string certainty_legend(const Report& report) {
  const auto kind = always_valid(report.plan) ? "outcome that is compatible with the data" : "equally likely outcome";
  return fmt::format("Each dot is one {}: how much the goal would change. The line marks no change.", kind);
}

DrawnCertainty draw_certainty(const Row& row, const Report& report, std::size_t dots) {
  const auto plot = dotplot_of(*spread_of(row, report.plan), dots);
  const std::array ends{plot.outcomes.front() - plot.column_width, plot.outcomes.back() + plot.column_width};
  const auto axis = axis_around(ends);
  const bool share = told_relative(row) || told_as_share(row);
  const auto* const suffix = told_relative(row) ? " %" : "";
  auto sentence = certainty_sentence(row, report);
  const auto label = fmt::format("{} dots, one for each of as many outcomes. {}", dots, sentence);
  return {draw_dotplot(plot, axis, less_is_better(report.plan, row.metric), tone_class(row), label, "dots"),
          dotplot_height(plot), draw_ticks(axis, share ? 100 : 1, suffix, dots > 20 ? 8 : 4, "ticks"),
          std::move(sentence)};
}

}  // namespace touchstone::page
