#include "service/codec/experiment_json.hpp"

#include <algorithm>
#include <array>

#include "sdk/wire/condition_json.hpp"
#include "sdk/wire/dialect_json.hpp"
#include "sdk/wire/vendor_json.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/condition_field.hpp"
#include "service/codec/dialect_field.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/exposure_field.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/phase_json.hpp"
#include "service/codec/plan_json.hpp"
#include "service/codec/schedule_json.hpp"
#include "service/codec/variant_json.hpp"

namespace touchstone::codec {
namespace {

using storage::Experiment;
using storage::ExperimentState;

constexpr Word<ExperimentState> kStates[] = {{ExperimentState::draft, "draft"},
                                             {ExperimentState::running, "running"},
                                             {ExperimentState::paused, "paused"},
                                             {ExperimentState::stopped, "stopped"},
                                             {ExperimentState::archived, "archived"}};
constexpr std::array<std::string_view, 4> kOwnSchemes = {"touchstone-1", "touchstone-1k", "growthbook-2", "external"};
constexpr std::size_t kOverrides = 100;
constexpr std::size_t kAttributes = 100;

/// Ours, or a vendor that the dialects know.
std::vector<std::string_view> schemes() {
  std::vector<std::string_view> names(kOwnSchemes.begin(), kOwnSchemes.end());
  names.insert(names.end(), wire::vendors().begin(), wire::vendors().end());
  return names;
}

bool read_scheme(const Field& field, std::string& into) {
  const auto names = schemes();
  std::size_t index = 0;
  if (!read_named(field, names, index)) return false;
  into = names[index];
  return true;
}

void check_scheme(ObjectReader& in, const Experiment& experiment) {
  const bool own = std::ranges::find(kOwnSchemes, experiment.scheme) != kOwnSchemes.end();
  if (own && experiment.dialect) in.fail("dialect", "is how another vendor assigns", "name the vendor as scheme");
  if (!own && !experiment.dialect)
    in.fail("dialect", "is missing: how " + experiment.scheme + " assigns", "touchstone import writes it");
}

bool read_override(const Field& field, assign::OverrideDocument& into) {
  ObjectReader in(field);
  in.required("when", into.when, read_condition);
  in.required("variant", into.variant, read_key);
  return in.finish();
}

/// true stands for an empty object, false and null for none.
bool read_sticky(const Field& field, std::optional<assign::StickyDocument>& into) {
  const bool none = field.value().is(JsonKind::null) || field.value().boolean() == false;
  into = none ? std::nullopt : std::optional(assign::StickyDocument{});
  if (none || field.value().boolean()) return true;
  ObjectReader in(field);
  in.optional("leaves_with_condition", into->leaves_with_condition, read_bool);
  in.optional("version", into->version, Whole{1, UINT32_MAX});
  in.optional("blocked", into->blocked, ListOf{100, read_key});
  return in.finish();
}

/// Empty or null means a layer of its own.
bool read_layer_key(const Field& field, std::string& into) {
  into.clear();
  const bool own = field.value().is(JsonKind::null) || field.value().text() == "";
  return own || read_key(field, into);
}

void check_variants(ObjectReader& in, const Experiment& experiment) {
  if (experiment.scheme != "external" && !experiment.dialect && experiment.variants.size() == 1)
    in.fail("variants", "a single variant", "add one to compare it with");
}

void check_blocked(const Field& field, const Experiment& experiment) {
  if (!experiment.sticky) return;
  const Place sticky{&field.place(), "sticky", {}};
  const Place blocked{&sticky, "blocked", {}};
  for (std::size_t i = 0; i < experiment.sticky->blocked.size(); ++i)
    if (std::ranges::find(experiment.variants, experiment.sticky->blocked[i], &storage::Variant::key) ==
        experiment.variants.end())
      field.inside(field.value(), Place{&blocked, {}, i}).fail("there is no variant of this key", "name a variant");
}

/// What is expected of variants must name variants.
void check_expectations(const Field& field, const Experiment& experiment) {
  std::vector<std::string_view> keys;
  for (const auto& variant : experiment.variants) keys.push_back(variant.key);
  const Place expects{&field.place(), "expects", {}};
  for (const auto& [attribute, values] : experiment.expects)
    for (const auto& [variant, value] : values) {
      const Place of_attribute{&expects, attribute, {}};
      const Place of_variant{&of_attribute, variant, {}};
      if (std::ranges::find(keys, variant) == keys.end())
        field.inside(field.value(), of_variant).fail("there is no variant of this key", did_you_mean(variant, keys));
    }
}

void read_experiment(const Field& field, Experiment& experiment, Source source) {
  ObjectReader in(field);
  in.fixed("key", experiment.key, read_key, source);
  in.server("version", experiment.version, Whole{1, UINT32_MAX}, source);
  in.server("salt", experiment.salt, Text{128}, source);
  in.server("state", experiment.state, OneOf{kStates}, source);
  in.server("phases", experiment.phases, ListOf{10'000, read_phase}, source);
  in.optional("name", experiment.name, Text{200});
  in.optional("hypothesis", experiment.hypothesis, Text{4'000});
  in.optional("owner", experiment.owner, Text{200});
  in.optional("tags", experiment.tags, ListOf{50, Text{64}});
  in.optional("unit_type", experiment.unit_type, read_key);
  in.nullable("fallback_unit_type", experiment.fallback_unit_type, read_key);
  in.optional("layer", experiment.layer, read_layer_key);
  in.optional("scheme", experiment.scheme, read_scheme);
  in.nullable("dialect", experiment.dialect, read_dialect);
  in.optional("source_key", experiment.source_key, Text{1'000});
  in.optional("coverage", experiment.coverage, read_share);
  in.nullable("when", experiment.when, read_condition);
  in.optional("enrolling", experiment.enrolling, read_bool);
  in.optional("sticky", experiment.sticky, read_sticky);
  in.optional("overrides", experiment.overrides, ListOf{kOverrides, read_override});
  in.needed("variants", experiment.variants, read_variants, source);
  in.optional("exposure", experiment.exposure, read_exposure);
  in.optional("expects", experiment.expects, MapOf{kAttributes, MapOf{100, AnyJson{1'024}}});
  in.optional("plan", experiment.plan,
              [source](const Field& plan, storage::Plan& into) { return read_plan(plan, into, source); });
  in.optional("schedule", experiment.schedule, [source](const Field& schedule, storage::Schedule& into) {
    return read_schedule(schedule, into, source);
  });
  if (experiment.fallback_unit_type == experiment.unit_type)
    in.fail("fallback_unit_type", "is the unit type itself", "name another type, or leave it out");
  check_variants(in, experiment);
  check_scheme(in, experiment);
  if (!in.finish()) return;
  check_blocked(field, experiment);
  check_expectations(field, experiment);
}

Result<Experiment> read(std::string_view json, Experiment base, Source source) {
  return read_document(json, std::move(base), [source](const Field& field, Experiment& experiment) {
    read_experiment(field, experiment, source);
  });
}

void write_expectations(JsonWriter& out, const storage::Expectations& expects) {
  out.key("expects").begin_object();
  for (const auto& [attribute, values] : expects) {
    out.key(attribute).begin_object();
    for (const auto& [variant, value] : values) out.key(variant).raw(value);
    out.end_object();
  }
  out.end_object();
}

void write_overrides(JsonWriter& out, const std::vector<assign::OverrideDocument>& overrides) {
  out.key("overrides").begin_array();
  for (const auto& forced : overrides)
    out.begin_object()
        .key("when")
        .raw(wire::write_condition(forced.when))
        .key("variant")
        .text(forced.variant)
        .end_object();
  out.end_array();
}

void write_sticky(JsonWriter& out, const assign::StickyDocument& sticky) {
  out.key("sticky").begin_object().key("version").natural(sticky.version);
  if (sticky.leaves_with_condition) out.key("leaves_with_condition").boolean(true);
  if (!sticky.blocked.empty()) {
    out.key("blocked").begin_array();
    for (const auto& variant : sticky.blocked) out.text(variant);
    out.end_array();
  }
  out.end_object();
}

void write_assignment(JsonWriter& out, const Experiment& experiment) {
  out.key("unit_type").text(experiment.unit_type).key("scheme").text(experiment.scheme);
  out.key("salt").text(experiment.salt).key("coverage").natural(experiment.coverage);
  if (!experiment.layer.empty()) out.key("layer").text(experiment.layer);
  if (experiment.fallback_unit_type) out.key("fallback_unit_type").text(*experiment.fallback_unit_type);
  if (experiment.dialect) out.key("dialect").raw(wire::write_dialect(*experiment.dialect));
  if (!experiment.source_key.empty()) out.key("source_key").text(experiment.source_key);
  if (experiment.when) out.key("when").raw(wire::write_condition(*experiment.when));
  if (!experiment.enrolling) out.key("enrolling").boolean(false);
  if (experiment.sticky) write_sticky(out, *experiment.sticky);
  if (!experiment.overrides.empty()) write_overrides(out, experiment.overrides);
  out.key("variants").begin_array();
  for (const auto& variant : experiment.variants) write_variant(out, variant);
  out.end_array().key("phases").begin_array();
  for (const auto& phase : experiment.phases) write_phase(out, phase);
  out.end_array();
}

}  // namespace

Result<Experiment> read_new_experiment(std::string_view json) { return read(json, {}, Source::created); }

Result<Experiment> read_experiment_change(std::string_view json, const Experiment& current) {
  return read(json, current, Source::changed);
}

Result<Experiment> read_stored_experiment(std::string_view json) { return read(json, {}, Source::stored); }

std::string write_experiment(const Experiment& experiment) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("key").text(experiment.key).key("version").natural(experiment.version);
  out.key("name").text(experiment.name).key("hypothesis").text(experiment.hypothesis);
  out.key("owner").text(experiment.owner).key("state").text(word_of(kStates, experiment.state));
  out.key("tags").begin_array();
  for (const auto& tag : experiment.tags) out.text(tag);
  out.end_array();
  write_assignment(out, experiment);
  write_exposure(out.key("exposure"), experiment.exposure);
  write_expectations(out, experiment.expects);
  write_plan(out.key("plan"), experiment.plan);
  write_schedule(out, experiment.schedule);
  out.end_object();
  return canonical_json(text).value();
}

}  // namespace touchstone::codec
