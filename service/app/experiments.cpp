#include "service/app/experiments.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "assign/key.hpp"
#include "assign/value_type.hpp"
#include "service/app/schedule.hpp"
#include "service/codec/flag_json.hpp"

namespace touchstone::app {

namespace {

using storage::Experiment;

constexpr std::string_view kExternal = "external";

bool external(const Experiment& experiment) { return experiment.scheme == kExternal; }

Error invalid(std::string pointer, std::string message, std::string hint) {
  return Error{ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

// -- what the experiment names

bool over(const Experiment& experiment) {
  using storage::ExperimentState;
  return experiment.state == ExperimentState::stopped || experiment.state == ExperimentState::archived;
}

Status check_metrics(const Agreements& agreed, const Experiment& experiment) {
  for (std::size_t i = 0; i < experiment.plan.metrics.size(); ++i) {
    const auto& planned = experiment.plan.metrics[i];
    if (find_metric(agreed, planned) != nullptr) continue;
    const bool known = agreed.metrics.contains(planned.metric);
    const auto place = "/plan/metrics/" + std::to_string(i);
    if (known)
      return invalid(place + "/version", "metric \"" + planned.metric + "\" has no such version",
                     "Leave it out for the newest one.");
    return invalid(place + "/metric", "no metric \"" + planned.metric + "\"", "Create it with POST /v1/metrics first.");
  }
  return ok();
}

/// A unit has one slot in a layer for each scheme, so experiments of two schemes would not exclude each other.
Status check_scheme(const Agreements& agreed, const Experiment& experiment) {
  for (const auto& [key, other] : agreed.experiments) {
    const bool beside = key != experiment.key && other.layer == experiment.layer && !over(other);
    if (beside && other.scheme != experiment.scheme)
      return invalid("/scheme", "the experiments of this layer are assigned by " + other.scheme,
                     "Use that scheme, or another layer.");
  }
  return ok();
}

Status check_layer(const Agreements& agreed, const Experiment& experiment) {
  if (experiment.layer.empty()) return ok();
  const auto found = agreed.layers.find(experiment.layer);
  if (found != agreed.layers.end() && !found->second.archived) return check_scheme(agreed, experiment);
  return invalid("/layer", "no layer \"" + experiment.layer + "\"",
                 "Create it with POST /v1/layers first, or leave it out for a layer of its own.");
}

Status check_names(const Agreements& agreed, const Experiment& experiment) {
  if (auto metrics = check_metrics(agreed, experiment); !metrics) return metrics;
  if (auto layer = check_layer(agreed, experiment); !layer) return layer;
  if (!experiment.when) return ok();
  return assign::check(*experiment.when, segments_of(agreed), "/when");
}

// -- its layer

/// The experiment's key, or the first variation of it that no layer has.
std::string free_layer_key(const Revision& revision, const std::string& key) {
  std::string candidate = key;
  for (int i = 2; !revision.check_new<storage::Layer>(candidate); ++i)
    candidate = key.substr(0, 120) + "." + std::to_string(i);
  return candidate;
}

void ensure_layer(Revision& revision, Experiment& experiment) {
  if (external(experiment) || experiment.dialect || !experiment.layer.empty()) return;
  storage::Layer layer;
  layer.key = free_layer_key(revision, experiment.key);
  layer.slots.salt = revision.new_salt();
  experiment.layer = layer.key;
  revision.put(std::move(layer));
}

// -- its flags

std::set<std::string, std::less<>> flags_of(const Experiment& experiment) {
  std::set<std::string, std::less<>> flags;
  for (const auto& variant : experiment.variants)
    for (const auto& [flag, value] : variant.values) flags.insert(flag);
  return flags;
}

/// Gives each variant a value of a flag that has the experiment's key.
void give_default_values(Experiment& experiment) {
  const bool two = experiment.variants.size() == 2;
  for (auto& variant : experiment.variants)
    variant.values[experiment.key] = two ? (variant.control ? "false" : "true") : "\"" + variant.key + "\"";
}

const storage::Variant& control_of(const Experiment& experiment) {
  return *std::ranges::find(experiment.variants, true, &storage::Variant::control);
}

/// The narrowest type that all values of the flag have.
assign::ValueType common_type(const Experiment& experiment, const std::string& flag) {
  using assign::ValueType;
  for (const auto type : {ValueType::boolean, ValueType::integer, ValueType::number, ValueType::string}) {
    const bool all = std::ranges::all_of(experiment.variants, [&](const storage::Variant& variant) {
      const auto value = variant.values.find(flag);
      return value == variant.values.end() || assign::fits(type, value->second);
    });
    if (all) return type;
  }
  return ValueType::json;
}

std::string_view zero_of(assign::ValueType type) {
  using assign::ValueType;
  switch (type) {
    case ValueType::boolean:
      return "false";
    case ValueType::integer:
    case ValueType::number:
      return "0";
    case ValueType::string:
      return "\"\"";
    case ValueType::json:
      return "null";
  }
  return "null";
}

storage::Flag new_flag(const Experiment& experiment, const std::string& key) {
  storage::Flag flag;
  flag.key = key;
  flag.rules.type = common_type(experiment, key);
  const auto& values = control_of(experiment).values;
  const auto control = values.find(key);
  flag.rules.default_value = control == values.end() ? std::string(zero_of(flag.rules.type)) : control->second;
  flag.rules.off = flag.rules.default_value;
  return flag;
}

bool runs(const storage::Flag& flag, const std::string& experiment) {
  return std::ranges::any_of(flag.rules.rules, [&experiment](const assign::RuleDocument& rule) {
    const auto* run = std::get_if<assign::RunDocument>(&rule.action);
    return run != nullptr && run->experiment == experiment;
  });
}

Status check_values(const Experiment& experiment, const storage::Flag& flag) {
  for (std::size_t i = 0; i < experiment.variants.size(); ++i) {
    const auto& values = experiment.variants[i].values;
    const auto value = values.find(flag.key);
    if (value == values.end()) continue;
    const auto place = "/variants/" + std::to_string(i) + "/values/" + flag.key;
    if (!assign::fits(flag.rules.type, value->second))
      return invalid(place, "the value is not of the flag's type",
                     "Flag \"" + flag.key + "\" is of type " + std::string(assign::name_of(flag.rules.type)) + ".");
    if (auto good = codec::check_schema_of(flag, value->second, place); !good) return good;
  }
  return ok();
}

Status ensure_flag(Revision& revision, const Experiment& experiment, const std::string& key) {
  if (!assign::valid_key(key)) return invalid("/variants", "\"" + key + "\" is not a flag's key", "Name a flag.");
  const auto& flags = revision.agreed().flags;
  const auto found = flags.find(key);
  storage::Flag flag = found == flags.end() ? new_flag(experiment, key) : found->second;
  if (found == flags.end()) {
    if (auto fresh = revision.check_new<storage::Flag>(key); !fresh) return fresh;
  } else if (auto fit = check_values(experiment, flag); !fit) {
    return fit;
  }
  if (runs(flag, experiment.key)) return ok();
  if (found != flags.end()) ++flag.version;
  flag.rules.rules.push_back({std::nullopt, assign::RunDocument{experiment.key}});
  revision.put(std::move(flag));
  return ok();
}

Status ensure_flags(Revision& revision, Experiment& experiment) {
  if (external(experiment)) return ok();
  if (flags_of(experiment).empty()) give_default_values(experiment);
  for (const auto& key : flags_of(experiment))
    if (auto ensured = ensure_flag(revision, experiment, key); !ensured) return ensured;
  return ok();
}

/// Everything around the experiment that it needs; then the experiment itself.
Status put_with_surroundings(Revision& revision, Experiment experiment) {
  ensure_layer(revision, experiment);
  if (auto flags = ensure_flags(revision, experiment); !flags) return flags;
  revision.put(std::move(experiment));
  return ok();
}

MoveTerms terms_for(const Revision& revision, std::optional<Time> at, const assign::SlotRanges& taken,
                    const std::vector<storage::Metric>& metrics) {
  return {revision.now(), at, taken, metrics};
}

}  // namespace

Status add_experiment(Revision& revision, Experiment experiment) {
  if (auto fresh = revision.check_new<Experiment>(experiment.key); !fresh) return fresh;
  if (auto names = check_names(revision.agreed(), experiment); !names) return names;
  experiment.version = 1;
  experiment.state = storage::ExperimentState::draft;
  experiment.phases.clear();
  experiment.salt = revision.new_salt();
  if (auto fine = check_schedule(experiment, {}, revision.now()); !fine) return fine;
  return put_with_surroundings(revision, std::move(experiment));
}

Status change_experiment(Revision& revision, Experiment wanted) {
  const auto current = revision.find<Experiment>(wanted.key);
  if (!current) return current.error();
  if (auto names = check_names(revision.agreed(), wanted); !names) return names;
  const auto taken = taken_slots(revision.agreed(), current->layer, current->key);
  auto next = changed(*current, std::move(wanted), terms_for(revision, std::nullopt, taken, {}));
  if (!next) return next.error();
  if (next->state == storage::ExperimentState::draft) return put_with_surroundings(revision, std::move(*next));
  revision.put(std::move(*next));
  return ok();
}

Status move_experiment(Revision& revision, std::string_view key, Move move, std::optional<Time> at) {
  auto current = revision.find<Experiment>(key);
  if (!current) return current.error();
  const auto taken = taken_slots(revision.agreed(), current->layer, current->key);
  const auto metrics = newest_metrics(revision.agreed());
  auto next = moved(*current, move, terms_for(revision, at, taken, metrics));
  if (!next) return next.error();
  revision.put(std::move(*next));
  return ok();
}

}  // namespace touchstone::app
