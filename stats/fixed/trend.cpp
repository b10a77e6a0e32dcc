#include "stats/fixed/trend.hpp"

#include <algorithm>
#include <cmath>

#include "stats/fixed/z_test.hpp"
#include "stats/numeric/binomial.hpp"
#include "stats/numeric/tail.hpp"

namespace touchstone::stats {
namespace {

/// Weighted sums over the points, about the weighted mean time.
struct Line {
  double weight = 0;
  double mean_at = 0;
  double mean = 0;
  double spread = 0;
  double rise = 0;
};

double weight_of(const TrendPoint& point) noexcept { return 1 / (point.se * point.se); }

Line line_of(std::span<const TrendPoint> points) noexcept {
  Line line;
  for (const TrendPoint& point : points) {
    line.weight += weight_of(point);
    line.mean_at += weight_of(point) * point.at;
    line.mean += weight_of(point) * point.estimate;
  }
  line.mean_at /= line.weight;
  line.mean /= line.weight;
  for (const TrendPoint& point : points) {
    line.spread += weight_of(point) * (point.at - line.mean_at) * (point.at - line.mean_at);
    line.rise += weight_of(point) * (point.at - line.mean_at) * point.estimate;
  }
  return line;
}

double log_e(const Line& line, double scale) noexcept {
  const double information = scale * scale * line.spread;
  const double z2 = line.rise * line.rise / line.spread;
  return 0.5 * (z2 * information / (1 + information) - std::log1p(information));
}

Tail anytime(const Line& line, double unit) noexcept {
  constexpr int scales = 7;
  double sum = -infinity;
  for (int i = 0; i < scales; ++i) sum = log_add(sum, log_e(line, unit * std::pow(10.0, -0.5 * i)));
  return anytime_p(sum - std::log(static_cast<double>(scales)));
}

}  // namespace

Trend trend(std::span<const TrendPoint> points, double unit) noexcept {
  Trend found;
  if (points.empty()) return found;
  const auto [earliest, latest] = std::ranges::minmax(points, {}, &TrendPoint::at);
  const bool known = std::ranges::all_of(points, [](const TrendPoint& point) { return point.se > 0; });
  found.status = known && points.size() >= 3 && earliest.at < latest.at ? Status::ok : Status::insufficient_data;
  if (found.status != Status::ok) return found;
  const Line line = line_of(points);
  found.slope = line.rise / line.spread;
  found.slope_se = std::sqrt(1 / line.spread);
  found.p = z_test(found.slope, found.slope_se, 0.05).two_sided;
  found.anytime = anytime(line, unit);
  found.first = line.mean + found.slope * (earliest.at - line.mean_at);
  found.last = line.mean + found.slope * (latest.at - line.mean_at);
  return found;
}

}  // namespace touchstone::stats
