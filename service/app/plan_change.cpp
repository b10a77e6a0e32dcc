#include "service/app/plan_change.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "assign/decide.hpp"
#include "service/app/agreements.hpp"
#include "service/app/experiment_lifecycle.hpp"
#include "service/app/publish.hpp"
#include "service/app/revision.hpp"
#include "storage/journal.hpp"

namespace touchstone::app {

namespace {

using storage::Experiment;

/// The first variant that a unit met.
struct FirstMet {
  Time te{};
  std::string event;
  std::string variant;  ///< empty: none

  void take(const storage::StoredEvent& stored) {
    const auto& id = stored.event.id;
    if (variant.empty() || std::tie(stored.te, id) < std::tie(te, event))
      *this = {stored.te, std::string(id), std::string(stored.event.variant)};
  }
};

struct Met {
  FirstMet ever;
  FirstMet bound;  ///< since the version of stickiness that counts
};

/// By type and id.
using Exposed = std::map<std::pair<std::string, std::string>, Met>;

void note(Exposed& exposed, const storage::StoredEvent& stored, const Experiment& experiment, Time bound) {
  const auto& event = stored.event;
  if (event.type != storage::EventType::exposure || event.experiment != experiment.key) return;
  if (event.unit.type != experiment.unit_type && event.unit.type != experiment.fallback_unit_type) return;
  auto& met = exposed[{std::string(event.unit.type), std::string(event.unit.id)}];
  met.ever.take(stored);
  if (stored.te >= bound) met.bound.take(stored);
}

/// Since when the experiment's version of stickiness counts.
Time bound_since(const Experiment& experiment) {
  if (experiment.phases.empty()) return {};
  const auto version = experiment.phases.back().sticky_version;
  return std::ranges::find(experiment.phases, version, &storage::Phase::sticky_version)->started_at;
}

Result<Exposed> exposed_units(const Service& service, std::uint32_t environment, const Experiment& experiment) {
  Exposed exposed;
  const Time bound = bound_since(experiment);
  storage::JournalRange range;
  range.environment = environment;
  auto scanned =
      storage::JournalReader(service.directory()).scan(range, [&](std::uint32_t, storage::StoredBatch&& batch) {
        for (const auto& event : batch.events) note(exposed, event, experiment, bound);
        return true;
      });
  if (!scanned) return scanned.error();
  return exposed;
}

/// The experiment alone, as it would be published: whoever met it satisfies its condition, and nobody is forced.
Result<std::shared_ptr<const assign::Snapshot>> outcome_of(const Agreements& agreed, const Experiment& experiment,
                                                           const Tenant& tenant) {
  assign::SnapshotDocument document;
  const auto layer = agreed.layers.find(experiment.layer);
  if (layer != agreed.layers.end()) document.layers.emplace(layer->first, layer->second.slots);
  auto& published = document.experiments.emplace(experiment.key, document_of(experiment)).first->second;
  published.when.reset();
  published.overrides.clear();
  return assign::Snapshot::compile(document, tenant.draws);
}

void count(PlannedChange& change, const Exposed& exposed, const Experiment& next, const assign::Snapshot& snapshot) {
  for (const auto& [who, met] : exposed) {
    const assign::Unit unit{who.first, who.second};
    const assign::Sticky kept{next.key, met.bound.variant};
    const auto decision = assign::decide_experiment(snapshot, next.key, {{&unit, 1}, {}, {&kept, 1}});
    change.leaving += decision.variant.empty() ? 1U : 0U;
    change.moved += !decision.variant.empty() && decision.variant != met.ever.variant ? 1U : 0U;
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
  const auto exposed = exposed_units(service, environment, *next);
  if (!exposed) return exposed.error();

  PlannedChange change;
  change.exposed = exposed->size();
  if (next->phases.size() == current.phases.size()) return change;
  change.phase = next->phases.back().number;
  if (next->scheme == "external") return change;
  const auto snapshot = outcome_of(*agreed, *next, service.tenant(environment));
  if (!snapshot) return snapshot.error();
  count(change, *exposed, *next, **snapshot);
  return change;
}

}  // namespace touchstone::app
