#include "stats/simultaneous.hpp"

#include <algorithm>
#include <cmath>

#include "stats/multiplicity.hpp"

namespace touchstone::stats {
namespace {

bool member(const Comparison& comparison) noexcept { return !std::isnan(comparison.p); }

double members(std::span<const Comparison> family) noexcept {
  return static_cast<double>(std::count_if(family.begin(), family.end(), member));
}

// The p of "no effect above zero" (direction 1) or below it (-1): half of the two-sided p on the estimate's own side.
double one_sided(const Comparison& comparison, double direction) noexcept {
  return comparison.estimate * direction > 0 ? comparison.p / 2 : 1 - comparison.p / 2;
}

std::vector<bool> declared(std::span<const Comparison> family, double direction, double alpha) {
  std::vector<double> p;
  for (const Comparison& comparison : family)
    p.push_back(member(comparison) ? one_sided(comparison, direction) : undefined);
  std::vector<bool> rejected;
  for (const double adjusted : holm(p)) rejected.push_back(adjusted <= alpha);
  return rejected;
}

// The ends that face zero from the side of `direction`: lower ends for 1, upper ends for -1.
class Ends {
 public:
  Ends(std::span<const Comparison> family, double direction, double alpha)
      : direction_(direction),
        alpha_(alpha),
        tests_(members(family)),
        declared_(declared(family, direction, alpha / 2)) {}

  [[nodiscard]] bool declares(std::size_t i) const { return declared_[i]; }
  [[nodiscard]] double end(const Comparison& comparison, std::size_t i) const {
    const double left = tests_ - static_cast<double>(std::count(declared_.begin(), declared_.end(), true));
    if (!declared_[i]) return towards(comparison.interval(alpha_ / left));
    return left > 0 ? 0 : direction_ * std::max(0.0, direction_ * towards(comparison.interval(alpha_ / tests_)));
  }

 private:
  [[nodiscard]] double towards(const Interval& interval) const noexcept {
    return direction_ > 0 ? interval.low : interval.high;
  }

  double direction_;
  double alpha_;
  double tests_;
  std::vector<bool> declared_;
};

}  // namespace

std::vector<Interval> bonferroni_intervals(std::span<const Comparison> family, double alpha) {
  std::vector<Interval> intervals;
  for (const Comparison& comparison : family)
    intervals.push_back(member(comparison) ? comparison.interval(alpha / members(family)) : Interval{});
  return intervals;
}

StepDown holm_intervals(std::span<const Comparison> family, double alpha) {
  const Ends lower(family, 1, alpha);
  const Ends upper(family, -1, alpha);
  StepDown result;
  for (std::size_t i = 0; i < family.size(); ++i) {
    const bool known = member(family[i]);
    result.intervals.push_back(known ? Interval{lower.end(family[i], i), upper.end(family[i], i)} : Interval{});
    result.declared.push_back(known && (lower.declares(i) || upper.declares(i)));
  }
  return result;
}

std::vector<Interval> selected_intervals(std::span<const Comparison> family, double alpha) {
  std::vector<double> p;
  for (const Comparison& comparison : family) p.push_back(comparison.p);
  const std::vector<double> adjusted = benjamini_hochberg(p);
  const auto selected = static_cast<double>(
      std::count_if(adjusted.begin(), adjusted.end(), [alpha](double value) { return value <= alpha; }));
  std::vector<Interval> intervals;
  for (std::size_t i = 0; i < family.size(); ++i)
    intervals.push_back(adjusted[i] <= alpha ? family[i].interval(alpha * selected / members(family)) : Interval{});
  return intervals;
}

}  // namespace touchstone::stats
