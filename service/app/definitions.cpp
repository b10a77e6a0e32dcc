#include "service/app/definitions.hpp"

#include <string>
#include <utility>
#include <variant>

#include "service/app/experiment_lifecycle.hpp"
#include "service/codec/flag_json.hpp"

namespace touchstone::app {

namespace {

template <class T>
Status add(Revision& revision, T value) {
  if (auto fresh = revision.check_new<T>(value.key); !fresh) return fresh;
  value.version = 1;
  revision.put(std::move(value));
  return ok();
}

template <class T>
Status replace(Revision& revision, T value) {
  const auto current = revision.find<T>(value.key);
  if (!current) return current.error();
  value.version = current->version + 1;
  revision.put(std::move(value));
  return ok();
}

void complete_rollouts(Revision& revision, storage::Flag& flag) {
  for (auto& rule : flag.rules.rules)
    if (auto* rollout = std::get_if<assign::RolloutDocument>(&rule.action); rollout != nullptr && rollout->salt.empty())
      rollout->salt = revision.new_salt();
}

Status check_rule(const Agreements& agreed, const assign::RuleDocument& rule, const std::string& place) {
  if (const auto* run = std::get_if<assign::RunDocument>(&rule.action);
      run && !agreed.experiments.contains(run->experiment))
    return Error{ErrorCode::invalid, "no experiment \"" + run->experiment + "\"", place + "/experiment",
                 "Create it with POST /v1/experiments first."};
  if (!rule.when) return ok();
  return assign::check(*rule.when, segments_of(agreed), place + "/when");
}

Status check_rules(const Agreements& agreed, const storage::Flag& flag) {
  for (std::size_t i = 0; i < flag.rules.rules.size(); ++i)
    if (auto rule = check_rule(agreed, flag.rules.rules[i], "/rules/" + std::to_string(i)); !rule) return rule;
  return ok();
}

bool overlap(const assign::SlotRange& a, const assign::SlotRange& b) { return a.begin < b.end && b.begin < a.end; }

Status check_holdout(const Agreements& agreed, const storage::Layer& current, const storage::Layer& wanted) {
  if (current.slots.holdout == wanted.slots.holdout) return ok();
  auto without_holdout = agreed;
  without_holdout.layers.erase(wanted.key);
  for (const auto& held : taken_slots(without_holdout, wanted.key, ""))
    for (const auto& out : wanted.slots.holdout)
      if (overlap(held, out))
        return Error{ErrorCode::conflict, "a running experiment holds slots of this holdout", "/holdout",
                     "Choose slots that no experiment holds, or stop the experiment."};
  return ok();
}

Status check_segments(const Agreements& agreed, const storage::SegmentRule& segment) {
  auto segments = segments_of(agreed);
  segments.insert_or_assign(segment.key, segment.rule);
  auto checked = assign::check(segments);
  if (checked) return ok();
  Error error = checked.error();
  const std::string own = "/" + segment.key;
  if (error.pointer.starts_with(own)) {
    const bool list = std::holds_alternative<assign::UnitList>(segment.rule);
    error.pointer = (list ? "/list" : "/when") + error.pointer.substr(own.size());
  }
  return error;
}

/// Values that experiments give the flag must satisfy its schema, too.
Status check_variants(const Agreements& agreed, const storage::Flag& flag) {
  for (const auto& [key, experiment] : agreed.experiments) {
    if (!holds_slots(experiment) && experiment.state != storage::ExperimentState::draft) continue;
    for (const auto& variant : experiment.variants) {
      const auto value = variant.values.find(flag.key);
      if (value == variant.values.end() || codec::check_schema_of(flag, value->second, "")) continue;
      return Error{ErrorCode::invalid, "variant " + variant.key + " of experiment " + key + " does not satisfy it",
                   "/schema", "Allow its value, or change the experiment first."};
    }
  }
  return ok();
}

}  // namespace

Status add_flag(Revision& revision, storage::Flag flag) {
  if (auto rules = check_rules(revision.agreed(), flag); !rules) return rules;
  complete_rollouts(revision, flag);
  return add(revision, std::move(flag));
}

Status change_flag(Revision& revision, storage::Flag flag) {
  if (auto variants = check_variants(revision.agreed(), flag); !variants) return variants;
  if (auto rules = check_rules(revision.agreed(), flag); !rules) return rules;
  complete_rollouts(revision, flag);
  return replace(revision, std::move(flag));
}

Status add_layer(Revision& revision, storage::Layer layer) {
  layer.slots.salt = revision.new_salt();
  return add(revision, std::move(layer));
}

Status change_layer(Revision& revision, storage::Layer layer) {
  const auto current = revision.find<storage::Layer>(layer.key);
  if (!current) return current.error();
  if (auto holdout = check_holdout(revision.agreed(), *current, layer); !holdout) return holdout;
  layer.slots.salt = current->slots.salt;
  return replace(revision, std::move(layer));
}

Status add_metric(Revision& revision, storage::Metric metric) { return add(revision, std::move(metric)); }
Status change_metric(Revision& revision, storage::Metric metric) { return replace(revision, std::move(metric)); }

Status add_segment(Revision& revision, storage::SegmentRule segment) {
  if (auto checked = check_segments(revision.agreed(), segment); !checked) return checked;
  return add(revision, std::move(segment));
}

Status change_segment(Revision& revision, storage::SegmentRule segment) {
  if (auto checked = check_segments(revision.agreed(), segment); !checked) return checked;
  return replace(revision, std::move(segment));
}

}  // namespace touchstone::app
