#include "stats/fixed/event_curve.hpp"

#include <algorithm>
#include <numeric>

#include "stats/estimate.hpp"

namespace touchstone::stats {

void EventCurve::add(std::span<const std::int64_t> sorted, double weight) {
  parts_.push_back({sorted, weight});
  lowest_ = std::min(lowest_, sorted.front());
  highest_ = std::max(highest_, sorted.back());
}

double EventCurve::share_to(std::int64_t amount) const noexcept {
  double share = 0;
  for (const Part& part : parts_) {
    const auto below = std::ranges::upper_bound(part.sorted, amount) - part.sorted.begin();
    share += part.weight * (static_cast<double>(below) / static_cast<double>(part.sorted.size()));
  }
  return share;
}

std::int64_t EventCurve::smallest_with(double level) const noexcept {
  std::int64_t low = lowest_;
  std::int64_t high = highest_;
  while (low < high) {
    const std::int64_t middle = std::midpoint(low, high);
    if (share_to(middle) >= level)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

double EventCurve::at(double level) const noexcept {
  if (level > 1) return infinity;
  return level > 0 ? static_cast<double>(smallest_with(level)) : -infinity;
}

double EventCurve::quantile(double level) const noexcept {
  const std::int64_t found = smallest_with(level);
  if (share_to(found) > level) return static_cast<double>(found);
  return static_cast<double>(found) + static_cast<double>(next(found) - found) / 2;
}

std::int64_t EventCurve::next(std::int64_t amount) const noexcept {
  std::int64_t found = highest_;
  for (const Part& part : parts_)
    if (const auto at = std::ranges::upper_bound(part.sorted, amount); at != part.sorted.end())
      found = std::min(found, *at);
  return found;
}

}  // namespace touchstone::stats
