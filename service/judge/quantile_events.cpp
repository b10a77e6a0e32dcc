#include "service/judge/quantile_events.hpp"

#include "service/judge/study.hpp"

namespace touchstone::judge {

std::vector<QuantileEvents> quantile_events(const Study& study) {
  const Cells::Shape& shape = study.cells().shape;
  std::vector<QuantileEvents> all;
  for (std::size_t m = 0; m < study.metrics().size(); ++m) {
    if (study.metrics()[m].kind != storage::MetricKind::quantile) continue;
    QuantileEvents found{m, std::vector<stats::EventSample>(shape.phases * shape.variants)};
    study.for_each_record_of(all.size(), [&](const Participation& part, std::span<const std::int64_t> amounts) {
      if (part.exposures > 0 && analysed(part, shape.crossover))
        found.cells[part.phase * shape.variants + part.variant].add(amounts);
    });
    all.push_back(std::move(found));
  }
  return all;
}

}  // namespace touchstone::judge
