#include "service/api/query.hpp"

#include <algorithm>
#include <charconv>

#include "service/codec/time_text.hpp"
#include "service/fast/percent.hpp"

namespace touchstone::api {

namespace {

std::string joined(std::span<const std::string_view> names) {
  std::string text;
  for (const auto name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text.empty() ? "This route takes no parameters." : "Known are " + text + ".";
}

Error invalid(std::string_view name, std::string message, std::string hint) {
  return {ErrorCode::invalid, std::move(message), "/" + std::string(name), std::move(hint)};
}

}  // namespace

Result<Query> Query::read(std::string_view query) {
  Query read;
  while (!query.empty()) {
    const auto [encoded_name, encoded_value] = fast::take_parameter(query);
    if (encoded_name.empty()) continue;
    std::string name;
    std::string value;
    if (auto decoded = fast::append_decoded(name, encoded_name); !decoded) return decoded.error();
    if (auto decoded = fast::append_decoded(value, encoded_value); !decoded) return decoded.error();
    if (read.find(name) != nullptr) return invalid(name, "given twice", "Name each parameter once.");
    read.parameters_.emplace_back(std::move(name), std::move(value));
  }
  return read;
}

Result<Query> Query::read(std::string_view query, std::span<const std::string_view> known) {
  auto read = Query::read(query);
  if (!read) return read;
  for (const auto& [name, value] : read->parameters_)
    if (std::ranges::find(known, name) == known.end()) return invalid(name, "unknown parameter", joined(known));
  return read;
}

const std::string* Query::find(std::string_view name) const {
  for (const auto& [key, value] : parameters_)
    if (key == name) return &value;
  return nullptr;
}

std::string_view Query::text(std::string_view name) const {
  const auto* value = find(name);
  return value == nullptr ? std::string_view{} : *value;
}

bool Query::flag(std::string_view name) const {
  const auto* value = find(name);
  return value != nullptr && *value != "false" && *value != "0";
}

Result<std::uint64_t> Query::number(std::string_view name, std::uint64_t otherwise, std::uint64_t most) const {
  const auto* value = find(name);
  if (value == nullptr) return otherwise;
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(value->data(), value->data() + value->size(), number);
  if (problem == std::errc{} && end == value->data() + value->size() && number <= most) return number;
  return invalid(name, "not a number from 0 to " + std::to_string(most), "Give a whole number.");
}

Result<std::uint64_t> Query::limit() const {
  constexpr std::uint64_t usual = 100;
  constexpr std::uint64_t most = 1'000;
  auto asked = number("limit", usual, most);
  if (asked && *asked == 0) return invalid("limit", "not a number from 1 to 1000", "Give a whole number.");
  return asked;
}

Result<std::optional<Time>> Query::time(std::string_view name) const {
  const auto* value = find(name);
  if (value == nullptr) return std::optional<Time>{};
  auto time = codec::parse_time(*value);
  if (!time) return invalid(name, time.error().message, "Write it as 2026-11-21T14:05:00Z.");
  return std::optional<Time>(*time);
}

Result<std::string> Query::reason() const {
  constexpr std::size_t longest = 1'000;
  const auto said = text("reason");
  if (said.size() <= longest) return std::string(said);
  return invalid("reason", "longer than 1000 bytes", "Say it shorter.");
}

}  // namespace touchstone::api
