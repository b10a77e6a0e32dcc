#include "service/codec/share_json.hpp"

#include <utility>

#include "service/codec/duration_field.hpp"
#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

/// Within an object.
void write_members(JsonWriter& out, const ShareLink& link) {
  out.key("experiment").text(link.experiment).key("expires_at").text(time_text(link.expires));
  if (!link.by.empty()) out.key("by").text(link.by);
}

}  // namespace

Result<std::optional<Micros>> read_share_request(std::string_view json) {
  using Lifetime = std::optional<Micros>;
  if (json.empty()) return Lifetime();
  return read_document(json, Lifetime(), [](const Field& field, Lifetime& lifetime) {
    ObjectReader in(field);
    in.nullable("expires_in", lifetime, Duration{"7d"});
    in.finish();
  });
}

std::string write_stored_share(const ShareLink& link) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_members(out, link);
  out.end_object();
  return text;
}

Result<ShareLink> read_stored_share(std::string id, std::string_view json) {
  return read_document(json, ShareLink{std::move(id), {}, {}, {}}, [](const Field& field, ShareLink& link) {
    ObjectReader in(field);
    in.required("experiment", link.experiment, read_key);
    in.required("expires_at", link.expires, read_time);
    in.optional("by", link.by, Text{1'000});
    in.finish();
  });
}

std::string write_new_share(const ShareLink& link, std::string_view path) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("id").text(link.id);
  write_members(out, link);
  out.key("path").text(path).end_object();
  return text;
}

std::string write_shares(std::span<const ShareLink> links) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  for (const auto& link : links) {
    out.begin_object().key("id").text(link.id);
    write_members(out, link);
    out.end_object();
  }
  out.end_array().end_object();
  return text;
}

}  // namespace touchstone::codec
