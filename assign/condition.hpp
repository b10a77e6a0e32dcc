#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "assign/json.hpp"
#include "assign/result.hpp"

namespace touchstone::assign {

/// What a test asks of an attribute. A missing attribute, and one of another type than the operator reads, never
/// matches. On a list of strings a test matches when one of its elements does; `contains` asks for an equal element.
enum class Operator : std::uint8_t {
  is,          ///< bool, number or string: equal
  in,          ///< list of strings or numbers: equal to one of them
  lt,          ///< number
  le,          ///< number
  gt,          ///< number
  ge,          ///< number
  contains,    ///< string: somewhere inside the text, or an element of the list
  starts,      ///< string
  ends,        ///< string
  matches,     ///< string: a regular expression found anywhere in the text; see regex_syntax.hpp
  before,      ///< string: RFC 3339 or a date; the attribute is earlier
  after,       ///< string: RFC 3339 or a date; the attribute is later
  version_lt,  ///< string: see version.hpp
  version_ge,  ///< string: see version.hpp
  cidr,        ///< string or list of strings: the attribute is an address inside one of the networks
  exists,      ///< bool: true asks that the attribute is there, false that it is missing
};

/// The operator's name in documents, and back.
[[nodiscard]] std::string_view name_of(Operator op) noexcept;
[[nodiscard]] std::optional<Operator> operator_named(std::string_view name) noexcept;

using Operand = std::variant<bool, double, std::string, std::vector<double>, std::vector<std::string>>;

/// A condition as it is written down. Every node uses the members of its kind only:
/// `all` and `any` their children (of none: true and false), `negate` its single child, `segment` the name,
/// `test` the name of the attribute, operator and operand. `flag` and `variant` are prerequisites: a test of the value
/// that a flag gives, or of the key of the variant that an experiment gives, to the same subject; `name` is theirs. A
/// prerequisite never exposes anybody. `growthbook` is a condition in GrowthBook's own language, taken as it is.
struct Condition {
  enum class Kind : std::uint8_t { all, any, negate, segment, test, flag, variant, growthbook };

  Kind kind = Kind::all;
  std::vector<Condition> children;
  std::string name;
  Operator op = Operator::is;
  Operand operand;
  Json foreign;  ///< of `growthbook`

  friend bool operator==(const Condition&, const Condition&) = default;
};

[[nodiscard]] Condition all_of(std::vector<Condition> children);
[[nodiscard]] Condition any_of(std::vector<Condition> children);
[[nodiscard]] Condition not_of(Condition child);
[[nodiscard]] Condition in_segment(std::string key);
[[nodiscard]] Condition test_of(std::string attribute, Operator op, Operand operand);
[[nodiscard]] Condition flag_gives(std::string flag, Operator op, Operand operand);
[[nodiscard]] Condition variant_is(std::string experiment, Operator op, Operand operand);
[[nodiscard]] Condition growthbook_holds(Json tree);

/// A named set of people: those who satisfy a rule, or those whose id of one unit type is on a list.
struct UnitList {
  std::string unit;
  std::vector<std::string> ids;

  friend bool operator==(const UnitList&, const UnitList&) = default;
};
using Segment = std::variant<Condition, UnitList>;
using Segments = std::map<std::string, Segment, std::less<>>;

/// Limits of one condition; what exceeds them is refused when it is compiled.
struct ConditionLimits {
  static constexpr std::size_t depth = 32;             ///< of all, any and not inside each other
  static constexpr std::size_t tests = 1'000;          ///< written in one condition
  static constexpr std::size_t work = 10'000;          ///< tests in the worst case, segments included
  static constexpr std::size_t segment_depth = 16;     ///< segments that use segments
  static constexpr std::size_t prerequisites = 8;      ///< flags and experiments that need one another
  static constexpr std::size_t list = 10'000;          ///< members of one operand
  static constexpr std::size_t text = 1'024;           ///< bytes of one operand or name
  static constexpr std::size_t unit_list = 1'000'000;  ///< ids of one list
};

/// Checks a condition against the segments it may name, as publishing it would, but for its prerequisites: those are
/// known when everything is compiled. The error's pointer starts with `pointer` and leads to the offending node.
[[nodiscard]] Status check(const Condition& condition, const Segments& segments, std::string_view pointer = "");

/// Checks all segments, cycles among them included. Pointers are `/segments/<key>/...`, also in the function above
/// where a segment it uses is at fault.
[[nodiscard]] Status check(const Segments& segments);

}  // namespace touchstone::assign
