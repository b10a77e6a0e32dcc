#include "service/codec/retention_json.hpp"

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

void write_time(JsonWriter& out, std::string_view key, const std::optional<Time>& time) {
  out.key(key);
  time ? out.text(time_text(*time)) : out.null();
}

void write_months(JsonWriter& out, const std::optional<std::uint32_t>& months) {
  out.key("months");
  months ? out.natural(*months) : out.null();
}

}  // namespace

Result<std::optional<std::uint32_t>> read_retention_request(std::string_view json) {
  using Months = std::optional<std::uint32_t>;
  return read_document(json, Months(), [](const Field& field, Months& months) {
    ObjectReader in(field);
    in.required("months", months, [](const Field& value, Months& into) {
      if (value.value().kind() == JsonKind::null) return true;
      return Whole{1, kMostMonths}(value, into.emplace());
    });
    in.finish();
  });
}

std::string write_stored_retention(const RetentionDocument& document) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_months(out, document.months);
  write_time(out, "kept_from", document.kept_from);
  out.end_object();
  return text;
}

Result<RetentionDocument> read_stored_retention(std::string_view json) {
  return read_document(json, RetentionDocument(), [](const Field& field, RetentionDocument& document) {
    ObjectReader in(field);
    in.nullable("months", document.months, Whole{1, kMostMonths});
    in.nullable("kept_from", document.kept_from, read_time);
    in.finish();
  });
}

std::string write_retention(const Retention& retention) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_months(out, retention.months);
  write_time(out, "kept_from", retention.kept_from);
  out.key("finished").boolean(retention.finished).key("events").natural(retention.events);
  write_time(out, "next_kept_from", retention.next_kept_from);
  write_time(out, "next_look", retention.next_look);
  out.key("held_by").begin_array();
  for (const auto& experiment : retention.held_by) out.text(experiment);
  out.end_array().end_object();
  return text;
}

}  // namespace touchstone::codec
