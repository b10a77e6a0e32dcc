#include "service/judge/judge.hpp"

#include <optional>
#include <stdexcept>
#include <utility>

#include "service/judge/aggregates.hpp"
#include "service/judge/distinct.hpp"

namespace touchstone::judge {

Report judge(const storage::Experiment& experiment, std::span<const storage::Metric> metrics,
             std::span<const storage::StoredEvent> events, const Asked& asked) {
  Aggregates view;
  view.put(experiment, metrics);
  view.apply(distinct(events));
  view.bring_current();
  std::optional<Report> made = view.report(experiment.key, asked);
  if (!made) throw std::logic_error("what was put is known");
  return *std::move(made);
}

}  // namespace touchstone::judge
