#include "service/judge/judge.hpp"

#include "service/judge/aggregates.hpp"
#include "service/judge/distinct.hpp"

namespace touchstone::judge {

Report judge(const storage::Experiment& experiment, std::span<const storage::Metric> metrics,
             std::span<const storage::StoredEvent> events, const Asked& asked) {
  Aggregates view;
  view.put(experiment, metrics);
  view.apply(distinct(events));
  view.bring_current();
  return view.report(experiment.key, asked).value();
}

}  // namespace touchstone::judge
