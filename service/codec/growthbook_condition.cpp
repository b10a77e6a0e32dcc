#include "service/codec/growthbook_condition.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "service/codec/json_writer.hpp"

namespace touchstone::codec {

namespace {

using assign::Condition;
using assign::Json;
using assign::Operator;

Error unsayable(std::string what) { return {ErrorCode::invalid, std::move(what), "", ""}; }

std::string quoted(std::string_view text) {
  std::string out;
  append_text(out, text);
  return out;
}

std::string written(double number) {
  std::string out;
  append_number(out, number);
  return out;
}

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Found in every object of JavaScript, also in one that lacks it.
constexpr std::array<std::string_view, 12> kInherited{
    "constructor",      "hasOwnProperty",   "isPrototypeOf",    "propertyIsEnumerable",
    "toLocaleString",   "toString",         "valueOf",          "__proto__",
    "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"};

/// GrowthBook reads a name as a path, and one with a $ as an operator.
Status check_name(std::string_view name) {
  const bool plain = !name.empty() && name.front() != '$' && name.find('.') == std::string_view::npos;
  if (plain && std::ranges::find(kInherited, name) == kInherited.end()) return ok();
  return unsayable("an attribute's name that means something else there");
}

/// The text as a pattern: two engines read escaped ASCII and letters of other scripts alike.
std::string escaped(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || is_letter_or_digit(c))
      pattern += c;
    else
      pattern += fmt::format("\\x{:02x}", byte);
  }
  return pattern;
}

/// Letters and digits, escaped marks, anchors, groups, alternatives, repetitions and classes of what they name: nothing
/// that depends on what a character is, or a space.
bool reads_alike(std::string_view pattern) {
  constexpr std::string_view marks = "^$|()?*+[]{}-_ @%&,:;<>=!~#'\"";
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const char next = i + 1 < pattern.size() ? pattern[i + 1] : '\0';
    if (c == '[' && (next == '^' || next == ':')) return false;
    if (c == '(' && next == '?' && !pattern.substr(i).starts_with("(?:")) return false;
    if (c == '\\') {
      if (static_cast<unsigned char>(next) >= 0x80 || (is_letter_or_digit(next) && next != 'd' && next != 'w'))
        return false;
      ++i;
    } else if (!is_letter_or_digit(c) && marks.find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

std::string of(std::string_view attribute, std::string_view asked) {
  return fmt::format("{{{}:{}}}", quoted(attribute), asked);
}

/// Of a text, or of one element of a list.
std::string of_either(std::string_view attribute, std::string_view text, std::string_view element) {
  return fmt::format(R"({{"$or":[{},{}]}})", of(attribute, text),
                     of(attribute, fmt::format(R"({{"$elemMatch":{}}})", element)));
}

std::string found(std::string_view attribute, std::string_view pattern, std::string_view element = {}) {
  const auto regex = fmt::format(R"("$regex":{})", quoted(pattern));
  return of_either(attribute, fmt::format(R"({{"$type":"string",{}}})", regex),
                   element.empty() ? fmt::format("{{{}}}", regex) : std::string(element));
}

template <class List, class Write>
std::string listed(const List& list, Write write) {
  std::string out;
  for (const auto& one : list) out.append(out.empty() ? "" : ",").append(write(one));
  return out;
}

std::string one_of(std::string_view attribute, std::string_view values) {
  return of(attribute, fmt::format(R"({{"$in":[{}]}})", values));
}

std::string say_is(const Condition& test) {
  if (const auto* flag = std::get_if<bool>(&test.operand)) return of(test.name, fmt::format(R"({{"$eq":{}}})", *flag));
  if (const auto* number = std::get_if<double>(&test.operand)) return one_of(test.name, written(*number));
  return one_of(test.name, quoted(std::get<std::string>(test.operand)));
}

std::string say_in(const Condition& test) {
  if (const auto* numbers = std::get_if<std::vector<double>>(&test.operand))
    return one_of(test.name, listed(*numbers, written));
  return one_of(test.name, listed(std::get<std::vector<std::string>>(test.operand), quoted));
}

std::string say_order(const Condition& test, std::string_view op) {
  return of(test.name, fmt::format(R"({{"$type":"number","{}":{}}})", op, written(std::get<double>(test.operand))));
}

Result<std::string> say_test(const Condition& test) {
  if (auto fine = check_name(test.name); !fine) return fine.error();
  const auto text = [&test]() -> const std::string& { return std::get<std::string>(test.operand); };
  switch (test.op) {
    case Operator::is:
      return say_is(test);
    case Operator::in:
      return say_in(test);
    case Operator::lt:
      return say_order(test, "$lt");
    case Operator::le:
      return say_order(test, "$lte");
    case Operator::gt:
      return say_order(test, "$gt");
    case Operator::ge:
      return say_order(test, "$gte");
    case Operator::contains:
      return found(test.name, escaped(text()), fmt::format(R"({{"$eq":{}}})", quoted(text())));
    case Operator::starts:
      return found(test.name, "^" + escaped(text()));
    case Operator::ends:
      return found(test.name, escaped(text()) + "$");
    case Operator::matches:
      if (reads_alike(text())) return found(test.name, text());
      return unsayable("a pattern that two engines may read differently");
    case Operator::exists:
      return of(test.name, fmt::format(R"({{"$exists":{}}})", std::get<bool>(test.operand)));
    default:
      return unsayable(fmt::format("the operator {}, which GrowthBook reads differently", assign::name_of(test.op)));
  }
}

/// Patterns and groups are where its own conditions are not what they are to us.
Status check_foreign(const Json& tree) {
  if (const auto* list = tree.array())
    for (const auto& one : *list)
      if (auto fine = check_foreign(one); !fine) return fine;
  const auto* members = tree.object();
  if (members == nullptr) return ok();
  for (const auto& [key, value] : *members) {
    if (key.ends_with("Group") || key.starts_with("$notRegex")) return unsayable("the operator " + key);
    if (key.starts_with("$regex") && (value.text() == nullptr || !reads_alike(*value.text())))
      return unsayable("a pattern that two engines may read differently");
    if (!key.starts_with('$'))
      if (auto fine = check_name(key); !fine) return fine;
    if (auto fine = check_foreign(value); !fine) return fine;
  }
  return ok();
}

void write(JsonWriter& out, const Json& tree) {
  if (const auto* flag = tree.flag()) return void(out.boolean(*flag));
  if (const auto* number = tree.number()) return void(out.number(*number));
  if (const auto* text = tree.text()) return void(out.text(*text));
  if (const auto* list = tree.array()) {
    out.begin_array();
    for (const auto& one : *list) write(out, one);
    return void(out.end_array());
  }
  const auto* members = tree.object();
  if (members == nullptr) return void(out.null());
  out.begin_object();
  for (const auto& [key, value] : *members) write(out.key(key), value);
  out.end_object();
}

Result<std::string> say_foreign(const Json& tree) {
  if (auto fine = check_foreign(tree); !fine) return fine.error();
  std::string out;
  JsonWriter writer(out);
  write(writer, tree);
  return out;
}

}  // namespace

std::string_view growthbook_attribute(std::string_view unit_type) noexcept {
  return unit_type == "user" ? "id" : unit_type;
}

Result<std::string> GrowthbookConditions::say(const Condition& condition) {
  switch (condition.kind) {
    case Condition::Kind::all:
      return say_list("$and", condition.children);
    case Condition::Kind::any:
      if (condition.children.empty()) return std::string(R"({"$nor":[{}]})");  // an empty $or holds
      return say_list("$or", condition.children);
    case Condition::Kind::negate: {
      auto child = say(condition.children.front());
      return child ? fmt::format(R"({{"$not":{}}})", *child) : std::move(child);
    }
    case Condition::Kind::segment:
      return say_segment(condition.name);
    case Condition::Kind::test:
      return say_test(condition);
    case Condition::Kind::growthbook:
      return say_foreign(condition.foreign);
    case Condition::Kind::flag:
    case Condition::Kind::variant:
      break;
  }
  return unsayable("a prerequisite");
}

Result<std::string> GrowthbookConditions::say_list(std::string_view op, const std::vector<Condition>& children) {
  std::string list;
  for (const auto& child : children) {
    auto said = say(child);
    if (!said) return said;
    list.append(list.empty() ? "" : ",").append(*said);
  }
  return fmt::format(R"({{"{}":[{}]}})", op, list);
}

Result<std::string> GrowthbookConditions::say_segment(const std::string& key) {
  const auto found_segment = segments_->find(key);
  if (found_segment == segments_->end()) return unsayable("a segment that is not there");
  const auto* list = std::get_if<assign::UnitList>(&found_segment->second);
  if (list == nullptr) return say(std::get<Condition>(found_segment->second));
  const auto attribute = growthbook_attribute(list->unit);
  if (auto fine = check_name(attribute); !fine) return fine.error();
  groups_.insert(key);
  return of(attribute, fmt::format(R"({{"$inGroup":{}}})", quoted(key)));
}

}  // namespace touchstone::codec
