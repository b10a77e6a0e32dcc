#include "service/judge/extra_sums.hpp"

#include <algorithm>

namespace touchstone::judge {

ExtraShape extra_shape(std::span<const storage::Metric> metrics) {
  ExtraShape shape{.metrics = metrics.size(), .ratios = {}, .bins = {}};
  for (std::size_t m = 0; m < metrics.size(); ++m) {
    if (metrics[m].kind == storage::MetricKind::ratio) shape.ratios.push_back(m);
    shape.bins.push_back(bins(metrics[m]));
  }
  if (std::ranges::all_of(shape.bins, [](std::size_t count) { return count == 0; })) shape.bins.clear();
  return shape;
}

ExtraSums::ExtraSums(const ExtraShape& shape) : crosses(shape.ratios.size()) {
  for (const std::size_t bins : shape.bins) units.emplace_back(bins);
}

void ExtraSums::count(const ExtraShape& shape, std::span<const Amount> amounts, int sign) {
  for (std::size_t r = 0; r < crosses.size(); ++r) {
    const Amount& above = amounts[shape.ratios[r]];
    if (above.state != AmountState::present) continue;
    const std::int64_t below = amounts[shape.metrics + r].value;
    sign > 0 ? crosses[r].add(above.value, below) : crosses[r].retract(above.value, below);
  }
  for (std::size_t m = 0; m < units.size(); ++m)
    if (amounts[m].bin < units[m].size()) units[m][amounts[m].bin] += sign;
}

void ExtraSums::merge(const ExtraSums& other) {
  for (std::size_t r = 0; r < crosses.size(); ++r) crosses[r].merge(other.crosses[r]);
  for (std::size_t m = 0; m < units.size(); ++m)
    for (std::size_t b = 0; b < units[m].size(); ++b) units[m][b] += other.units[m][b];
}

}  // namespace touchstone::judge
