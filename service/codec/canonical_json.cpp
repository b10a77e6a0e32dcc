#include "service/codec/canonical_json.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "service/codec/json_writer.hpp"
#include "service/codec/place.hpp"

namespace touchstone::codec {
namespace {

/// In UTF-16 the surrogates of U+10000 and above sort before U+E000 to U+FFFF, in UTF-8 after them.
constexpr unsigned utf16_rank(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0xEE || byte == 0xEF ? byte + 0x10U : byte;
}

bool before_in_utf16(std::string_view a, std::string_view b) noexcept {
  return std::ranges::lexicographical_compare(a, b, {}, utf16_rank, utf16_rank);
}

class Canonical {
 public:
  Canonical(std::string& out, std::string_view base) noexcept : out_(&out), base_(base) {}

  Status append(JsonView value, const Place& place) {
    switch (value.kind()) {
      case JsonKind::null:
        *out_ += "null";
        return ok();
      case JsonKind::boolean:
        *out_ += *value.boolean() ? "true" : "false";
        return ok();
      case JsonKind::text:
        append_text(*out_, *value.text());
        return ok();
      case JsonKind::array:
        return append_array(value, place);
      case JsonKind::object:
        return append_object(value, place);
      default:
        return append_numeric(value, place);
    }
  }

 private:
  Status append_numeric(JsonView value, const Place& place) {
    const std::size_t begin = out_->size();
    append_number(*out_, *value.number());
    if (exact(value) || std::string_view(*out_).substr(begin) == written(value)) return ok();
    return Error{ErrorCode::invalid, "an integer beyond 2^53 that no double holds exactly", pointer_to(place, base_),
                 "send it as text"};
  }

  static bool exact(JsonView value) noexcept {
    constexpr double two_to_63 = 9223372036854775808.0;
    const double number = *value.number();
    if (value.is(JsonKind::integer)) return number < two_to_63 && static_cast<std::int64_t>(number) == value.integer();
    if (value.is(JsonKind::natural))
      return number < 2 * two_to_63 && static_cast<std::uint64_t>(number) == value.natural();
    return true;
  }

  /// The digits of an integer as it was sent.
  static std::string written(JsonView value) {
    return value.natural() ? std::to_string(*value.natural()) : std::to_string(value.integer().value_or(0));
  }

  Status append_array(JsonView value, const Place& place) {
    *out_ += '[';
    std::size_t index = 0;
    for (const auto& element : value.elements()) {
      if (index > 0) *out_ += ',';
      if (auto done = append(element, {&place, {}, index++}); !done) return done;
    }
    *out_ += ']';
    return ok();
  }

  /// Members are named by their tokens: the name, then its value.
  using Names = std::span<const JsonToken*>;

  Status append_object(JsonView value, const Place& place) {
    constexpr std::size_t few = 16;
    std::array<const JsonToken*, few> small{};
    std::vector<const JsonToken*> large(value.size() > few ? value.size() : 0);
    const Names names = value.size() > few ? Names(large) : Names(small).first(value.size());
    std::size_t count = 0;
    for (const JsonToken* at = &value.token() + 1; count < names.size(); at += 1 + at[1].span) names[count++] = at;
    std::ranges::sort(names, before_in_utf16, name_of);
    return append_members(names, place);
  }

  Status append_members(Names names, const Place& place) {
    *out_ += '{';
    for (const JsonToken* name : names) {
      if (name != names.front()) *out_ += ',';
      append_text(*out_, name_of(name));
      *out_ += ':';
      if (auto done = append(JsonView(name[1]), {&place, name_of(name), {}}); !done) return done;
    }
    *out_ += '}';
    return ok();
  }

  static std::string_view name_of(const JsonToken* name) noexcept { return {name->text, name->size}; }

  std::string* out_;
  std::string_view base_;
};

}  // namespace

Status append_canonical(std::string& out, JsonView value, std::string_view pointer) {
  return Canonical(out, pointer).append(value, {});
}

Result<std::string> canonical_json(std::string_view json) {
  JsonDocument document;
  if (auto read = document.read(json); !read) return read.error();
  std::string out;
  out.reserve(json.size());
  if (auto written = append_canonical(out, document.root()); !written) return written.error();
  return out;
}

}  // namespace touchstone::codec
