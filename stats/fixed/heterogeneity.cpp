#include "stats/fixed/heterogeneity.hpp"

#include <algorithm>
#include <cmath>

#include "stats/distribution/gamma.hpp"

namespace touchstone::stats {
namespace {

// Inverse-variance mean with a common extra variance.
struct Pooled {
  double weight = 0;
  double weight_squares = 0;
  double mean = 0;
};
Pooled pool(std::span<const SegmentEffect> segments, double tau2) noexcept {
  Pooled pooled;
  double sum = 0;
  for (const SegmentEffect& s : segments) {
    const double w = 1 / (s.se * s.se + tau2);
    pooled.weight += w;
    pooled.weight_squares += w * w;
    sum += w * s.estimate;
  }
  pooled.mean = sum / pooled.weight;
  return pooled;
}

double cochran_q(std::span<const SegmentEffect> segments, double mean) noexcept {
  double q = 0;
  for (const SegmentEffect& s : segments) q += (s.estimate - mean) / s.se * ((s.estimate - mean) / s.se);
  return q;
}

bool usable(const SegmentEffect& s) noexcept { return s.se > 0 && !std::isnan(s.estimate); }

}  // namespace

Heterogeneity heterogeneity(std::span<const SegmentEffect> segments) {
  Heterogeneity result;
  if (segments.empty()) return result;
  result.status = std::all_of(segments.begin(), segments.end(), usable) ? Status::ok : Status::out_of_range;
  if (result.status != Status::ok) return result;
  const Pooled fixed = pool(segments, 0);
  result.fixed_mean = fixed.mean;
  result.fixed_se = 1 / std::sqrt(fixed.weight);
  result.q = cochran_q(segments, fixed.mean);
  result.df = static_cast<int>(segments.size()) - 1;
  result.p = result.df > 0 ? chi_square_upper(result.q, result.df) : Tail{};
  const double excess = std::max(0.0, result.q - result.df);
  result.i2 = excess > 0 ? excess / result.q : 0;
  result.tau2 = excess > 0 ? excess / (fixed.weight - fixed.weight_squares / fixed.weight) : 0;
  const Pooled random = pool(segments, result.tau2);
  result.random_mean = random.mean;
  result.random_se = 1 / std::sqrt(random.weight);
  for (const SegmentEffect& s : segments) {
    const double trust = result.tau2 / (result.tau2 + s.se * s.se);
    result.shrunk.push_back(random.mean + trust * (s.estimate - random.mean));
  }
  return result;
}

}  // namespace touchstone::stats
