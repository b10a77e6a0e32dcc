#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/metric.hpp"

namespace touchstone::codec {

/// The document: `{"key", "name"?, "kind", "event", "property"?, "decimals"?: 0..6, "window"?: {"delay"?, "length"?},
/// "direction"?: increase|decrease, "unit"?, "stage"?: awareness|consideration|purchase|post_purchase, "filter"?,
/// "covariate"?: {"look_back"}}`; durations are texts ("14d"). What else a kind has is in metric_parts.hpp. `property`
/// is read for kinds that add values, `covariate` for those that have a figure before exposure. `null` removes
/// property, length, stage, score, cap, quantile and covariate. Set by the server: version. Limits: name 200, unit 32
/// bytes, durations 10 years. Reads the body that creates one.
[[nodiscard]] Result<storage::Metric> read_new_metric(std::string_view json);

/// Reads the body that changes one: members that are there replace those of `current`. Members that the server sets may
/// be there with their current value, so that a document that was fetched can be sent back.
[[nodiscard]] Result<storage::Metric> read_metric_change(std::string_view json, const storage::Metric& current);

/// Reads a document of write_metric.
[[nodiscard]] Result<storage::Metric> read_stored_metric(std::string_view json);

/// The whole document, canonical (RFC 8785): what is stored, hashed and answered.
[[nodiscard]] std::string write_metric(const storage::Metric& metric);

}  // namespace touchstone::codec
