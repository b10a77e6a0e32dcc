#include "service/codec/field.hpp"

#include <algorithm>
#include <charconv>

#include "assign/key.hpp"
#include "service/codec/canonical_json.hpp"
#include "service/codec/did_you_mean.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

std::string range_of(std::string_view least, std::string_view most) {
  return std::string(least) + " to " + std::string(most);
}

std::string number_text(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

bool disturbs(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
}

/// "12.5%" in slots; nothing for any other text, for more than four decimals and beyond 100 %.
std::optional<std::uint32_t> slots_of_percent(std::string_view text) {
  constexpr std::size_t decimals = 4;
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  const auto point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string fraction(text.substr(std::min(point + 1, text.size())));
  const bool dangling = point < text.size() && fraction.empty();
  if (whole.empty() || whole.size() > 3 || dangling || fraction.size() > decimals) return std::nullopt;
  fraction.resize(decimals, '0');
  const std::string digits = std::string(whole) + fraction;
  std::uint32_t slots = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), slots);
  if (error != std::errc{} || end != digits.data() + digits.size() || slots > 1'000'000) return std::nullopt;
  return slots;
}

}  // namespace

bool Field::fail(std::string message, std::string hint) const {
  return fail(Error{ErrorCode::invalid, std::move(message), pointer(), std::move(hint)});
}

bool Field::fail(Error error) const {
  if (!*error_) *error_ = std::move(error);
  return false;
}

ObjectReader::ObjectReader(const Field& field) : field_(field) {
  if (!field.value().is(JsonKind::object)) field.fail("must be an object", "send {\"name\": value, ...}");
}

std::optional<JsonView> ObjectReader::ask(std::string_view key) {
  asked_.push_back(key);
  return field_.value().find(key);
}

bool ObjectReader::fail(std::string_view key, std::string message, std::string hint) const {
  const Place place{&field_.place(), key, {}};
  return field_.inside(field_.value(), place).fail(std::move(message), std::move(hint));
}

void ObjectReader::missing(std::string_view key) { fail(key, "\"" + std::string(key) + "\" is missing", "add it"); }

void ObjectReader::refuse_server(std::string_view key) {
  fail(key, "\"" + std::string(key) + "\" is set by the server", "leave it out");
}

bool ObjectReader::finish() {
  for (const auto& member : field_.value().members())
    if (std::ranges::find(asked_, member.key) == asked_.end())
      return fail(member.key, "there is no member of this name", did_you_mean(member.key, asked_));
  return !field_.failed();
}

bool Text::operator()(const Field& field, std::string& into) const {
  const auto text = field.value().text();
  if (!text) return field.fail("must be a text", "send it in quotes");
  if (text->size() > longest || std::ranges::any_of(*text, disturbs))
    return field.fail("must have at most " + std::to_string(longest) + " bytes and no control characters",
                      "shorten it");
  into = *text;
  return true;
}

bool read_key(const Field& field, std::string& into) {
  const auto text = field.value().text();
  if (!text || !assign::valid_key(*text))
    return field.fail("must be a key", "1 to 128 of A-Z a-z 0-9 . _ -, starting with a letter or digit");
  into = *text;
  return true;
}

bool read_bool(const Field& field, bool& into) {
  const auto value = field.value().boolean();
  if (!value) return field.fail("must be true or false", "send it without quotes");
  into = *value;
  return true;
}

bool read_time(const Field& field, Time& into) {
  const auto text = field.value().text();
  if (!text) return field.fail("must be a time", "write RFC 3339: 2026-11-21T14:05:00.123456Z");
  const auto time = parse_time(*text);
  if (!time) return field.fail(time.error().message, time.error().hint);
  into = *time;
  return true;
}

bool Number::operator()(const Field& field, double& into) const {
  const auto value = field.value().number();
  if (!value || *value < least || *value > most)
    return field.fail("must be a number", range_of(number_text(least), number_text(most)));
  into = *value;
  return true;
}

bool Whole::read(const Field& field, std::uint64_t& into) const {
  const auto value = field.value().natural();
  if (!value || *value < least || *value > most)
    return field.fail("must be a whole number", range_of(std::to_string(least), std::to_string(most)));
  into = *value;
  return true;
}

bool AnyJson::operator()(const Field& field, std::string& into) const {
  into.clear();
  auto written = append_canonical(into, field.value());
  if (!written) {
    Error error = std::move(written).error();
    error.pointer.insert(0, field.pointer());
    return field.fail(std::move(error));
  }
  if (into.size() > longest)
    return field.fail("must have at most " + std::to_string(longest) + " bytes as JSON", "shorten it");
  return true;
}

bool read_share(const Field& field, std::uint32_t& into) {
  const auto slots = field.value().natural();
  const auto percent = field.value().text() ? slots_of_percent(*field.value().text()) : std::nullopt;
  if (!(slots && *slots <= 1'000'000) && !percent)
    return field.fail("must be a share", "send slots of 1,000,000, such as 400000, or a text like \"40%\"");
  into = percent ? *percent : static_cast<std::uint32_t>(*slots);
  return true;
}

bool read_named(const Field& field, std::span<const std::string_view> names, std::size_t& index) {
  const auto text = field.value().text();
  const auto found = text ? std::ranges::find(names, *text) : names.end();
  if (found == names.end()) return field.fail("is none of the known words", did_you_mean(text.value_or(""), names));
  index = static_cast<std::size_t>(found - names.begin());
  return true;
}

bool check_size(const Field& field, JsonKind kind, std::size_t most) {
  if (!field.value().is(kind))
    return field.fail(kind == JsonKind::array ? "must be an array" : "must be an object", "see the reference");
  if (field.value().size() > most)
    return field.fail(Error{ErrorCode::too_large, "has more than " + std::to_string(most) + " entries", field.pointer(),
                            "send fewer"});
  return true;
}

}  // namespace touchstone::codec
