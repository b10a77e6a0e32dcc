#include "assign/growthbook/condition.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include <re2/re2.h>

#include "assign/growthbook/javascript.hpp"

namespace touchstone::assign::growthbook {
namespace {

constexpr std::int64_t pattern_memory = 1 << 20;

const Json& null_value() {
  static const Json null;
  return null;
}

/// The value at a dotted path, null where it leads nowhere.
const Json& at_path(const Json& root, std::string_view path) {
  const Json* current = &root;
  while (true) {
    const auto dot = path.find('.');
    current = current->member(path.substr(0, dot));
    if (current == nullptr) return null_value();
    if (dot == std::string_view::npos) return *current;
    path.remove_prefix(dot + 1);
  }
}

bool is_operators(const Json& condition) {
  const auto* members = condition.object();
  return members != nullptr && !members->empty() &&
         std::all_of(members->begin(), members->end(),
                     [](const auto& member) { return member.first.starts_with('$'); });
}

std::string_view type_of(const Json& value) {
  constexpr std::string_view names[] = {"null", "boolean", "number", "string", "array", "object"};
  return names[value.value.index()];
}

bool same(const Json& a, const Json& b, bool any_case) {
  if (any_case && a.text() && b.text()) return lower(*a.text()) == lower(*b.text());
  return a == b && !a.array() && !a.object();
}

bool lists(const Json::Array& list, const Json& value, bool any_case) {
  return std::any_of(list.begin(), list.end(), [&](const Json& member) { return same(member, value, any_case); });
}

/// A list of values is in a list when one of them is.
bool is_in(const Json::Array& list, const Json& value, bool any_case = false) {
  const auto* values = value.array();
  if (values == nullptr) return lists(list, value, any_case);
  return std::any_of(values->begin(), values->end(), [&](const Json& one) { return lists(list, one, any_case); });
}

bool is_in_list(const Json& operand, const Json& value, bool any_case, bool wanted) {
  const auto* list = operand.array();
  return list != nullptr && is_in(*list, value, any_case) == wanted;
}

bool is_in_group(const Json& groups, const Json& name, const Json& value) {
  const Json* group = name.text() ? groups.member(*name.text()) : nullptr;
  return group != nullptr && group->array() != nullptr && is_in(*group->array(), value);
}

std::optional<bool> compare_versions(std::string_view op, const Json& value, const Json& operand) {
  if (!op.starts_with("$v")) return std::nullopt;
  const auto order = padded_version(value) <=> padded_version(operand);
  if (op == "$veq") return order == 0;
  if (op == "$vne") return order != 0;
  if (op == "$vlt") return order < 0;
  if (op == "$vlte") return order <= 0;
  if (op == "$vgt") return order > 0;
  if (op == "$vgte") return order >= 0;
  return std::nullopt;
}

std::optional<bool> compare_plain(std::string_view op, const Json& value, const Json& operand) {
  if (op == "$eq") return same(value, operand, false);
  if (op == "$ne") return !same(value, operand, false);
  if (op == "$lt") return less(value, operand);
  if (op == "$lte") return less_or_equal(value, operand);
  if (op == "$gt") return less(operand, value);
  if (op == "$gte") return less_or_equal(operand, value);
  if (op == "$exists") return to_flag(operand) != value.is_null();
  if (op == "$type") return operand.text() && *operand.text() == type_of(value);
  return std::nullopt;
}

std::optional<bool> compare_lists(std::string_view op, const Json& value, const Json& operand, const Json& groups) {
  if (op == "$in") return is_in_list(operand, value, false, true);
  if (op == "$nin") return is_in_list(operand, value, false, false);
  if (op == "$ini") return is_in_list(operand, value, true, true);
  if (op == "$nini") return is_in_list(operand, value, true, false);
  if (op == "$inGroup") return is_in_group(groups, operand, value);
  if (op == "$notInGroup") return !is_in_group(groups, operand, value);
  return std::nullopt;
}

bool digits(std::string_view part) {
  return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string> split_version(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find_first_of("-.");
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string padded_version(const Json& version) {
  constexpr std::size_t width = 5;
  std::string text = version.number() ? to_text(version) : version.text() ? *version.text() : "";
  if (text.empty()) text.push_back('0');
  std::string_view rest = text;
  if (rest.starts_with('v')) rest.remove_prefix(1);
  auto parts = split_version(rest.substr(0, rest.find('+')));
  if (parts.size() == 3) parts.emplace_back("~");
  std::string padded;
  for (const auto& part : parts) {
    if (!padded.empty()) padded += '-';
    if (digits(part) && part.size() < width) padded.append(width - part.size(), ' ');
    padded += part;
  }
  return padded;
}

Condition::Condition(Json tree) : tree_(std::move(tree)) { compile_patterns(tree_); }
Condition::Condition(Condition&&) noexcept = default;
Condition& Condition::operator=(Condition&&) noexcept = default;
Condition::~Condition() = default;

void Condition::compile_patterns(const Json& tree) {
  if (const auto* elements = tree.array())
    for (const auto& element : *elements) compile_patterns(element);
  if (const auto* members = tree.object())
    for (const auto& [name, member] : *members) {
      const bool any_case = name == "$regexi" || name == "$notRegexi";
      if ((any_case || name == "$regex" || name == "$notRegex") && member.text())
        compile_pattern(*member.text(), any_case);
      compile_patterns(member);
    }
}

void Condition::compile_pattern(const std::string& text, bool any_case) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(pattern_memory);
  options.set_case_sensitive(!any_case);
  auto pattern = std::make_unique<RE2>(text, options);
  if (pattern->ok()) patterns_[{text, any_case}] = std::move(pattern);
}

bool Condition::holds(const Json& attributes, const Json& saved_groups) const {
  return all_hold(tree_, attributes, saved_groups);
}

bool Condition::all_hold(const Json& condition, const Json& attributes, const Json& groups) const {
  const auto* members = condition.object();
  if (members == nullptr) return false;
  return std::all_of(members->begin(), members->end(), [&](const auto& member) {
    const auto& [name, inner] = member;
    if (name == "$or") return any_holds(inner, attributes, groups);
    if (name == "$nor") return !any_holds(inner, attributes, groups);
    if (name == "$and") return every_holds(inner, attributes, groups);
    if (name == "$not") return !all_hold(inner, attributes, groups);
    return value_holds(inner, at_path(attributes, name), groups);
  });
}

bool Condition::any_holds(const Json& list, const Json& attributes, const Json& groups) const {
  const auto* conditions = list.array();
  if (conditions == nullptr || conditions->empty()) return true;
  return std::any_of(conditions->begin(), conditions->end(),
                     [&](const Json& one) { return all_hold(one, attributes, groups); });
}

bool Condition::every_holds(const Json& list, const Json& attributes, const Json& groups) const {
  const auto* conditions = list.array();
  if (conditions == nullptr) return true;
  return std::all_of(conditions->begin(), conditions->end(),
                     [&](const Json& one) { return all_hold(one, attributes, groups); });
}

bool Condition::value_holds(const Json& condition, const Json& value, const Json& groups, bool any_case) const {
  if (const auto* text = condition.text())
    return any_case ? lower(to_text(value)) == lower(*text) : to_text(value) == *text;
  if (const auto* number = condition.number()) return to_number(value) == *number;
  if (const auto* flag = condition.flag()) return !value.is_null() && to_flag(value) == *flag;
  if (!is_operators(condition)) return condition == value;
  const auto& operators = *condition.object();
  return std::all_of(operators.begin(), operators.end(),
                     [&](const auto& member) { return operator_holds(member.first, value, member.second, groups); });
}

bool Condition::operator_holds(std::string_view op, const Json& value, const Json& operand, const Json& groups) const {
  if (const auto answer = compare_plain(op, value, operand)) return *answer;
  if (const auto answer = compare_versions(op, value, operand)) return *answer;
  if (const auto answer = compare_lists(op, value, operand, groups)) return *answer;
  if (op == "$not") return !value_holds(operand, value, groups);
  if (op == "$size")
    return value.array() != nullptr && value_holds(operand, Json{static_cast<double>(value.array()->size())}, groups);
  if (op == "$elemMatch") return element_holds(operand, value, groups);
  if (op == "$all") return contains_all(operand, value, groups, false);
  if (op == "$alli") return contains_all(operand, value, groups, true);
  if (op == "$regex") return found(operand, value, false, true);
  if (op == "$regexi") return found(operand, value, true, true);
  if (op == "$notRegex") return found(operand, value, false, false);
  if (op == "$notRegexi") return found(operand, value, true, false);
  return false;
}

bool Condition::element_holds(const Json& operand, const Json& value, const Json& groups) const {
  const auto* elements = value.array();
  if (elements == nullptr) return false;
  const bool plain = is_operators(operand);
  return std::any_of(elements->begin(), elements->end(), [&](const Json& element) {
    return plain ? value_holds(operand, element, groups) : all_hold(operand, element, groups);
  });
}

bool Condition::contains_all(const Json& operand, const Json& value, const Json& groups, bool any_case) const {
  const auto* wanted = operand.array();
  const auto* elements = value.array();
  if (wanted == nullptr || elements == nullptr) return false;
  return std::all_of(wanted->begin(), wanted->end(), [&](const Json& one) {
    return std::any_of(elements->begin(), elements->end(),
                       [&](const Json& element) { return value_holds(one, element, groups, any_case); });
  });
}

bool Condition::found(const Json& pattern, const Json& value, bool any_case, bool wanted) const {
  if (!pattern.text()) return false;
  const auto compiled = patterns_.find(Pattern{*pattern.text(), any_case});
  return compiled != patterns_.end() && RE2::PartialMatch(to_text(value), *compiled->second) == wanted;
}

}  // namespace touchstone::assign::growthbook
