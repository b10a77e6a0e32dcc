#include "sdk/cpp/event.hpp"

#include <cmath>
#include <span>
#include <utility>
#include <variant>

#include "assign/key.hpp"
#include "assign/utf8.hpp"

namespace touchstone::sdk {
namespace {

constexpr double largest_value = 1e15;
constexpr std::size_t longest_id = 128;
constexpr std::size_t longest_text = 128;

Status refuse(std::string pointer, std::string message, std::string hint) {
  return Error{ErrorCode::invalid, std::move(message), std::move(pointer), std::move(hint)};
}

bool fits(std::string_view text, std::size_t longest) {
  return text.empty() || (text.size() <= longest && assign::valid_unit_id(text));
}

bool valid_name(std::string_view name) {
  if (name.starts_with('$')) name.remove_prefix(1);
  return assign::valid_key(name);
}

bool fits(const assign::Value& value) {
  if (const auto* number = std::get_if<double>(&value)) return std::isfinite(*number);
  if (const auto* text = std::get_if<std::string_view>(&value)) return assign::is_utf8(*text);
  if (const auto* texts = std::get_if<std::span<const std::string_view>>(&value))
    for (const auto each : *texts)
      if (!assign::is_utf8(each)) return false;
  return true;
}

}  // namespace

Status check_unit(const assign::Unit& unit, std::string_view pointer) {
  if (!assign::valid_key(unit.type))
    return refuse(std::string(pointer) + "/type", "no unit type", "a key such as user, device or account");
  if (!assign::valid_unit_id(unit.id))
    return refuse(std::string(pointer) + "/id", "no unit id", "1 to 256 bytes of UTF-8 without control characters");
  return ok();
}

Status check_attributes(assign::Attributes attributes, std::string_view pointer) {
  for (const auto& [key, value] : attributes)
    if (!assign::is_utf8(key) || !fits(value))
      return refuse(std::string(pointer) + "/" + std::string(key), "no value for JSON",
                    "texts in UTF-8, numbers that are finite");
  return ok();
}

Status check(const Event& event) {
  if (!valid_name(event.name)) return refuse("/name", "no event name", "letters, digits and . _ - , at most 128");
  if (auto unit = check_unit(event.unit, "/unit"); !unit) return unit;
  if (event.value && !(std::abs(*event.value) <= largest_value))
    return refuse("/value", "no value", "a finite number of at most 1e15");
  if (!fits(event.id, longest_id)) return refuse("/id", "no id", "at most 128 bytes without control characters");
  if (!fits(event.channel, longest_text)) return refuse("/channel", "no channel", "at most 128 bytes");
  if (!fits(event.touchpoint, longest_text)) return refuse("/touchpoint", "no touchpoint", "at most 128 bytes");
  return check_attributes(event.properties, "/properties");
}

}  // namespace touchstone::sdk
