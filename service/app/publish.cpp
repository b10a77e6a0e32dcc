#include "service/app/publish.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "service/app/slot_ranges.hpp"

namespace touchstone::app {

namespace {

using storage::ExperimentState;

bool running(const Agreements& agreed, std::string_view key) {
  const auto found = agreed.experiments.find(key);
  return found != agreed.experiments.end() && found->second.state == ExperimentState::running;
}

}  // namespace

assign::ExperimentDocument document_of(const storage::Experiment& experiment) {
  const auto& phase = experiment.phases.back();
  assign::ExperimentDocument document;
  document.unit = experiment.unit_type;
  document.fallback = experiment.fallback_unit_type;
  document.scheme = experiment.scheme;
  document.dialect = experiment.dialect;
  if (!experiment.source_key.empty()) document.source_key = experiment.source_key;
  document.overrides = experiment.overrides;
  document.layer = experiment.layer;
  document.salt = experiment.salt;
  document.phase = phase.number;
  document.enrolling = phase.enrolling;
  document.sticky = experiment.sticky;
  document.exposure = experiment.exposure;
  document.entry = planned(phase.entry);
  document.slots = planned(phase.slots);
  document.when = experiment.when;
  for (const auto& variant : experiment.variants) document.variants.push_back({variant.key, variant.values});
  return document;
}

namespace {

assign::FlagDocument document_of(const Agreements& agreed, const storage::Flag& flag) {
  assign::FlagDocument document = flag.rules;
  std::erase_if(document.rules, [&agreed](const assign::RuleDocument& rule) {
    const auto* run = std::get_if<assign::RunDocument>(&rule.action);
    return run != nullptr && !running(agreed, run->experiment);
  });
  return document;
}

/// "/experiments/checkout/variants/0" -> "/variants/0": the caller sent the experiment, not the snapshot.
Error in_own_document(Error error) {
  for (const std::string_view list : {"/experiments/", "/flags/", "/layers/", "/segments/"}) {
    if (!error.pointer.starts_with(list)) continue;
    const auto end = error.pointer.find('/', list.size());
    error.message += " (" + error.pointer + ")";
    error.pointer = end == std::string::npos ? "" : error.pointer.substr(end);
    return error;
  }
  return error;
}

}  // namespace

assign::SnapshotDocument snapshot_document(const Agreements& agreed, const Tenant& tenant) {
  assign::SnapshotDocument document;
  document.project = tenant.project;
  document.environment = tenant.key;
  document.config_version = static_cast<std::int64_t>(agreed.config_version);
  document.published_at = agreed.changed_at;
  document.segments = segments_of(agreed);
  for (const auto& [key, layer] : agreed.layers)
    if (!layer.archived) document.layers.emplace(key, layer.slots);
  for (const auto& [key, experiment] : agreed.experiments)
    if (running(agreed, key)) document.experiments.emplace(key, document_of(experiment));
  for (const auto& [key, flag] : agreed.flags)
    if (!flag.archived) document.flags.emplace(key, document_of(agreed, flag));
  return document;
}

assign::SnapshotDocument for_clients(assign::SnapshotDocument document) {
  for (auto& [key, experiment] : document.experiments) {
    if (experiment.scheme != "touchstone-1k") continue;
    document.layers.erase(experiment.layer);
    experiment.layer.clear();
    experiment.salt.clear();
    experiment.entry.clear();
    experiment.slots.clear();
  }
  return document;
}

Result<std::shared_ptr<const assign::Snapshot>> compile(const Agreements& agreed, const Tenant& tenant) {
  auto snapshot = assign::Snapshot::compile(snapshot_document(agreed, tenant), tenant.draws);
  if (!snapshot) return in_own_document(snapshot.error());
  return snapshot;
}

}  // namespace touchstone::app
