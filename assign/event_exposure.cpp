#include "assign/event_exposure.hpp"

#include <optional>

#include "assign/decide.hpp"
#include "assign/tables.hpp"
#include "assign/walk.hpp"

namespace touchstone::assign {
namespace {

/// Filters ask about properties alone: what flags and experiments give is nothing to an event.
bool passes(const Tables& tables, Entry filter, Attributes properties) {
  if (filter == accept) return true;
  const auto nothing = [](const Test&) { return std::optional<Value>(); };
  Silent silent;
  return run(tables.programs, filter, Subject{{}, properties}, silent, nothing);
}

}  // namespace

std::vector<Decision> exposed_by_event(const Snapshot& snapshot, std::string_view event, Attributes properties,
                                       const Subject& subject) {
  const Tables& tables = snapshot.tables();
  std::vector<Decision> all;
  for (const auto number : tables.exposed_by_event) {
    const ExperimentDetail& detail = tables.details[number];
    if (detail.exposure_event != event || !passes(tables, detail.exposure_filter, properties)) continue;
    const auto decision = decide_experiment(snapshot, ExperimentId{number}, subject);
    if (decision.exposure) all.push_back(decision);
  }
  return all;
}

}  // namespace touchstone::assign
