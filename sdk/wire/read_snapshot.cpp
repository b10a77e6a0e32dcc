#include <optional>
#include <string>
#include <utility>

#include "assign/value_type.hpp"
#include "sdk/wire/cursor.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/snapshot_json.hpp"

namespace touchstone::wire {
namespace {

using namespace assign;

std::string text_of(const Cursor& at) { return at.text(); }
bool flag_of(const Cursor& at) { return at.flag(); }

template <class Document, class Read>
Keyed<Document> keyed(const Cursor& at, const char* name, Read read) {
  Keyed<Document> all;
  if (at.has(name))
    at.member(name).each_member([&](const std::string& key, const Cursor& entry) { all.emplace(key, read(entry)); });
  return all;
}

template <class Document, class Read>
std::vector<Document> list(const Cursor& at, const char* name, Read read) {
  std::vector<Document> all;
  if (at.has(name)) at.member(name).each_element([&](const Cursor& entry) { all.push_back(read(entry)); });
  return all;
}

bool has_size(const Cursor& at, std::size_t size) {
  return at.is(at.is_list() && at.size() == size, "a range of " + std::to_string(size) + " numbers");
}

SlotRange range(const Cursor& at) {
  if (!has_size(at, 2)) return {};
  return {at.element(0).small(), at.element(1).small()};
}

VariantRange variant_range(const Cursor& at) {
  if (!has_size(at, 3)) return {};
  return {at.element(0).small(), at.element(1).small(), at.element(2).small()};
}

Condition condition(const Cursor& at) { return at.take(condition_from(at.node(), at.pointer())); }

std::optional<Condition> condition_if_any(const Cursor& at, const char* name) {
  return at.member_or(name, std::optional<Condition>(), condition);
}

Segment segment(const Cursor& at) { return at.take(segment_from(at.node(), at.pointer())); }

LayerDocument layer(const Cursor& at) { return {at.member("salt").text(), list<SlotRange>(at, "holdout", range)}; }

HoldoutDocument holdout(const Cursor& at) { return {at.member("salt").text(), list<SlotRange>(at, "slots", range)}; }

VariantDocument variant(const Cursor& at) {
  return {at.member("key").text(), keyed<JsonText>(at, "values", [](const Cursor& value) { return value.json(); })};
}

OverrideDocument forced(const Cursor& at) { return {condition(at.member("when")), at.member("variant").text()}; }

ExposureDocument exposure(const Cursor& at) {
  if (!at.is_text()) return ExposureEvent{at.member("event").text(), condition_if_any(at, "filter")};
  const auto name = at.text();
  if (name == "client") return ExposedByClient{};
  at.is(name == "evaluate", "evaluate, client or an event");
  return ExposedByEvaluate{};
}

StickyDocument sticky(const Cursor& at) {
  StickyDocument result;
  if (!at.node().is_object()) {
    at.is(at.flag(), "true or an object");
    return result;
  }
  result.leaves_with_condition = at.member_or("leaves_with_condition", false, flag_of);
  result.version = at.member_or("version", 1U, [](const Cursor& version) { return version.small(); });
  result.blocked = list<std::string>(at, "blocked", text_of);
  return result;
}

dialect::Program dialect_program(const Cursor& at) { return at.take(dialect_from(at.node(), at.pointer())); }

ExperimentDocument experiment(const Cursor& at) {
  ExperimentDocument result;
  result.unit = at.member("unit").text();
  result.fallback = at.member_or("fallback", std::optional<std::string>(), text_of);
  result.scheme = at.member("scheme").text();
  result.layer = at.member_or("layer", std::string(), text_of);
  result.salt = at.member_or("salt", std::string(), text_of);
  result.source_key = at.member_or("source_key", std::optional<std::string>(), text_of);
  result.phase = at.member_or("phase", 1U, [](const Cursor& phase) { return phase.small(); });
  result.enrolling = at.member_or("enrolling", true, flag_of);
  result.sticky = at.member_or("sticky", std::optional<StickyDocument>(), sticky);
  result.exposure = at.member_or("exposure", ExposureDocument(), exposure);
  result.entry = list<SlotRange>(at, "entry", range);
  result.slots = list<VariantRange>(at, "slots", variant_range);
  result.dialect = at.member_or("dialect", std::optional<dialect::Program>(), dialect_program);
  result.when = condition_if_any(at, "when");
  result.overrides = list<OverrideDocument>(at, "overrides", forced);
  at.member("variants").each_element([&](const Cursor& entry) { result.variants.push_back(variant(entry)); });
  return result;
}

RolloutDocument rollout(const Cursor& at) {
  RolloutDocument result;
  result.unit = at.member("unit").text();
  result.value = at.member("value").json();
  result.dialect = at.member_or("dialect", std::optional<dialect::Program>(), dialect_program);
  result.slots = list<SlotRange>(at, "slots", range);
  if (!result.dialect) result.salt = at.member("salt").text();
  return result;
}

RuleDocument rule(const Cursor& at) {
  RuleDocument result;
  result.when = condition_if_any(at, "when");
  const int actions = int{at.has("value")} + int{at.has("rollout")} + int{at.has("experiment")};
  if (!at.is(actions == 1, "a rule with one of value, rollout and experiment")) return result;
  if (at.has("value")) result.action = GiveDocument{at.member("value").json()};
  if (at.has("rollout")) result.action = rollout(at.member("rollout"));
  if (at.has("experiment")) result.action = RunDocument{at.member("experiment").text()};
  return result;
}

ValueType value_type(const Cursor& at) {
  const auto type = value_type_named(at.text());
  at.is(type.has_value(), "one of bool, int, float, string and json");
  return type.value_or(ValueType::boolean);
}

/// null is the default in the code; of a flag of any JSON it is a value that stands for it.
JsonText value_or_none(const Cursor& at, ValueType type) {
  auto value = at.json();
  return value == "null" && type != ValueType::json ? JsonText() : value;
}

FlagDocument flag(const Cursor& at) {
  const auto json_of = [](const Cursor& value) { return value.json(); };
  FlagDocument result;
  result.type = value_type(at.member("type"));
  result.off = value_or_none(at.member("off"), result.type);
  result.default_value = value_or_none(at.member("default"), result.type);
  result.variants = keyed<JsonText>(at, "variants", json_of);
  result.metadata = keyed<JsonText>(at, "metadata", json_of);
  result.enabled = at.member_or("enabled", true, flag_of);
  result.rules = list<RuleDocument>(at, "rules", rule);
  return result;
}

Instant instant(const Cursor& at) {
  const auto parsed = parse_instant(at.text());
  at.is(parsed.has_value(), "a time like 2026-11-21T14:00:00Z");
  return parsed.value_or(Instant{});
}

SnapshotDocument snapshot(const Cursor& at) {
  SnapshotDocument result;
  at.is(at.member("format").integer() == snapshot_format, "a snapshot of format 1");
  result.project = at.member("project").text();
  result.environment = at.member("environment").text();
  result.config_version = at.member("config_version").integer();
  result.published_at = instant(at.member("published_at"));
  result.layers = keyed<LayerDocument>(at, "layers", layer);
  result.holdouts = keyed<HoldoutDocument>(at, "holdouts", holdout);
  result.segments = keyed<Segment>(at, "segments", segment);
  result.experiments = keyed<ExperimentDocument>(at, "experiments", experiment);
  result.flags = keyed<FlagDocument>(at, "flags", flag);
  return result;
}

}  // namespace

Result<SnapshotDocument> read_snapshot(std::string_view json) {
  auto node = parse_document(json, largest_snapshot, deepest_snapshot);
  if (!node) return std::move(node).error();
  std::optional<Error> problem;
  auto document = snapshot(Cursor(*node, "", problem));
  if (problem) return *std::move(problem);
  return document;
}

}  // namespace touchstone::wire
