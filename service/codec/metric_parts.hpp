#pragma once

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/metric.hpp"

/// The parts of a metric's document that belong to some kinds only: what each may and must have, and how it is read and
/// written. Errors name the field and the kinds that have it.
namespace touchstone::codec {

/// The name of an event: a key, or a reserved name that starts with $.
bool read_event_name(const Field& field, std::string& into);

/// Reads every such member.
void read_metric_parts(ObjectReader& in, storage::Metric& metric);

/// Whether the metric has what its kind needs, and nothing that other kinds alone have. `direction_given`: the document
/// says which way is good; else a score and churn say it themselves (a duration is better short where nothing is said).
void check_metric_parts(const ObjectReader& in, storage::Metric& metric, bool direction_given);

/// What there is of them.
void write_metric_parts(JsonWriter& out, const storage::Metric& metric);

/// How answers become a score, as a member "score".
void write_score(JsonWriter& out, const storage::Score& score);

}  // namespace touchstone::codec
