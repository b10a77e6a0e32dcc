#include "stats/sequential/two_keys.hpp"

#include <algorithm>
#include <cmath>

#include "stats/few_strata.hpp"
#include "stats/fixed/welch.hpp"
#include "stats/numeric/root.hpp"
#include "stats/sequential/skewness.hpp"

namespace touchstone::stats {
namespace {

constexpr double light_tail_cap = 0.5;

// Random assignment of the pooled values: B's excess over its expectation, with the cumulants of that.
struct Assignment {
  double excess = 0;
  double variance = 0;
  double squares = 0;  // the variance without n/(n-1), the scale of the skewness
  double third = 0;
};
Assignment assignment_of(std::span<const MeanStratum> strata) noexcept {
  Assignment sum;
  for (const MeanStratum& s : strata) {
    if (s.a.n == 0 || s.b.n == 0) continue;
    const Moments pooled = merge(s.a, s.b);
    const double n = pooled.count();
    const double q = s.b.count() / n;
    const double spread = q * (1 - q);
    sum.excess += n * spread * mean_difference(s.a, s.b);
    sum.variance += spread * pooled.m2 * n / (n - 1);
    sum.squares += spread * pooled.m2;
    sum.third += spread * (1 - 2 * q) * pooled.m3;
  }
  return sum;
}

void first_key(Keys& result, const Assignment& sum) noexcept {
  result.z = sum.excess / std::sqrt(sum.variance);
  result.skewness = sum.third / (sum.squares * std::sqrt(sum.squares));
  const bool light_tail = result.skewness * result.z < 0;
  result.skewness_used = light_tail ? std::clamp(result.skewness, -light_tail_cap, light_tail_cap) : result.skewness;
  result.first = skewness_corrected(result.z, result.skewness_used);
}

// The keys with every value of B moved.
class Moved {
 public:
  explicit Moved(std::span<const MeanStratum> strata) : strata_(strata), moved_(strata.size()) {}

  [[nodiscard]] Keys down_by(double difference) {
    return with([difference](const Moments& b) { return shifted(b, -difference); });
  }
  [[nodiscard]] Keys divided_by(double ratio) {
    return with([ratio](const Moments& b) { return scaled(b, 1 / ratio); });
  }

 private:
  template <class Change>
  Keys with(const Change& change) {
    std::transform(strata_.begin(), strata_.end(), moved_.all().begin(), [&](const MeanStratum& s) {
      return MeanStratum{s.a, change(s.b)};
    });
    return keys(moved_.all());
  }

  std::span<const MeanStratum> strata_;
  FewStrata moved_;
};

// From `centre`, where nothing is declared, outwards in `direction` until |key| reaches the critical value.
template <class Key>
double end_of(const Key& key, double centre, double step, double direction, double critical) {
  const auto gap = [&](double distance) { return std::abs(key(centre + direction * distance)) - critical; };
  double near = 0;
  double far = step;
  for (int i = 0; i < 60 && !(gap(far) >= 0); ++i) {
    near = far;
    far *= 2;
  }
  if (!(gap(far) >= 0)) return direction * infinity;
  return centre + direction * (gap(near) >= 0 ? near : bracketed_root(gap, near, far, 1e-13));
}

template <class KeysAt>
Interval hull(const KeysAt& keys_at, double centre, double step, double critical) {
  const auto one = [&](double at) { return keys_at(at).first; };
  const auto two = [&](double at) { return keys_at(at).second; };
  return {std::min(end_of(one, centre, step, -1, critical), end_of(two, centre, step, -1, critical)),
          std::max(end_of(one, centre, step, 1, critical), end_of(two, centre, step, 1, critical))};
}

}  // namespace

Keys keys(std::span<const MeanStratum> strata) noexcept {
  Keys result;
  const WelchTest test = welch(compare(strata));
  result.status = test.status;
  if (test.status != Status::ok) return result;
  first_key(result, assignment_of(strata));
  result.second = wallace_z(test.t, test.df);
  return result;
}

int declared(const Keys& keys, double critical) noexcept {
  if (keys.first >= critical && keys.second >= critical) return 1;
  return keys.first <= -critical && keys.second <= -critical ? -1 : 0;
}

Interval keys_difference_interval(std::span<const MeanStratum> strata, double critical) {
  const ComparedMeans means = compare(strata);
  if (keys(strata).status != Status::ok) return {};
  const double step = std::sqrt(means.own.at_null) / 4;
  Moved moved(strata);
  return hull([&](double d) { return moved.down_by(d); }, means.difference, step, critical);
}

Interval keys_ratio_interval(std::span<const MeanStratum> strata, double critical) {
  const ComparedMeans means = compare(strata);
  if (keys(strata).status != Status::ok || !(means.a.mean > 0 && means.b.mean > 0)) return {};
  const double centre = std::log(means.b.mean / means.a.mean);
  const double step = std::sqrt(means.own.at_null) / means.b.mean / 4;
  Moved moved(strata);
  const Interval logs = hull([&](double log_ratio) { return moved.divided_by(std::exp(log_ratio)); }, centre,
                             std::min(step, 1.0), critical);
  return {std::exp(logs.low), std::exp(logs.high)};
}

}  // namespace touchstone::stats
