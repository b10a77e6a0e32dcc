#include "service/judge/drift.hpp"

#include <cmath>
#include <vector>

#include "service/judge/gathered.hpp"
#include "service/judge/looks.hpp"
#include "stats/strata.hpp"

namespace touchstone::judge {
namespace {

/// Looks joined, with their mean time.
struct Point {
  std::size_t phase = 0;
  double unit_days = 0;
  stats::RatioSums control;
  stats::RatioSums treatment;
  std::int64_t units = 0;
};

double days_since_start(const Case& of, Time at) {
  return std::chrono::duration<double, std::ratio<86'400>>(at - of.cells.shape.clock.origin).count();
}

void join(const Case& of, Point& point, const Look& look) {
  point.phase = look.phase;
  point.units += look.units();
  point.unit_days += static_cast<double>(look.units()) * days_since_start(of, look.end);
  point.control.merge(look.control.sums);
  point.treatment.merge(look.treatment.sums);
}

std::vector<Point> joined(const Case& of, const std::vector<Look>& looks) {
  std::int64_t all = 0;
  for (const Look& look : looks) all += look.units();
  std::vector<Point> points;
  bool full = true;
  for (const Look& look : looks) {
    if (full || points.back().phase != look.phase) points.emplace_back();
    join(of, points.back(), look);
    full = points.back().units * static_cast<std::int64_t>(kDriftPoints) >= all;
  }
  return points;
}

struct Arms {
  stats::Moments a;
  stats::Moments b;
};

std::vector<Arms> arms_of(const Case& of, std::size_t metric, const std::vector<Point>& points) {
  std::vector<Arms> all;
  for (const Point& point : points)
    all.push_back({moments_of(of, metric, point.control), moments_of(of, metric, point.treatment)});
  return all;
}

/// Of one unit's value, within points.
double variance_within(const std::vector<Arms>& points, stats::Moments Arms::*arm) {
  double m2 = 0;
  double df = 0;
  for (const Arms& point : points) {
    if ((point.*arm).n < 2) continue;
    m2 += (point.*arm).m2;
    df += (point.*arm).count() - 1;
  }
  return m2 / df;
}

struct Whole {
  double a = 0;
  bool relative = false;
  double lift = 0;  ///< 0 where there are no ratios
  double unit = 1;  ///< what a point is divided by
};

Whole whole_of(const std::vector<Arms>& points, bool ratios) {
  Whole whole;
  double b = 0;
  double weights = 0;
  for (const Arms& point : points) {
    const double weight = stats::harmonic_weight(point.a.n, point.b.n);
    if (weight == 0) continue;
    whole.a += weight * point.a.mean;
    b += weight * point.b.mean;
    weights += weight;
  }
  if (!ratios || !(whole.a > 0)) return whole;
  whole.relative = true;
  whole.lift = b / whole.a - 1;
  whole.unit = whole.a / weights;
  return whole;
}

}  // namespace

Drift drift(const Case& of, std::size_t metric, std::size_t variant) {
  const std::vector<Point> points = joined(of, looks(of, metric, variant));
  const std::vector<Arms> arms = arms_of(of, metric, points);
  const Whole whole = whole_of(arms, of.metrics[metric].kind != storage::MetricKind::score);
  const double of_a = std::pow(1 + whole.lift, 2) * variance_within(arms, &Arms::a);
  const double of_b = variance_within(arms, &Arms::b);
  std::vector<stats::TrendPoint> line;
  for (std::size_t k = 0; k < points.size(); ++k) {
    const auto& [a, b] = arms[k];
    if (a.n == 0 || b.n == 0) continue;
    line.push_back({points[k].unit_days / static_cast<double>(points[k].units),
                    whole.lift + (b.mean - (1 + whole.lift) * a.mean) / whole.unit,
                    std::sqrt(of_a / a.count() + of_b / b.count()) / whole.unit});
  }
  return {stats::trend(line, whole.relative ? 1 : std::sqrt(of_a)), whole.relative};
}

}  // namespace touchstone::judge
