#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "service/codec/json.hpp"

namespace touchstone::codec {

/// The text as a JSON string with its quotes, escaped as RFC 8785 does: only what must be, \b \t \n \f \r by name.
/// Precondition: well-formed UTF-8.
void append_text(std::string& out, std::string_view text);

/// The shortest form that reads back as the same double, written as ECMAScript does (RFC 8785): 1, 0.1, 1e+21, 5e-324;
/// -0 is written 0. A number that is not finite is written null: JSON has no other word for it.
void append_number(std::string& out, double value);

/// Appends a JSON text without white space, members in the order of the calls. Commas are its own business; balanced
/// begin and end are the caller's.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) noexcept : out_(&out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& text(std::string_view value);
  JsonWriter& number(double value);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& natural(std::uint64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null() { return raw("null"); }
  JsonWriter& raw(std::string_view json);  ///< a JSON value that is already written

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string* out_;
  bool first_ = true;  ///< nothing before the next value that needs a comma
};

/// The same document for people: two spaces a level, one member or element a line, numbers and texts as canonical_json
/// writes them, order kept. Precondition: `json` is valid.
[[nodiscard]] std::string pretty_json(std::string_view json);

}  // namespace touchstone::codec
