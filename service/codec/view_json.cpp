#include "service/codec/view_json.hpp"

#include <utility>

#include "service/codec/field.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {
namespace {

/// What a browser writes of a query: nothing that leaves it.
bool read_query(const Field& field, std::string& into) {
  if (!Text{1'000}(field, into)) return false;
  if (into.find_first_of("#\n\t ?") == std::string::npos) return true;
  return field.fail("is no query of an address", "send what follows the question mark, encoded");
}

bool read_name(const Field& field, std::string& into) {
  if (!Text{100}(field, into)) return false;
  return !into.empty() || field.fail("is empty", "say what it shows");
}

void read_members(ObjectReader& in, View& view) {
  in.required("name", view.name, read_name);
  in.optional("page", view.page, read_key);
  in.required("query", view.query, read_query);
  in.optional("shared", view.shared, read_bool);
}

void write_members(JsonWriter& out, const View& view) {
  out.key("name").text(view.name).key("page").text(view.page).key("query").text(view.query);
  out.key("shared").boolean(view.shared).key("owner").text(view.owner);
}

void append_view(JsonWriter& out, const View& view) {
  out.begin_object().key("key").text(view.key);
  write_members(out, view);
  out.end_object();
}

}  // namespace

Result<View> read_view_request(std::string_view json) {
  return read_document(json, View(), [](const Field& field, View& into) {
    ObjectReader in(field);
    in.required("key", into.key, read_key);
    read_members(in, into);
    in.finish();
  });
}

std::string write_stored_view(const View& view) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  write_members(out, view);
  out.end_object();
  return text;
}

Result<View> read_stored_view(std::string key, std::string_view json) {
  View view;
  view.key = std::move(key);
  return read_document(json, std::move(view), [](const Field& field, View& into) {
    ObjectReader in(field);
    read_members(in, into);
    in.required("owner", into.owner, Text{1'000});
    in.finish();
  });
}

std::string write_view(const View& view) {
  std::string text;
  JsonWriter out(text);
  append_view(out, view);
  return text;
}

std::string write_views(std::span<const View> views) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("items").begin_array();
  for (const auto& view : views) append_view(out, view);
  out.end_array().end_object();
  return text;
}

}  // namespace touchstone::codec
