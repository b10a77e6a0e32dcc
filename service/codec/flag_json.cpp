#include "service/codec/flag_json.hpp"

#include <utility>

#include "sdk/wire/condition_json.hpp"
#include "sdk/wire/dialect_json.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/condition_field.hpp"
#include "service/codec/dialect_field.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/slots_field.hpp"
#include "service/codec/value_schema.hpp"

namespace touchstone::codec {
namespace {

using assign::ValueType;
using storage::Flag;

constexpr std::size_t kRules = 100;
constexpr std::size_t kNames = 100;
constexpr std::size_t kLongestSchema = 65'536;
constexpr AnyJson kValue{65'536};

constexpr Word<ValueType> kTypes[] = {{ValueType::boolean, "bool"},
                                      {ValueType::integer, "int"},
                                      {ValueType::number, "float"},
                                      {ValueType::string, "string"},
                                      {ValueType::json, "json"}};

/// Whether canonical JSON is of a type; an integer is what is written without fraction and exponent.
bool fits(ValueType type, std::string_view json) {
  const char first = json.empty() ? '\0' : json.front();
  const bool number = first == '-' || (first >= '0' && first <= '9');
  switch (type) {
    case ValueType::boolean:
      return json == "true" || json == "false";
    case ValueType::integer:
      return number && json.find_first_of(".e") == std::string_view::npos;
    case ValueType::number:
      return number;
    case ValueType::string:
      return first == '"';
    case ValueType::json:
      return first != '\0';
  }
  return false;
}

bool read_rollout(const Field& field, assign::RolloutDocument& into) {
  ObjectReader in(field);
  std::uint32_t share = 0;
  in.optional("unit", into.unit, read_key);
  in.optional("salt", into.salt, Text{128});
  const bool by_slots = in.optional("slots", into.slots, read_ranges);
  const bool by_share = in.optional("share", share, read_share);
  in.nullable("dialect", into.dialect, read_dialect);
  if (!into.dialect && by_slots == by_share)
    in.fail("share", "a rollout has a share or slots", "send {\"share\": \"20%\"}");
  if (by_share && share > 0) into.slots = {{0, share}};
  return in.finish();
}

bool read_rule(const Field& field, assign::RuleDocument& into) {
  ObjectReader in(field);
  assign::JsonText value;
  assign::RolloutDocument rollout;
  std::string experiment;
  in.nullable("when", into.when, read_condition);
  const bool gives = in.optional("give", value, kValue);
  const bool rolls = in.optional("rollout", rollout, read_rollout);
  const bool runs = in.optional("experiment", experiment, read_key);
  if (gives == runs) in.fail("give", "a rule gives a value or runs an experiment", "send give or experiment");
  if (rolls && runs) in.fail("rollout", "an experiment has its own share", "remove rollout");
  if (runs) {
    into.action = assign::RunDocument{experiment};
  } else if (rolls) {
    rollout.value = value;
    into.action = rollout;
  } else {
    into.action = assign::GiveDocument{value};
  }
  return in.finish();
}

/// The value that a rule gives by itself, or null.
const assign::JsonText* value_of(const assign::RuleDocument& rule) {
  if (const auto* give = std::get_if<assign::GiveDocument>(&rule.action)) return &give->value;
  if (const auto* rollout = std::get_if<assign::RolloutDocument>(&rule.action)) return &rollout->value;
  return nullptr;
}

/// Empty or null means none. Kept as canonical JSON.
bool read_schema(const Field& field, std::string& into) {
  into.clear();
  if (field.value().is(JsonKind::null)) return true;
  if (!AnyJson{kLongestSchema}(field, into)) return false;
  auto good = check_schema(into, field.pointer());
  return good || field.fail(std::move(good).error());
}

/// null is the default in the code; of a flag of any JSON it is a value that stands for it.
void take_none(ValueType type, assign::JsonText& value) {
  if (value == "null" && type != ValueType::json) value.clear();
}

std::string_view or_null(const assign::JsonText& value) { return value.empty() ? "null" : std::string_view(value); }

void check_values(const Field& field, const Flag& whole) {
  const auto& flag = whole.rules;
  const Place off{&field.place(), "off_value", {}};
  const Place otherwise{&field.place(), "default", {}};
  const Place rules{&field.place(), "rules", {}};
  const std::string hint = "the flag's type is " + std::string(word_of(kTypes, flag.type));
  const auto check = [&](const Place& place, std::string_view value) {
    const Field at = field.inside(field.value(), place);
    if (value.empty()) return;
    if (!fits(flag.type, value)) {
      at.fail("is not of the flag's type", hint);
    } else if (auto good = check_schema_of(whole, value, at.pointer()); !good) {
      at.fail(std::move(good).error());
    }
  };
  check(off, flag.off);
  check(otherwise, flag.default_value);
  const Place names{&field.place(), "variants", {}};
  for (const auto& [name, value] : flag.variants) check({&names, name, {}}, value);
  for (std::size_t i = 0; i < flag.rules.size(); ++i) {
    const Place rule{&rules, {}, i};
    if (const auto* value = value_of(flag.rules[i])) check({&rule, "give", {}}, *value);
  }
}

void read_flag(const Field& field, Flag& flag, Source source) {
  ObjectReader in(field);
  in.fixed("key", flag.key, read_key, source);
  in.server("version", flag.version, Whole{1, UINT32_MAX}, source);
  in.server("archived", flag.archived, read_bool, source);
  in.optional("name", flag.name, Text{200});
  in.optional("description", flag.description, Text{2'000});
  in.needed("type", flag.rules.type, OneOf{kTypes}, source);
  in.needed("off_value", flag.rules.off, kValue, source);
  in.needed("default", flag.rules.default_value, kValue, source);
  take_none(flag.rules.type, flag.rules.off);
  take_none(flag.rules.type, flag.rules.default_value);
  in.optional("variants", flag.rules.variants, MapOf{kNames, kValue});
  in.optional("metadata", flag.rules.metadata, MapOf{kNames, AnyJson{1'024}});
  in.optional("enabled", flag.rules.enabled, read_bool);
  in.optional("rules", flag.rules.rules, ListOf{kRules, read_rule});
  in.optional("schema", flag.schema, read_schema);
  if (!flag.schema.empty() && flag.rules.type != ValueType::json)
    in.fail("schema", "only values of type json have one", "remove it");
  if (in.finish()) check_values(field, flag);
}

Result<Flag> read(std::string_view json, Flag base, Source source) {
  return read_document(json, std::move(base),
                       [source](const Field& field, Flag& flag) { read_flag(field, flag, source); });
}

void write_rollout(JsonWriter& out, const assign::RolloutDocument& rollout) {
  out.key("give").raw(rollout.value).key("rollout").begin_object();
  out.key("unit").text(rollout.unit);
  if (rollout.dialect) {
    out.key("dialect").raw(wire::write_dialect(*rollout.dialect));
  } else {
    out.key("salt").text(rollout.salt);
    write_ranges(out.key("slots"), rollout.slots);
  }
  out.end_object();
}

void write_rule(JsonWriter& out, const assign::RuleDocument& rule) {
  out.begin_object();
  if (rule.when) out.key("when").raw(wire::write_condition(*rule.when));
  if (const auto* run = std::get_if<assign::RunDocument>(&rule.action)) {
    out.key("experiment").text(run->experiment);
  } else if (const auto* rollout = std::get_if<assign::RolloutDocument>(&rule.action)) {
    write_rollout(out, *rollout);
  } else {
    out.key("give").raw(std::get<assign::GiveDocument>(rule.action).value);
  }
  out.end_object();
}

void write_values(JsonWriter& out, std::string_view name, const assign::Keyed<assign::JsonText>& values) {
  if (values.empty()) return;
  out.key(name).begin_object();
  for (const auto& [key, value] : values) out.key(key).raw(value);
  out.end_object();
}

void write_rules(JsonWriter& out, const std::vector<assign::RuleDocument>& rules) {
  out.key("rules").begin_array();
  for (const auto& rule : rules) write_rule(out, rule);
  out.end_array();
}

}  // namespace

Status check_schema_of(const storage::Flag& flag, std::string_view value, const std::string& pointer) {
  return flag.schema.empty() ? ok() : check_value(flag.schema, value, pointer);
}

Result<Flag> read_new_flag(std::string_view json) { return read(json, {}, Source::created); }

Result<Flag> read_flag_change(std::string_view json, const Flag& current) {
  return read(json, current, Source::changed);
}

Result<Flag> read_stored_flag(std::string_view json) { return read(json, {}, Source::stored); }

std::string write_flag(const Flag& flag) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("key").text(flag.key).key("version").natural(flag.version);
  out.key("archived").boolean(flag.archived).key("name").text(flag.name).key("description").text(flag.description);
  out.key("type").text(word_of(kTypes, flag.rules.type)).key("off_value").raw(or_null(flag.rules.off));
  out.key("default").raw(or_null(flag.rules.default_value)).key("enabled").boolean(flag.rules.enabled);
  if (!flag.schema.empty()) out.key("schema").raw(flag.schema);
  write_values(out, "variants", flag.rules.variants);
  write_values(out, "metadata", flag.rules.metadata);
  write_rules(out, flag.rules.rules);
  out.end_object();
  return canonical_json(text).value();
}

std::string write_rules_change(const Flag& flag) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_rules(out, flag.rules.rules);
  out.end_object();
  return text;
}

}  // namespace touchstone::codec
