#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/experiment.hpp"

namespace touchstone::codec {

/// The document: `{"key", "name"?, "hypothesis"?, "owner"?, "tags"?, "unit_type"?, "fallback_unit_type"?, "layer"?,
/// "scheme"?: touchstone-1|touchstone-1k|growthbook-2|external|a vendor, "dialect"?: how that vendor assigns,
/// "source_key"?: its name there, "overrides"?: [{"when": condition, "variant"}] who looks at which variant and is
/// never analysed, "coverage"?: slots or "40%", "when"?: condition, "variants": [{"key", "name"?, "control"?,
/// "weight"?, "values"?: {flag: value}}], "exposure"?: evaluate|client, "expects"?: {attribute: {variant: value}},
/// "plan"?: {...}}`.
///
/// Weights are any numbers >= 0 of at most six decimals (1 and 1, 50 and 50, 0.9 and 0.1): they are brought to slots
/// that sum to exactly 1,000,000, the remainder going to the largest fractions, earlier variants first. All or none are
/// given; none = equal. Exactly one variant is `control`; where none says so, it is the first.
///
/// plan: `{"metrics"?: [{"metric", "version"?, "role"?: goal|secondary|guardrail, "margin"?}], "alpha"?, "method"?:
/// {"id": always-valid|fixed-horizon|strict, "version"?, "parameters"?: {"deviations"?: {metric: number}}}, "horizon"?:
/// {"units"?} or {"ends_at"?}, "tick"?, "smallest_effect"?, "crossover"?: exclude|first, "segments"?: [{"name",
/// "attribute", "value"}]}`, of who is compared on its own by what their first exposure carried; null removes margin,
/// units, ends_at, smallest_effect and when.
///
/// "schedule"?: {"start"?, "stop"?} when it is to start and to stop by itself; null, also of a member, takes it back.
///
/// Set by the server: version, salt, state, phases, plan.frozen_at, schedule.missed. Limits: 2 to 100 variants
/// (external: 1 to 100), 100 metrics, 20 segments with names of 64 bytes, 50 tags of 64 bytes, name and owner 200,
/// hypothesis 4,000 bytes, a value 64 KiB, alpha within 1e-6 and 0.5, margin and smallest_effect within 1e-6 and 10.

/// Reads the body that creates one.
[[nodiscard]] Result<storage::Experiment> read_new_experiment(std::string_view json);

/// Reads the body that changes one: members that are there replace those of `current`. Members that the server sets may
/// be there with their current value, so that a document that was fetched can be sent back.
[[nodiscard]] Result<storage::Experiment> read_experiment_change(std::string_view json,
                                                                 const storage::Experiment& current);

/// Reads a document of write_experiment.
[[nodiscard]] Result<storage::Experiment> read_stored_experiment(std::string_view json);

/// The whole document, canonical (RFC 8785): what is stored, hashed and answered.
[[nodiscard]] std::string write_experiment(const storage::Experiment& experiment);

}  // namespace touchstone::codec
