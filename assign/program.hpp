#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "assign/instant.hpp"
#include "assign/key_index.hpp"
#include "assign/network.hpp"
#include "assign/same_text.hpp"
#include "assign/subject.hpp"
#include "assign/version.hpp"

namespace re2 {
class RE2;
}

namespace touchstone::assign {

namespace growthbook {
class Condition;
}

/// Where a list lies inside an array that many share.
struct Extent {
  std::uint32_t begin = 0;
  std::uint32_t count = 0;

  template <class T>
  [[nodiscard]] std::span<const T> of(const std::vector<T>& all) const noexcept {
    return {all.data() + begin, count};
  }
};

/// The first test of a compiled condition, or one of the two outcomes.
using Entry = std::uint32_t;
inline constexpr Entry accept = 0xFFFFFFFF;
inline constexpr Entry reject = 0xFFFFFFFE;

enum class TestCode : std::uint8_t {
  is_bool,
  is_number,
  is_text,
  in_numbers,
  in_texts,
  lt,
  le,
  gt,
  ge,
  contains,
  starts,
  ends,
  matches,
  before,
  after,
  version_lt,
  version_ge,
  cidr,
  exists,
  segment,
  growthbook,
};
[[nodiscard]] std::string_view name_of(TestCode code) noexcept;  ///< as the operator is written

/// Where a test finds its value.
enum class TestOf : std::uint8_t { attribute, flag, variant };

/// One question and where to go on after either answer. A condition is a graph of tests without loops: and, or and not
/// exist only as destinations.
struct Test {
  std::uint32_t attribute = 0;  ///< in Programs::attributes; for the others their number, in order of keys
  Entry yes = accept;
  Entry no = reject;
  TestCode code = TestCode::exists;
  TestOf of = TestOf::attribute;
  bool flag = false;      ///< operand of is_bool and exists
  double number = 0;      ///< operand of is_number, lt, le, gt, ge
  std::string_view text;  ///< operand of is_text, contains, starts, ends; as written for the others that read text
  Extent list;            ///< where the operand lies in numbers, texts, networks, instants, versions or patterns
};

struct CompiledSegment {
  std::string_view key;
  Entry rule = reject;
  std::string_view unit;  ///< type of the listed ids; empty for a rule
  KeyIndex ids;
};

/// All compiled conditions of a snapshot with their operands.
struct Programs {
  Programs();
  ~Programs();
  Programs(Programs&&) noexcept;
  Programs& operator=(Programs&&) noexcept;

  std::vector<Test> tests;
  std::vector<std::string_view> attributes;
  std::vector<CompiledSegment> segments;
  std::vector<double> numbers;          ///< every list sorted
  std::vector<std::string_view> texts;  ///< every list sorted
  std::vector<Network> networks;
  std::vector<Instant> instants;
  std::vector<Version> versions;
  std::vector<std::unique_ptr<re2::RE2>> patterns;
  std::vector<growthbook::Condition> foreign;
  std::vector<std::unique_ptr<std::string_view[]>> unit_lists;
};

[[nodiscard]] inline bool number_holds(const Programs& programs, const Test& test, double number) noexcept {
  switch (test.code) {
    case TestCode::is_number:
      return number == test.number;
    case TestCode::in_numbers: {
      const auto sorted = test.list.of(programs.numbers);
      const auto found = std::lower_bound(sorted.begin(), sorted.end(), number);
      return found != sorted.end() && *found == number;  // NaN is in no list
    }
    case TestCode::lt:
      return number < test.number;
    case TestCode::le:
      return number <= test.number;
    case TestCode::gt:
      return number > test.number;
    case TestCode::ge:
      return number >= test.number;
    default:
      return false;
  }
}

/// Few texts are compared one by one: a call of memcmp costs more than several comparisons.
[[nodiscard]] inline bool is_listed(std::span<const std::string_view> sorted, std::string_view text) noexcept {
  constexpr std::size_t few = 8;
  if (sorted.size() > few) return std::binary_search(sorted.begin(), sorted.end(), text);
  for (const auto one : sorted)
    if (same_text(one, text)) return true;
  return false;
}

/// Tests of a text beyond its equality.
[[nodiscard]] bool part_holds(const Programs& programs, const Test& test, std::string_view text) noexcept;

[[nodiscard]] inline bool text_holds(const Programs& programs, const Test& test, std::string_view text) noexcept {
  if (test.code == TestCode::is_text) return same_text(text, test.text);
  if (test.code == TestCode::in_texts) return is_listed(test.list.of(programs.texts), text);
  return part_holds(programs, test, text);
}

/// Whether one of the texts holds.
[[nodiscard]] bool any_holds(const Programs& programs, const Test& test,
                             std::span<const std::string_view> texts) noexcept;

/// The answer of a test about an attribute that is there. Precondition: `test` is not about a segment.
[[nodiscard]] inline bool holds(const Programs& programs, const Test& test, const Value& value) noexcept {
  if (const auto* text = std::get_if<std::string_view>(&value)) return text_holds(programs, test, *text);
  if (const auto* number = std::get_if<double>(&value)) return number_holds(programs, test, *number);
  if (const auto* flag = std::get_if<bool>(&value)) return test.code == TestCode::is_bool && *flag == test.flag;
  return any_holds(programs, test, *std::get_if<std::span<const std::string_view>>(&value));
}

/// The answer of a test about what may be missing.
[[nodiscard]] inline bool holds(const Programs& programs, const Test& test, const Value* value) noexcept {
  if (test.code == TestCode::exists) return (value != nullptr) == test.flag;
  return value != nullptr && holds(programs, test, *value);
}

/// True when the list of a segment names one of the subject's units.
[[nodiscard]] bool listed(const CompiledSegment& segment, const Subject& subject) noexcept;

/// True when a condition in GrowthBook's language holds of the attributes, and of the ids under their types' names. It
/// copies what it reads.
[[nodiscard]] bool foreign_holds(const Programs& programs, const Test& test, const Subject& subject);

/// Walks a condition. `trace.tested(test, value, answer)` hears of each test on the way, `value` being null where there
/// is none, and `trace.entered(segment)` and `trace.left(segment, answer)` of each segment. `prerequisite(test)`
/// answers what a flag or an experiment gives to the subject.
template <class Trace, class Prerequisite>
bool run(const Programs& programs, Entry at, const Subject& subject, Trace& trace, Prerequisite& prerequisite) {
  while (at < reject) {
    const Test& test = programs.tests[at];
    bool answer = false;
    if (test.code < TestCode::segment && test.of == TestOf::attribute) {
      const Value* value = find(subject.attributes, programs.attributes[test.attribute]);
      answer = holds(programs, test, value);
      trace.tested(test, value, answer);
    } else if (test.code == TestCode::segment) {
      const CompiledSegment& segment = programs.segments[test.attribute];
      trace.entered(segment);
      answer =
          segment.unit.empty() ? run(programs, segment.rule, subject, trace, prerequisite) : listed(segment, subject);
      trace.left(segment, answer);
    } else if (test.code == TestCode::growthbook) {
      answer = foreign_holds(programs, test, subject);
      trace.tested(test, nullptr, answer);
    } else {
      const auto given = prerequisite(test);
      const Value* value = given ? &*given : nullptr;
      answer = holds(programs, test, value);
      trace.tested(test, value, answer);
    }
    at = answer ? test.yes : test.no;
  }
  return at == accept;
}

}  // namespace touchstone::assign
