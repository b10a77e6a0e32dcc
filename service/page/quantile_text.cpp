#include "service/page/quantile_text.hpp"

#include <fmt/format.h>

#include "service/page/change_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/number_text.hpp"

namespace touchstone::page {
namespace {

/// Two or three digits are enough to see how far from independent events are.
std::string times_text(const std::optional<double>& effect) { return effect ? significant(*effect, 3) : "?"; }

std::string arm_text(const judge::Interval& arm, const std::string& unit) {
  const auto end = [](const std::optional<double>& limit, const char* open) { return limit ? exact(limit) : open; };
  return fmt::format("{}{} [{}, {}]", exact(arm.estimate), unit, end(arm.low, "−∞"), end(arm.high, "+∞"));
}

}  // namespace

std::string quantile_name(const judge::Row& row) {
  return row.quantile ? fmt::format("p{:g}", 100 * row.quantile->which) : std::string{};
}

std::string quantile_unit(const judge::Row& row, const judge::JudgedPlan& plan) {
  const auto* const metric = planned(plan, row.metric);
  return row.quantile && metric != nullptr && !metric->unit.empty() ? "\u00A0" + metric->unit : std::string{};
}

std::string quantile_change(const judge::Row& row, const judge::JudgedPlan& plan) {
  if (!row.quantile) return {};
  const auto unit = quantile_unit(row, plan);
  return fmt::format("{} {}{} → {}{}", quantile_name(row), mean_text(row, 0), unit, mean_text(row, 1), unit);
}

std::string quantile_text(const judge::Row& row, const judge::JudgedPlan& plan) {
  if (!row.quantile) return {};
  const auto& made = *row.quantile;
  if (!made.arms[0].estimate) return "not known yet: each arm needs 20 units with events, and 5 with events beyond it";
  const auto unit = quantile_unit(row, plan);
  return fmt::format(
      "{:g} % of events have at most {} with control, {} with treatment; {} and {} events of {} and {} units, {} and "
      "{} "
      "of them above; variance {} and {} times that of independent events",
      100 * made.which, arm_text(made.arms[0], unit), arm_text(made.arms[1], unit), grouped(made.events[0]),
      grouped(made.events[1]), grouped(row.arms[0].n), grouped(row.arms[1].n), grouped(made.above[0]),
      grouped(made.above[1]), times_text(made.design_effect[0]), times_text(made.design_effect[1]));
}

}  // namespace touchstone::page
