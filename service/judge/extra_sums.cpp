#include "service/judge/extra_sums.hpp"

#include <algorithm>

namespace touchstone::judge {

bool paired(const storage::Metric& metric) noexcept {
  return metric.kind == storage::MetricKind::ratio || metric.covariate;
}

std::size_t ExtraShape::pair_of(std::size_t metric) const noexcept {
  return static_cast<std::size_t>(std::ranges::find(pairs, metric) - pairs.begin());
}

ExtraShape extra_shape(std::span<const storage::Metric> metrics, Sorting sorting) {
  ExtraShape shape{.metrics = metrics.size(), .pairs = {}, .bins = {}};
  for (std::size_t m = 0; m < metrics.size(); ++m) {
    if (paired(metrics[m])) shape.pairs.push_back(m);
    shape.bins.push_back(bins(metrics[m], sorting));
  }
  if (std::ranges::all_of(shape.bins, [](std::size_t count) { return count == 0; })) shape.bins.clear();
  return shape;
}

ExtraSums::ExtraSums(const ExtraShape& shape) : crosses(shape.pairs.size()) {
  for (const std::size_t bins : shape.bins) units.emplace_back(bins);
}

void ExtraSums::count(const ExtraShape& shape, std::span<const Amount> amounts, int sign) {
  for (std::size_t p = 0; p < crosses.size(); ++p) {
    const Amount& first = amounts[shape.pairs[p]];
    if (first.state != AmountState::present) continue;
    const std::int64_t second = amounts[shape.metrics + p].value;
    sign > 0 ? crosses[p].add(first.value, second) : crosses[p].retract(first.value, second);
  }
  for (std::size_t m = 0; m < units.size(); ++m)
    if (amounts[m].bin < units[m].size()) units[m][amounts[m].bin] += sign;
}

void ExtraSums::change(const ExtraShape& shape, std::span<const Amount> before, std::span<const Amount> after) {
  if (crosses.empty() && units.empty()) return;
  count(shape, before, -1);
  count(shape, after, +1);
}

void ExtraSums::merge(const ExtraSums& other) {
  for (std::size_t p = 0; p < crosses.size(); ++p) crosses[p].merge(other.crosses[p]);
  for (std::size_t m = 0; m < units.size(); ++m)
    for (std::size_t b = 0; b < units[m].size(); ++b) units[m][b] += other.units[m][b];
}

}  // namespace touchstone::judge
