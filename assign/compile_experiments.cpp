#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "assign/compiler.hpp"
#include "assign/growthbook/own_scheme.hpp"
#include "assign/pointer.hpp"
#include "assign/refusal.hpp"

namespace touchstone::assign {
namespace {

constexpr std::size_t most_variants = 64;

}  // namespace

Status Compiler::add_experiments() {
  for (const auto& [key, source] : document_.experiments) {
    const auto pointer = child_pointer("/experiments", key);
    if (auto status = check_key(key, pointer); !status) return status;
    if (auto status = add_experiment(key, source, pointer); !status) return status;
  }
  tables_->experiment_index = KeyIndex(tables_->experiment_keys);
  return ok();
}

Status Compiler::add_experiment(const std::string& key, const ExperimentDocument& source, const std::string& pointer) {
  const auto scheme = scheme_named(source.scheme, source.dialect.has_value());
  if (!scheme)
    return refusal(
        child_pointer(pointer, "scheme"), "unknown scheme " + source.scheme,
        "touchstone-1, touchstone-1k, growthbook-2, external, or the name of a vendor with its dialect program");
  auto unit = unit_type(source.unit, child_pointer(pointer, "unit"));
  if (!unit) return std::move(unit).error();
  auto when = condition(source.when, pointer);
  if (!when) return std::move(when).error();

  ExperimentRecord record;
  record.scheme = *scheme;
  record.unit = *unit;
  record.when = *when;
  record.enrolling = source.enrolling;
  record.keeps = source.sticky || !source.enrolling;
  record.overridden = !source.overrides.empty();
  if (source.fallback) {
    auto fallback = unit_type(*source.fallback, child_pointer(pointer, "fallback"));
    if (!fallback) return std::move(fallback).error();
    record.fallback = *fallback;
  }

  ExperimentDetail detail;
  detail.key = tables_->texts.keep(key);
  detail.layer = tables_->texts.keep(source.layer);
  detail.phase = source.phase;
  if (auto status = add_exposure(source.exposure, child_pointer(pointer, "exposure"), detail); !status) return status;
  if (auto status = add_variants(source, pointer, detail); !status) return status;
  if (auto status = add_overrides(source, pointer, detail); !status) return status;
  if (source.sticky)
    if (auto status = add_stickiness(*source.sticky, pointer, detail); !status) return status;
  if (auto status = add_scheme(source, pointer, record, detail); !status) return status;

  if (detail.exposed_by == ExposedBy::event)
    tables_->exposed_by_event.push_back(static_cast<std::uint32_t>(tables_->experiments.size()));
  tables_->experiments.push_back(record);
  tables_->details.push_back(detail);
  tables_->experiment_keys.push_back(detail.key);
  return ok();
}

Status Compiler::add_exposure(const ExposureDocument& source, const std::string& pointer, ExperimentDetail& detail) {
  if (std::holds_alternative<ExposedByClient>(source)) detail.exposed_by = ExposedBy::client;
  const auto* event = std::get_if<ExposureEvent>(&source);
  if (event == nullptr) return ok();
  detail.exposed_by = ExposedBy::event;
  detail.exposure_event = tables_->texts.keep(event->event);
  if (!event->filter) return ok();
  auto filter = programs_.add(*event->filter, child_pointer(pointer, "filter"));
  if (!filter) return std::move(filter).error();
  detail.exposure_filter = *filter;
  return ok();
}

/// What the schemes that draw slots need.
Status Compiler::check_slots(const ExperimentDocument& source, const std::string& pointer) const {
  const auto layer = document_.layers.find(source.layer);
  if (layer == document_.layers.end())
    return refusal(child_pointer(pointer, "layer"), "there is no layer " + source.layer, "name one of the layers");
  if (auto status = check_salt(source.salt, child_pointer(pointer, "salt")); !status) return status;
  if (source.salt == layer->second.salt)
    return refusal(child_pointer(pointer, "salt"), "experiment and layer share a salt",
                   "two draws from one salt are not independent: make a new one");
  if (auto status = check_ranges(source.entry, child_pointer(pointer, "entry")); !status) return status;
  if (auto status = check_ranges(source.slots, child_pointer(pointer, "slots")); !status) return status;
  for (const auto& range : source.slots)
    if (range.variant >= source.variants.size())
      return refusal(child_pointer(pointer, "slots"), "a range belongs to a variant that does not exist",
                     "count variants from 0");
  return ok();
}

Status Compiler::add_scheme(const ExperimentDocument& source, const std::string& pointer, ExperimentRecord& record,
                            ExperimentDetail& detail) {
  if (record.scheme == Scheme::touchstone_1k && !key_) record.scheme = Scheme::external;
  if (record.scheme == Scheme::external) return ok();
  if (record.scheme == Scheme::dialect) return source.dialect ? add_dialect(*source.dialect, pointer, detail) : ok();
  if (auto status = check_slots(source, pointer); !status) return status;
  if (record.scheme == Scheme::growthbook_2) return add_own_program(source, pointer, record, detail);
  add_slots(source, record);
  if (record.scheme == Scheme::touchstone_1k) add_keyed_draws(source, detail);
  return ok();
}

void Compiler::add_slots(const ExperimentDocument& source, ExperimentRecord& record) {
  const auto& layer = document_.layers.find(source.layer)->second;
  auto& all = tables_->variant_ranges;
  record.layer_draw = Draw(layer.salt);
  record.variant_draw = Draw(source.salt);
  record.entry = keep(source.entry);
  record.layer_holdout = keep(layer.holdout);
  record.slots = {static_cast<std::uint32_t>(all.size()), static_cast<std::uint32_t>(source.slots.size())};
  all.insert(all.end(), source.slots.begin(), source.slots.end());
}

/// A holdout of the environment is drawn by our hash, so GrowthBook's SDKs could not leave the same units out.
Status Compiler::add_own_program(const ExperimentDocument& source, const std::string& pointer, ExperimentRecord& record,
                                 ExperimentDetail& detail) {
  if (!document_.holdouts.empty())
    return refusal(child_pointer(pointer, "scheme"), "growthbook-2 cannot leave out a holdout of the environment",
                   "use touchstone-1");
  record.scheme = Scheme::dialect;
  const auto& layer = document_.layers.find(source.layer)->second;
  return add_dialect(growthbook::own_program(layer, source), pointer, detail);
}

void Compiler::add_keyed_draws(const ExperimentDocument& source, ExperimentDetail& detail) {
  const auto& layer = document_.layers.find(source.layer)->second;
  detail.dialect = static_cast<std::uint32_t>(tables_->keyed.size());
  tables_->keyed.push_back({KeyedDraw(*key_, layer.salt), KeyedDraw(*key_, source.salt)});
}

Status Compiler::add_variants(const ExperimentDocument& source, const std::string& pointer, ExperimentDetail& detail) {
  const auto list = child_pointer(pointer, "variants");
  if (source.variants.empty() || source.variants.size() > most_variants)
    return refusal(list, "an experiment has 1 to " + std::to_string(most_variants) + " variants", "name its variants");
  auto& all = tables_->variants;
  detail.variants = {static_cast<std::uint32_t>(all.size()), static_cast<std::uint32_t>(source.variants.size())};
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < source.variants.size(); ++i) {
    const auto& key = source.variants[i].key;
    const auto place = child_pointer(child_pointer(list, i), "key");
    if (auto status = check_key(key, place); !status) return status;
    if (!seen.insert(key).second) return refusal(place, "two variants are called " + key, "give each its own key");
    all.push_back(tables_->texts.keep(key));
  }
  return ok();
}

Status Compiler::add_stickiness(const StickyDocument& source, const std::string& pointer, ExperimentDetail& detail) {
  const auto own = detail.variants.of(tables_->variants);
  const auto list = child_pointer(child_pointer(pointer, "sticky"), "blocked");
  for (std::size_t i = 0; i < source.blocked.size(); ++i) {
    const auto found = std::find(own.begin(), own.end(), source.blocked[i]);
    if (found == own.end())
      return refusal(child_pointer(list, i), "there is no variant " + source.blocked[i], "name a variant");
    detail.blocked |= std::uint64_t{1} << static_cast<unsigned>(found - own.begin());
  }
  detail.leaves_with_condition = source.leaves_with_condition;
  return ok();
}

/// A variant of the program that the experiment does not have (a vendor's "off") means: not in the experiment.
Status Compiler::add_dialect(const dialect::Program& program, const std::string& pointer, ExperimentDetail& detail) {
  if (!well_formed(program)) return leads_nowhere(child_pointer(pointer, "dialect"));
  const auto own = detail.variants.of(tables_->variants);
  DialectRecord record{program, {}};
  for (const auto& name : program.variants) {
    const auto found = std::find(own.begin(), own.end(), name);
    record.variants.push_back(found == own.end() ? std::nullopt
                                                 : std::optional(static_cast<std::uint32_t>(found - own.begin())));
  }
  detail.dialect = static_cast<std::uint32_t>(tables_->dialects.size());
  tables_->dialects.push_back(std::move(record));
  return ok();
}

Status Compiler::add_overrides(const ExperimentDocument& source, const std::string& pointer, ExperimentDetail& detail) {
  auto& all = tables_->overrides;
  detail.overrides = {static_cast<std::uint32_t>(all.size()), static_cast<std::uint32_t>(source.overrides.size())};
  for (std::size_t i = 0; i < source.overrides.size(); ++i) {
    const auto& forced = source.overrides[i];
    const auto place = child_pointer(child_pointer(pointer, "overrides"), i);
    auto when = programs_.add(forced.when, child_pointer(place, "when"));
    if (!when) return std::move(when).error();
    const auto variants = detail.variants.of(tables_->variants);
    const auto found = std::find(variants.begin(), variants.end(), forced.variant);
    if (found == variants.end())
      return refusal(child_pointer(place, "variant"), "there is no variant " + forced.variant, "name a variant");
    all.push_back({*when, static_cast<std::uint32_t>(found - variants.begin())});
  }
  return ok();
}

}  // namespace touchstone::assign
