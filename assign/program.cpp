#include "assign/program.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <re2/re2.h>

#include "assign/growthbook/condition.hpp"

namespace touchstone::assign {
namespace {

bool inside_any(std::span<const Network> networks, std::string_view text) {
  const auto address = parse_address(text);
  return address && std::any_of(networks.begin(), networks.end(),
                                [&](const Network& network) { return contains(network, *address); });
}

bool is_before(std::string_view text, Instant limit) {
  const auto instant = parse_instant(text);
  return instant && *instant < limit;
}

bool is_after(std::string_view text, Instant limit) {
  const auto instant = parse_instant(text);
  return instant && *instant > limit;
}

bool is_older(std::string_view text, const Version& limit) {
  const auto version = parse_version(text);
  return version && compare(*version, limit) < 0;
}

bool is_at_least(std::string_view text, const Version& limit) {
  const auto version = parse_version(text);
  return version && compare(*version, limit) >= 0;
}

bool element_holds(const Programs& programs, const Test& test, std::string_view element) {
  return test.code == TestCode::contains ? element == test.text : text_holds(programs, test, element);
}

Json tree_of(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return {*flag};
  if (const auto* number = std::get_if<double>(&value)) return {*number};
  if (const auto* text = std::get_if<std::string_view>(&value)) return {std::string(*text)};
  Json::Array list;
  for (const auto element : std::get<std::span<const std::string_view>>(value)) list.push_back({std::string(element)});
  return {std::move(list)};
}

}  // namespace

Programs::Programs() = default;
Programs::~Programs() = default;
Programs::Programs(Programs&&) noexcept = default;
Programs& Programs::operator=(Programs&&) noexcept = default;

bool part_holds(const Programs& programs, const Test& test, std::string_view text) noexcept {
  switch (test.code) {
    case TestCode::contains:
      return text.find(test.text) != std::string_view::npos;
    case TestCode::starts:
      return text.starts_with(test.text);
    case TestCode::ends:
      return text.ends_with(test.text);
    case TestCode::matches:
      return RE2::PartialMatch({text.data(), text.size()}, *programs.patterns[test.list.begin]);
    case TestCode::before:
      return is_before(text, programs.instants[test.list.begin]);
    case TestCode::after:
      return is_after(text, programs.instants[test.list.begin]);
    case TestCode::version_lt:
      return is_older(text, programs.versions[test.list.begin]);
    case TestCode::version_ge:
      return is_at_least(text, programs.versions[test.list.begin]);
    case TestCode::cidr:
      return inside_any(test.list.of(programs.networks), text);
    default:
      return false;
  }
}

bool any_holds(const Programs& programs, const Test& test, std::span<const std::string_view> texts) noexcept {
  return std::any_of(texts.begin(), texts.end(),
                     [&](std::string_view element) { return element_holds(programs, test, element); });
}

std::string_view name_of(TestCode code) noexcept {
  constexpr std::array<std::string_view, 21> names = {
      "is",    "is",         "is",         "in",     "in",     "lt",      "le",
      "gt",    "ge",         "contains",   "starts", "ends",   "matches", "before",
      "after", "version_lt", "version_ge", "cidr",   "exists", "segment", "growthbook"};
  return names[static_cast<std::size_t>(code)];
}

bool foreign_holds(const Programs& programs, const Test& test, const Subject& subject) {
  Json::Object attributes;
  for (const auto& attribute : subject.attributes) attributes.emplace(attribute.key, tree_of(attribute.value));
  for (const auto& unit : subject.units) attributes.emplace(unit.type, Json{std::string(unit.id)});
  return programs.foreign[test.list.begin].holds({std::move(attributes)}, {});
}

bool listed(const CompiledSegment& segment, const Subject& subject) noexcept {
  return std::any_of(subject.units.begin(), subject.units.end(), [&](const Unit& unit) {
    return unit.type == segment.unit && segment.ids.find(unit.id).has_value();
  });
}

}  // namespace touchstone::assign
