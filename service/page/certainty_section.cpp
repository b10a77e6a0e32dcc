#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "service/page/change_text.hpp"
#include "service/page/conclusion_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/drawing.hpp"
#include "service/page/sections.hpp"
#include "stats/wording.hpp"

namespace touchstone::page {
namespace {

using judge::Report;
using judge::Row;

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

std::string sentence_of(const Row& row, const Report& report) {
  const auto better = better_of(dotplot_of(*spread_of(row, report.plan), 20), less_is_better(report.plan, row.metric));
  if (always_valid(report.plan))
    return fmt::format("{}: {} of 20 outcomes compatible with the data are better than today.", row.metric, better);
  return fmt::format("{}: {} of 20 equally likely outcomes are better than today.{}", row.metric, better,
                     probability_words(row));
}

/// Green for what is decided, and for nothing else.
std::string_view tone_class(const Row& row) { return tone_of(row.conclusion) == Tone::good ? "good" : "open"; }

Markup plot_of(const Row& row, const Report& report, std::size_t dots, std::string_view css_class) {
  const auto spread = *spread_of(row, report.plan);
  const auto plot = dotplot_of(spread, dots);
  const std::array ends{plot.outcomes.front() - plot.column_width, plot.outcomes.back() + plot.column_width};
  const auto axis = axis_around(ends);
  const bool share = told_relative(row) || told_as_share(row);
  const auto suffix = told_relative(row) ? " %" : "";
  const auto label = fmt::format("{} dots, one for each of as many outcomes. {}", dots, sentence_of(row, report));
  return element("div", {{"class", std::string(css_class)}},
                 draw_dotplot(plot, axis, less_is_better(report.plan, row.metric), tone_class(row), label, "dots") +
                     draw_ticks(axis, share ? 100 : 1, suffix, dots > 20 ? 8 : 4, "ticks"));
}

Markup part_of(const Row& row, const Report& report) {
  const auto title =
      element("h3", {}, element("bdi", {}, row.metric) + text_node(" with ") + element("bdi", {}, row.variant));
  if (is_strict(report.plan.method))
    return title + element("p", {}, "A strict plan tells which way a change goes, and not how large it is.");
  if (!spread_of(row, report.plan))
    return title + element("p", {}, "The range of the change is still open on one side: more data are needed.");
  return title + plot_of(row, report, 50, "wide") + plot_of(row, report, 20, "phone") +
         element("p", {}, sentence_of(row, report));
}

std::string legend(const Report& report) {
  const auto kind = always_valid(report.plan) ? "outcome that is compatible with the data" : "equally likely outcome";
  return fmt::format("Each dot is one {}: how much the goal would change. The line marks no change.", kind);
}

}  // namespace

Markup certainty_section(const Report& report) {
  if (report.verdict.code == "do_not_trust") return {};
  Markup parts;
  for (const auto& row : report.results)
    if (row.role == storage::MetricRole::goal && row.status == "ok") parts += part_of(row, report);
  if (parts.text.empty()) return {};
  return titled_section("certainty", "How sure are we?", parts + element("p", {{"class", "soft"}}, legend(report)));
}

}  // namespace touchstone::page
