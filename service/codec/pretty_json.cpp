#include <string>

#include "service/codec/json_writer.hpp"

namespace touchstone::codec {
namespace {

void append_pretty(std::string& out, JsonView value, std::size_t level);

void new_line(std::string& out, std::size_t level) { out.append(1, '\n').append(2 * level, ' '); }

void append_object(std::string& out, JsonView value, std::size_t level) {
  char before = '{';
  for (const auto& [key, member] : value.members()) {
    out += before;
    before = ',';
    new_line(out, level + 1);
    append_text(out, key);
    out += ": ";
    append_pretty(out, member, level + 1);
  }
  new_line(out, level);
  out += '}';
}

void append_array(std::string& out, JsonView value, std::size_t level) {
  char before = '[';
  for (const auto& element : value.elements()) {
    out += before;
    before = ',';
    new_line(out, level + 1);
    append_pretty(out, element, level + 1);
  }
  new_line(out, level);
  out += ']';
}

void append_pretty(std::string& out, JsonView value, std::size_t level) {
  JsonWriter writer(out);
  switch (value.kind()) {
    case JsonKind::null:
      writer.null();
      break;
    case JsonKind::boolean:
      writer.boolean(*value.boolean());
      break;
    case JsonKind::integer:
      writer.integer(*value.integer());
      break;
    case JsonKind::natural:
      writer.natural(*value.natural());
      break;
    case JsonKind::real:
      writer.number(*value.number());
      break;
    case JsonKind::text:
      writer.text(*value.text());
      break;
    case JsonKind::array:
      value.size() == 0 ? void(out += "[]") : append_array(out, value, level);
      break;
    case JsonKind::object:
      value.size() == 0 ? void(out += "{}") : append_object(out, value, level);
      break;
  }
}

}  // namespace

std::string pretty_json(std::string_view json) {
  JsonDocument document;
  if (!document.read(json).ok()) return std::string(json);
  std::string out;
  append_pretty(out, document.root(), 0);
  out += '\n';
  return out;
}

}  // namespace touchstone::codec
