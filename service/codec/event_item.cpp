#include "service/codec/event_item.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "assign/key.hpp"
#include "assign/pointer.hpp"
#include "assign/unit.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/time_text.hpp"
#include "storage/attribute.hpp"

namespace touchstone::codec {
namespace {

using assign::child_pointer;
using storage::Event;
using storage::EventType;

enum Field : std::uint8_t {
  f_id,
  f_type,
  f_unit,
  f_ts,
  f_name,
  f_experiment,
  f_variant,
  f_config_version,
  f_value,
  f_properties,
  f_attributes,
  f_to,
  f_channel,
  f_touchpoint,
  field_count
};

/// The names that a dialect gives to the fields, by field; empty = it has no such field.
using FieldNames = std::array<std::string_view, field_count>;

constexpr FieldNames kNative = {"id",         "type",    "unit",           "ts",        "name",
                                "experiment", "variant", "config_version", "value",     "properties",
                                "attributes", "to",      "channel",        "touchpoint"};
constexpr FieldNames kNeutral = {"", "type",  "unit_id", "ts",         "event", "experiment", "variant",
                                 "", "value", "",        "attributes", "",      "",           ""};

constexpr unsigned bit(Field field) noexcept { return 1U << field; }

/// What an event of a type must say and may say.
struct Shape {
  EventType type;
  std::string_view word;
  unsigned required;
  unsigned allowed;
};

constexpr unsigned kAlways = bit(f_type) | bit(f_unit) | bit(f_ts);
constexpr unsigned kContext = bit(f_attributes) | bit(f_properties) | bit(f_channel) | bit(f_touchpoint);
constexpr std::array<Shape, 4> kShapes = {{
    {EventType::exposure, "exposure", bit(f_experiment) | bit(f_variant),
     bit(f_config_version) | bit(f_name) | kContext},
    {EventType::event, "event", bit(f_name), bit(f_value) | kContext},
    {EventType::link, "link", bit(f_to), 0},
    {EventType::traits, "traits", bit(f_attributes), 0},
}};

constexpr std::size_t kNeutralShapes = 2;  // exposure and event

constexpr std::array<std::string_view, 5> kReserved = {"$survey", "$ticket", "$churn", "$refund", "$referral"};

Error invalid(std::string message, std::string pointer, std::string hint) {
  return {ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

/// True for 1 to `longest` bytes without control characters. Texts that were read are well-formed UTF-8; only those
/// that hold a byte of a control character's form need a closer look.
bool fits(std::string_view text, std::size_t longest) noexcept {
  if (text.empty() || text.size() > longest) return false;
  bool suspect = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    suspect |= byte < 0x20 || byte == 0x7F || byte == 0xC2;
  }
  return !suspect || assign::valid_unit_id(text);
}

/// The field that a dialect calls so, or field_count.
Field field_named(const FieldNames& names, std::string_view key) noexcept {
  std::uint8_t i = 0;
  if (key.empty()) return field_count;
  while (i < field_count && (names[i].size() != key.size() || names[i].front() != key.front() || names[i] != key)) ++i;
  return static_cast<Field>(i);
}

/// Reads one item. Each step returns true, or notes the error and returns false.
class ItemReader {
 public:
  ItemReader(const FieldNames& names, std::span<const Shape> shapes, assign::TextArena& text) noexcept
      : names_(&names), shapes_(shapes), text_(&text) {}

  Result<Event> read_native(JsonView item) {
    if (!find_fields(item) || !read_shape() || !read_common() || !read_id() || !read_native_unit(f_unit, event_.unit) ||
        !read_native_unit(f_to, event_.to))
      return *std::move(error_);
    return finished();
  }

  Result<Event> read_neutral(JsonView line) {
    drop_null_ = true;
    if (!find_fields(line) || !read_shape() || !read_common() || !read_user() || !take_id_from_attributes())
      return *std::move(error_);
    return finished();
  }

 private:
  const Event& finished() {
    event_.attributes = text_->keep(attributes_);
    return event_;
  }

  bool fail(Error error) {
    error_ = std::move(error);
    return false;
  }
  bool fail(Field field, std::string message, std::string hint) {
    return fail(invalid(std::move(message), pointer(field), std::move(hint)));
  }
  [[nodiscard]] std::string pointer(Field field) const { return child_pointer("", (*names_)[field]); }
  [[nodiscard]] std::string quoted(Field field) const { return "\"" + std::string((*names_)[field]) + "\""; }

  [[nodiscard]] bool has(Field field) const noexcept { return (present_ & bit(field)) != 0; }
  [[nodiscard]] JsonView view(Field field) const noexcept { return JsonView(*found_[field]); }

  bool find_fields(JsonView item);
  bool unknown_member(std::string_view key);
  bool read_shape();
  [[nodiscard]] std::string known_types() const;
  bool check_shape(const Shape& shape);
  bool read_common();
  bool read_text(Field field, std::size_t longest, std::string_view& into);
  bool read_key(Field field, std::string_view& into);
  bool read_name();
  bool read_time();
  bool read_value();
  bool read_config_version();
  bool read_id() { return read_text(f_id, EventLimits::id, event_.id); }
  bool read_native_unit(Field field, storage::UnitRef& into);
  bool read_typed_unit(Field field, storage::UnitRef& into);
  bool read_unit_id(std::optional<std::string_view> id, Field field, std::string_view below, std::string_view& into);
  bool read_user();
  bool read_attributes(Field field);
  bool take_id_from_attributes();

  const FieldNames* names_;
  std::span<const Shape> shapes_;
  assign::TextArena* text_;
  std::array<const JsonToken*, field_count> found_{};
  unsigned present_ = 0;
  bool drop_null_ = false;
  Event event_;
  std::string attributes_;  ///< canonical
  std::optional<Error> error_;
};

bool ItemReader::find_fields(JsonView item) {
  if (!item.is(JsonKind::object)) return fail(invalid("an event is a JSON object", "", "send {\"type\": ..., ...}"));
  for (const auto& [key, value] : item.members()) {
    const Field field = field_named(*names_, key);
    if (field == field_count) return unknown_member(key);
    if (value.is(JsonKind::null) && drop_null_) continue;
    found_[field] = &value.token();
    present_ |= bit(field);
  }
  return true;
}

bool ItemReader::unknown_member(std::string_view key) {
  std::vector<std::string_view> known;
  std::ranges::copy_if(*names_, std::back_inserter(known), [](std::string_view name) { return !name.empty(); });
  return fail(invalid("an event has no member of this name", child_pointer("", key), did_you_mean(key, known)));
}

bool ItemReader::read_shape() {
  const auto word = has(f_type) ? view(f_type).text() : std::nullopt;
  const auto shape = word ? std::ranges::find(shapes_, *word, &Shape::word) : shapes_.end();
  if (shape == shapes_.end()) return fail(f_type, "\"type\" is missing or unknown", known_types());
  event_.type = shape->type;
  return check_shape(*shape);
}

std::string ItemReader::known_types() const {
  std::string known = "send";
  for (const auto& shape : shapes_) known.append(&shape == &shapes_.front() ? " " : ", ").append(shape.word);
  return known;
}

bool ItemReader::check_shape(const Shape& shape) {
  const unsigned required = kAlways | shape.required;
  const unsigned allowed = required | shape.allowed | bit(f_id);
  if ((required & ~present_) == 0 && (present_ & ~allowed) == 0) return true;
  const std::string kind = "an item of type " + std::string(shape.word);
  for (std::uint8_t i = 0; i < field_count; ++i) {
    const auto field = static_cast<Field>(i);
    if (!has(field) && (required & bit(field)) != 0) return fail(field, kind + " needs " + quoted(field), "add it");
    if (has(field) && (allowed & bit(field)) == 0) return fail(field, kind + " has no " + quoted(field), "remove it");
  }
  return true;
}

bool ItemReader::read_common() {
  if (has(f_properties) && has(f_attributes))
    return fail(f_attributes, "both properties and attributes", "send one of them");
  return read_time() && read_name() && read_key(f_experiment, event_.experiment) &&
         read_key(f_variant, event_.variant) && read_config_version() && read_value() &&
         read_text(f_channel, EventLimits::text, event_.channel) &&
         read_text(f_touchpoint, EventLimits::text, event_.touchpoint) && read_attributes(f_attributes) &&
         read_attributes(f_properties);
}

/// A text that holds what a unit id may hold, up to a length.
bool ItemReader::read_text(Field field, std::size_t longest, std::string_view& into) {
  if (!has(field)) return true;
  const auto text = view(field).text();
  if (!text) return fail(field, quoted(field) + " must be a text", "send it in quotes, or leave it out");
  if (!fits(*text, longest))
    return fail(field, quoted(field) + " must have 1 to " + std::to_string(longest) + " bytes and no control character",
                "shorten it, or leave it out");
  into = text_->keep(*text);
  return true;
}

bool ItemReader::read_key(Field field, std::string_view& into) {
  if (!has(field)) return true;
  const auto text = view(field).text();
  if (!text || !assign::valid_key(*text))
    return fail(field, quoted(field) + " must be a key",
                "1 to 128 of A-Z a-z 0-9 . _ -, starting with a letter or digit");
  into = text_->keep(*text);
  return true;
}

bool ItemReader::read_name() {
  const auto text = has(f_name) ? view(f_name).text() : std::nullopt;
  if (!text || !text->starts_with('$')) return read_key(f_name, event_.name);
  if (std::ranges::find(kReserved, *text) == kReserved.end())
    return fail(f_name, "names that start with $ are reserved", did_you_mean(*text, kReserved));
  event_.name = text_->keep(*text);
  return true;
}

bool ItemReader::read_time() {
  const auto text = view(f_ts).text();
  if (!text) return fail(f_ts, "\"ts\" must be a text", "write RFC 3339: 2026-11-21T14:05:00.123456Z");
  auto time = parse_time(*text);
  if (!time) return fail(f_ts, time.error().message, time.error().hint);
  event_.ts = *time;
  return true;
}

bool ItemReader::read_value() {
  if (!has(f_value)) return true;
  const auto number = view(f_value).number();
  if (!number) return fail(f_value, "\"value\" must be a number", "send it without quotes, or leave it out");
  if (std::abs(*number) > EventLimits::value)
    return fail(f_value, "\"value\" is beyond 1e15", "send it in a larger unit of measure");
  event_.value = *number + 0.0;  // there is one zero
  return true;
}

bool ItemReader::read_config_version() {
  if (!has(f_config_version)) return true;
  const auto version = view(f_config_version).natural();
  if (!version) return fail(f_config_version, "\"config_version\" must be a whole number", "repeat the evaluation's");
  event_.config_version = *version;
  return true;
}

bool ItemReader::read_native_unit(Field field, storage::UnitRef& into) {
  if (!has(field)) return true;
  if (view(field).is(JsonKind::object)) return read_typed_unit(field, into);
  into.type = "user";
  return read_unit_id(view(field).text(), field, "", into.id);
}

bool ItemReader::read_typed_unit(Field field, storage::UnitRef& into) {
  std::optional<std::string_view> type;
  std::optional<std::string_view> id;
  for (const auto& [key, value] : view(field).members()) {
    if (key != "type" && key != "id")
      return fail(invalid("a unit has no member of this name", child_pointer(pointer(field), key), "send type and id"));
    (key == "type" ? type : id) = value.text();
  }
  if (!type || !assign::valid_key(*type))
    return fail(
        invalid("a unit's type must be a key", pointer(field) + "/type", "user, device, account, session, ..."));
  into.type = text_->keep(*type);
  return read_unit_id(id, field, "/id", into.id);
}

bool ItemReader::read_unit_id(std::optional<std::string_view> id, Field field, std::string_view below,
                              std::string_view& into) {
  if (!id || !fits(*id, assign::longest_unit_id))
    return fail(invalid("a unit's id must be a text of 1 to 256 bytes without control characters",
                        pointer(field) + std::string(below), "send numbers in quotes: one spelling is one unit"));
  into = text_->keep(*id);
  return true;
}

bool ItemReader::read_user() {
  event_.unit.type = "user";
  return read_unit_id(view(f_unit).text(), f_unit, "", event_.unit.id);
}

bool ItemReader::read_attributes(Field field) {
  if (!has(field)) return true;
  if (!view(field).is(JsonKind::object))
    return fail(field, quoted(field) + " must be an object", "send {\"name\": value, ...}");
  if (view(field).size() == 0) return true;
  if (auto written = append_canonical(attributes_, view(field), pointer(field)); !written) return fail(written.error());
  return true;
}

/// The canonical object without one of its members, whose raw value is known.
std::string without_member(std::string_view object, std::string_view key, std::string_view value) {
  const std::string member = "\"" + std::string(key) + "\":";
  const auto value_at = static_cast<std::size_t>(value.data() - object.data());
  std::size_t begin = value_at - member.size();
  std::size_t end = value_at + value.size();
  if (object[end] == ',') {
    ++end;
  } else if (object[begin - 1] == ',') {
    --begin;
  }
  std::string rest(object.substr(0, begin));
  rest.append(object.substr(end));
  return rest == "{}" ? std::string() : rest;
}

bool ItemReader::take_id_from_attributes() {
  constexpr std::string_view key = "event_id";
  const auto id = has(f_attributes) ? view(f_attributes).find(key) : std::nullopt;
  if (!id) return true;
  const auto text = id->text();
  if (!text || !fits(*text, EventLimits::id))
    return fail(invalid("\"event_id\" must be a text of 1 to 128 bytes without control characters",
                        child_pointer(pointer(f_attributes), key), "shorten it, or leave it out"));
  event_.id = text_->keep(*text);
  attributes_ = without_member(attributes_, key, *storage::attribute(attributes_, key));
  return true;
}

}  // namespace

Result<Event> read_native_event(JsonView item, assign::TextArena& text) {
  return ItemReader(kNative, kShapes, text).read_native(item);
}

Result<Event> read_neutral_event(JsonView line, assign::TextArena& text) {
  return ItemReader(kNeutral, std::span(kShapes).first(kNeutralShapes), text).read_neutral(line);
}

}  // namespace touchstone::codec
