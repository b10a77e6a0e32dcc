#include <string>
#include <utility>
#include <variant>

#include "assign/value_type.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/snapshot_json.hpp"

namespace touchstone::wire {
namespace {

using namespace assign;

Node node_of(const SlotRange& range) { return Node::array({range.begin, range.end}); }
Node node_of(const VariantRange& range) { return Node::array({range.begin, range.end, range.variant}); }
Node value_node(const JsonText& json) { return json.empty() ? Node() : Node::parse(json); }

Node values_node(const Keyed<JsonText>& values) {
  Node node = Node::object();
  for (const auto& [key, value] : values) node[key] = value_node(value);
  return node;
}

Node node_of(const LayerDocument& layer);
Node node_of(const HoldoutDocument& holdout);
Node node_of(const Segment& segment);
Node node_of(const VariantDocument& variant);
Node node_of(const OverrideDocument& forced);
Node node_of(const ExperimentDocument& experiment);
Node node_of(const RuleDocument& rule);
Node node_of(const FlagDocument& flag);

template <class T>
Node list_node(const std::vector<T>& all) {
  Node list = Node::array();
  for (const auto& one : all) list.push_back(node_of(one));
  return list;
}

template <class T>
Node keyed_node(const Keyed<T>& all) {
  Node object = Node::object();
  for (const auto& [key, one] : all) object[key] = node_of(one);
  return object;
}

Node node_of(const LayerDocument& layer) { return {{"salt", layer.salt}, {"holdout", list_node(layer.holdout)}}; }
Node node_of(const HoldoutDocument& holdout) { return {{"salt", holdout.salt}, {"slots", list_node(holdout.slots)}}; }
Node node_of(const Segment& segment) { return to_node(segment); }

Node node_of(const VariantDocument& variant) { return {{"key", variant.key}, {"values", values_node(variant.values)}}; }

Node node_of(const OverrideDocument& forced) { return {{"when", to_node(forced.when)}, {"variant", forced.variant}}; }

Node node_of(const ExposureDocument& exposure) {
  if (std::holds_alternative<ExposedByEvaluate>(exposure)) return "evaluate";
  if (std::holds_alternative<ExposedByClient>(exposure)) return "client";
  const auto& event = std::get<ExposureEvent>(exposure);
  Node node = {{"event", event.event}};
  if (event.filter) node["filter"] = to_node(*event.filter);
  return node;
}

Node node_of(const StickyDocument& sticky) {
  if (sticky == StickyDocument{}) return true;
  Node node = {{"version", sticky.version}};
  if (sticky.leaves_with_condition) node["leaves_with_condition"] = true;
  if (!sticky.blocked.empty()) node["blocked"] = sticky.blocked;
  return node;
}

void add_optional_members(const ExperimentDocument& experiment, Node& node) {
  if (experiment.fallback) node["fallback"] = *experiment.fallback;
  if (!experiment.layer.empty()) node["layer"] = experiment.layer;
  if (!experiment.salt.empty()) node["salt"] = experiment.salt;
  if (experiment.source_key) node["source_key"] = *experiment.source_key;
  if (experiment.dialect) node["dialect"] = to_node(*experiment.dialect);
  if (experiment.sticky) node["sticky"] = node_of(*experiment.sticky);
  if (experiment.when) node["when"] = to_node(*experiment.when);
  if (!experiment.overrides.empty()) node["overrides"] = list_node(experiment.overrides);
}

Node node_of(const ExperimentDocument& experiment) {
  Node node = {{"unit", experiment.unit},
               {"scheme", experiment.scheme},
               {"phase", experiment.phase},
               {"enrolling", experiment.enrolling},
               {"exposure", node_of(experiment.exposure)},
               {"entry", list_node(experiment.entry)},
               {"slots", list_node(experiment.slots)},
               {"variants", list_node(experiment.variants)}};
  add_optional_members(experiment, node);
  return node;
}

void add_action(const GiveDocument& give, Node& rule) { rule["value"] = value_node(give.value); }
void add_action(const RunDocument& run, Node& rule) { rule["experiment"] = run.experiment; }
void add_action(const RolloutDocument& rollout, Node& rule) {
  Node node = {{"unit", rollout.unit}, {"value", value_node(rollout.value)}};
  if (rollout.dialect) {
    node["dialect"] = to_node(*rollout.dialect);
  } else {
    node["salt"] = rollout.salt;
    node["slots"] = list_node(rollout.slots);
  }
  rule["rollout"] = std::move(node);
}

Node node_of(const RuleDocument& rule) {
  Node node = Node::object();
  if (rule.when) node["when"] = to_node(*rule.when);
  std::visit([&](const auto& action) { add_action(action, node); }, rule.action);
  return node;
}

Node node_of(const FlagDocument& flag) {
  Node node = {{"type", name_of(flag.type)},
               {"off", value_node(flag.off)},
               {"default", value_node(flag.default_value)},
               {"enabled", flag.enabled},
               {"rules", list_node(flag.rules)}};
  if (!flag.variants.empty()) node["variants"] = values_node(flag.variants);
  if (!flag.metadata.empty()) node["metadata"] = values_node(flag.metadata);
  return node;
}

}  // namespace

std::string write_snapshot(const SnapshotDocument& document) {
  const Node node = {{"format", snapshot_format},
                     {"project", document.project},
                     {"environment", document.environment},
                     {"config_version", document.config_version},
                     {"published_at", to_text(document.published_at)},
                     {"layers", keyed_node(document.layers)},
                     {"holdouts", keyed_node(document.holdouts)},
                     {"segments", keyed_node(document.segments)},
                     {"experiments", keyed_node(document.experiments)},
                     {"flags", keyed_node(document.flags)}};
  return node.dump();
}

}  // namespace touchstone::wire
