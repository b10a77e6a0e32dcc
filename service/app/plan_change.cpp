#include "service/app/plan_change.hpp"

#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "assign/draw.hpp"
#include "assign/slots.hpp"
#include "service/app/agreements.hpp"
#include "service/app/experiment_lifecycle.hpp"
#include "service/app/revision.hpp"
#include "service/app/slot_ranges.hpp"
#include "storage/journal.hpp"

namespace touchstone::app {

namespace {

using storage::Experiment;
using storage::Phase;

/// The first variant that a unit met.
struct FirstMet {
  Time te{};
  std::string event;
  std::string variant;
};

using Exposed = std::map<std::string, FirstMet, std::less<>>;

void note(Exposed& exposed, const storage::StoredEvent& stored, const Experiment& experiment) {
  const auto& event = stored.event;
  if (event.type != storage::EventType::exposure || event.experiment != experiment.key) return;
  if (event.unit.type != experiment.unit_type && event.unit.type != experiment.fallback_unit_type) return;
  const auto [found, fresh] = exposed.try_emplace(std::string(event.unit.id));
  auto& first = found->second;
  if (fresh || std::tie(stored.te, event.id) < std::tie(first.te, first.event))
    first = {stored.te, std::string(event.id), std::string(event.variant)};
}

Result<Exposed> exposed_units(const Service& service, std::uint32_t environment, const Experiment& experiment) {
  Exposed exposed;
  storage::JournalRange range;
  range.environment = environment;
  auto scanned =
      storage::JournalReader(service.directory()).scan(range, [&](std::uint32_t, storage::StoredBatch&& batch) {
        for (const auto& event : batch.events) note(exposed, event, experiment);
        return true;
      });
  if (!scanned) return scanned.error();
  return exposed;
}

/// Who gets what in a phase.
class Outcome {
 public:
  Outcome(const Experiment& experiment, const Phase& phase, std::string_view layer_salt)
      : experiment_(experiment),
        entry_(planned(phase.entry)),
        slots_(planned(phase.slots)),
        layer_(layer_salt),
        variant_(experiment.salt) {}

  /// Empty: none.
  [[nodiscard]] std::string_view variant_of(std::string_view unit) const {
    if (assign::find_range(std::span<const assign::SlotRange>(entry_), layer_(unit)) == nullptr) return {};
    const auto* const range = assign::find_range(std::span<const assign::VariantRange>(slots_), variant_(unit));
    return range == nullptr ? std::string_view() : experiment_.variants[range->variant].key;
  }

 private:
  const Experiment& experiment_;
  assign::SlotRanges entry_;
  assign::SlotMap slots_;
  assign::Draw layer_;
  assign::Draw variant_;
};

void count(PlannedChange& change, const Exposed& exposed, const Outcome& outcome) {
  for (const auto& [unit, first] : exposed) {
    const auto variant = outcome.variant_of(unit);
    change.leaving += variant.empty() ? 1U : 0U;
    change.moved += !variant.empty() && variant != first.variant ? 1U : 0U;
  }
}

}  // namespace

Result<PlannedChange> plan_change(Service& service, std::uint32_t environment, Experiment wanted) {
  const auto agreed = service.agreed(environment);
  const auto found = agreed->experiments.find(wanted.key);
  if (found == agreed->experiments.end()) return no_such("experiment", wanted.key);
  const Experiment& current = found->second;
  const auto taken = taken_slots(*agreed, current.layer, current.key);
  const auto next = changed(current, std::move(wanted), {service.now(), std::nullopt, taken, {}});
  if (!next) return next.error();
  const auto exposed = exposed_units(service, environment, current);
  if (!exposed) return exposed.error();

  PlannedChange change;
  change.exposed = exposed->size();
  if (next->phases.size() == current.phases.size()) return change;
  change.phase = next->phases.back().number;
  const auto layer = agreed->layers.find(next->layer);
  if (layer != agreed->layers.end() && !next->dialect)
    count(change, *exposed, Outcome(*next, next->phases.back(), layer->second.slots.salt));
  return change;
}

}  // namespace touchstone::app
