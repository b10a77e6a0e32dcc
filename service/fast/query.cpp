#include "service/fast/query.hpp"

#include <charconv>
#include <cmath>
#include <optional>

#include "assign/key.hpp"
#include "assign/utf8.hpp"
#include "service/fast/percent.hpp"

namespace touchstone::fast {

namespace {

constexpr std::string_view kText = "attr.";
constexpr std::string_view kNumber = "num.";
constexpr std::string_view kBoolean = "bool.";

Error invalid(std::string_view name, std::string message, std::string hint) {
  return Error{ErrorCode::invalid, std::move(message), "/" + std::string(name), std::move(hint)};
}

std::optional<double> number(std::string_view text) noexcept {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<assign::Value> typed(std::string_view prefix, std::string_view text) noexcept {
  if (prefix == kText) return text;
  if (prefix == kBoolean) {
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
  }
  if (const auto value = number(text)) return *value;
  return std::nullopt;
}

std::string_view prefix_of(std::string_view name) noexcept {
  for (const auto prefix : {kText, kNumber, kBoolean})
    if (name.starts_with(prefix)) return prefix;
  return {};
}

bool stands_for_itself(std::string_view encoded) noexcept {
  constexpr auto none = std::string_view::npos;
  return encoded.find('%') == none && encoded.find('+') == none && assign::is_ascii(encoded);
}

/// Sets a member that may be given once.
Status once(std::string_view name, std::string_view& member, std::string_view value) {
  if (!member.empty()) return invalid(name, "given twice", "Name each parameter once.");
  if (value.empty()) return invalid(name, "is empty", "Give it a value or leave it out.");
  member = value;
  return ok();
}

}  // namespace

Result<std::string_view> QueryReader::decode(std::string_view encoded) {
  if (stands_for_itself(encoded)) return encoded;
  const std::size_t begin = text_.size();
  if (auto decoded = append_decoded(text_, encoded); !decoded) return decoded.error();
  return std::string_view(text_).substr(begin);
}

Status QueryReader::take(std::string_view name, std::string_view value) {
  if (name == "unit") return once(name, unit_, value);
  if (name == "unit_type") return once(name, unit_type_, value);
  if (name == "preview") return once(name, request_.preview, value);
  if (name == "flag") {
    request_.flags.resize(1);
    return once(name, request_.flags.front(), value);
  }
  const auto prefix = prefix_of(name);
  const auto key = name.substr(prefix.size());
  if (prefix.empty() || key.empty())
    return invalid(name, "unknown parameter",
                   "Known are flag, unit, unit_type, preview, attr.NAME, num.NAME and bool.NAME.");
  if (assign::find(request_.attributes, key) != nullptr)
    return invalid(name, "given twice", "Name each attribute once.");
  if (request_.attributes.size() == codec::EvaluateLimits::attributes)
    return Error{ErrorCode::too_large, "too many attributes", "", "Send what the rules ask for only."};
  const auto read = typed(prefix, value);
  if (!read) return invalid(name, "not a value of that type", "num.NAME takes a number, bool.NAME true or false.");
  request_.attributes.push_back({key, *read});
  return ok();
}

Status QueryReader::finish() {
  using Scope = codec::EvaluateRequest::Scope;
  request_.scope = request_.flags.empty() ? Scope::all : Scope::one;
  if (unit_.empty()) return ok();
  if (unit_type_.empty()) unit_type_ = "user";
  if (!assign::valid_key(unit_type_)) return invalid("unit_type", "not a key", "Use letters, digits, . _ and -.");
  if (!assign::valid_unit_id(unit_)) return invalid("unit", "not a unit id", "1 to 256 bytes, no control characters.");
  request_.units.push_back({unit_type_, unit_});
  return ok();
}

Status QueryReader::read(std::string_view query) {
  text_.clear();
  text_.reserve(query.size());
  unit_ = unit_type_ = {};
  request_.flags.clear();
  request_.units.clear();
  request_.attributes.clear();
  request_.preview = {};
  while (!query.empty()) {
    const auto [encoded_name, encoded_value] = take_parameter(query);
    if (encoded_name.empty() && encoded_value.empty()) continue;
    const auto name = decode(encoded_name);
    if (!name) return name.error();
    const auto value = decode(encoded_value);
    if (!value) return value.error();
    if (auto taken = take(*name, *value); !taken) return taken;
  }
  return finish();
}

}  // namespace touchstone::fast
