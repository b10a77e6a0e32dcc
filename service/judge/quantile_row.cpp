#include "service/judge/quantile_row.hpp"

#include <algorithm>
#include <cmath>

#include "service/judge/figure.hpp"
#include "service/judge/gathered.hpp"
#include "stats/distribution/student.hpp"
#include "stats/fixed/quantile_difference.hpp"

namespace touchstone::judge {
namespace {

stats::QuantileArms arms_of(const Case& of, const SortedCells& cells, const Comparison& made) {
  std::vector<stats::QuantileStratum> strata;
  const auto cell = [&](std::size_t phase, std::size_t variant) {
    return &cells[phase * of.cells.shape.variants + variant];
  };
  for (std::size_t p = 0; p < of.cells.shape.phases && !cells.empty(); ++p)
    strata.push_back({cell(p, of.control()), cell(p, made.variant)});
  return stats::quantile_arms(*of.metrics[made.metric].quantile, strata);
}

/// Its variance is that of one unit as far as planning goes: n units have the standard error of the quantile.
Arm shown(const Case& of, std::size_t variant, std::size_t metric, const stats::QuantileArm& known, double scale) {
  const Gathered found = gathered(of, variant, metric);
  Arm arm;
  arm.n = static_cast<std::uint64_t>(found.sums.y.n);
  arm.units = static_cast<std::uint64_t>(found.units);
  arm.mean = figure(known.estimate / scale);
  if (known.se() > 0) arm.variance = figure(std::pow(known.se() / scale, 2) * static_cast<double>(arm.n));
  return arm;
}

Interval limits(const stats::QuantileArm& arm, double alpha, double scale) {
  const stats::Interval ends = arm.limits(stats::student_upper_quantile(alpha / 2, arm.df), arm.share_se);
  return {"ok", figure(arm.estimate / scale), figure(ends.low / scale), figure(ends.high / scale)};
}

}  // namespace

SortedCells sorted_cells(const Case& of, std::size_t metric) {
  const auto events = std::ranges::find(of.facts.events, metric, &QuantileEvents::metric);
  if (events == of.facts.events.end()) return {};
  return {events->cells.begin(), events->cells.end()};
}

void compare_quantiles(const Case& of, const SortedCells& cells, Comparison& made) {
  const stats::QuantileArms arms = arms_of(of, cells, made);
  const double scale = std::pow(10.0, of.metrics[made.metric].decimals);
  const double alpha = of.plan().alpha;
  made.fixed = stats::compare_quantiles(arms, alpha, scale);
  made.always_valid = stats::always_valid_quantiles(arms, {alpha, of.planned_pair().value_or(kTypicalSize)}, scale);
  Row& row = made.row;
  row.arms = {shown(of, of.control(), made.metric, arms.a, scale), shown(of, made.variant, made.metric, arms.b, scale)};
  row.fixed.test = "clustered_quantile";
  Quantiles& told = row.quantile.emplace();
  told.which = *of.metrics[made.metric].quantile;
  told.events = {static_cast<std::uint64_t>(arms.a.events), static_cast<std::uint64_t>(arms.b.events)};
  told.above = {static_cast<std::uint64_t>(arms.a.above), static_cast<std::uint64_t>(arms.b.above)};
  if (made.fixed.absolute.status != stats::Status::ok) return;
  row.fixed.df = figure(stats::quantile_df(arms));
  row.fixed.statistic = figure(stats::quantile_z(arms, stats::ShareError::own));
  told.design_effect = {figure(arms.a.design_effect), figure(arms.b.design_effect)};
  told.arms = {limits(arms.a, alpha, scale), limits(arms.b, alpha, scale)};
}

}  // namespace touchstone::judge
