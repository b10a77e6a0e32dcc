// What must hold of every plan and every condition, whatever the numbers: cases are drawn anew from a fixed seed.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "assign/planner.hpp"
#include "assign/program_builder.hpp"
#include "assign/walk.hpp"
#include "sdk/wire/condition_json.hpp"
#include "tests/property.hpp"

namespace touchstone::assign {
namespace {

using tests::always;
using WeightList = std::vector<std::uint32_t>;

WeightList weights(std::size_t variants) {
  auto cuts = *rc::gen::container<WeightList>(variants - 1, rc::gen::inRange<std::uint32_t>(0, slot_count + 1));
  cuts.insert(cuts.end(), {0, slot_count});
  std::sort(cuts.begin(), cuts.end());
  WeightList result;
  for (std::size_t i = 1; i < cuts.size(); ++i) result.push_back(cuts[i] - cuts[i - 1]);
  return result;
}

Slot total_variation(const WeightList& a, const WeightList& b) {
  Slot lost = 0;
  for (std::size_t i = 0; i < a.size(); ++i) lost += a[i] > b[i] ? a[i] - b[i] : 0;
  return lost;
}

TEST(Properties, EveryChainOfEditsHasItsWeightsAndMovesTheMinimum) {
  always([] {
    const auto variants = *rc::gen::inRange<std::size_t>(1, 9);
    auto before = weights(variants);
    auto map = *plan_slots(before);
    for (int edit = 0; edit < 6; ++edit) {
      const auto wanted = weights(variants);
      const auto next = replan_slots(map, wanted);
      RC_ASSERT(next.ok());
      RC_ASSERT(well_formed(std::span<const VariantRange>(*next)));
      RC_ASSERT(weights_of(*next, variants) == wanted);
      RC_ASSERT(moved_slots(map, *next) == total_variation(before, wanted));
      map = *next;
      before = wanted;
    }
  });
}

SlotRanges some_ranges() {
  auto ends = *rc::gen::container<WeightList>(*rc::gen::inRange<std::size_t>(0, 6) * 2,
                                              rc::gen::inRange<std::uint32_t>(0, slot_count + 1));
  std::sort(ends.begin(), ends.end());
  ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
  SlotRanges ranges;
  for (std::size_t i = 1; i < ends.size(); i += 2) ranges.push_back({ends[i - 1], ends[i]});
  return ranges;
}

bool inside(const SlotRanges& part, const SlotRanges& whole) {
  return std::all_of(part.begin(), part.end(), [&](const SlotRange& range) {
    const auto* const first = find_range(std::span<const SlotRange>(whole), range.begin);
    return first != nullptr && range.end <= first->end;
  });
}

bool apart(const SlotRanges& a, const SlotRanges& b) {
  return std::none_of(a.begin(), a.end(), [&](const SlotRange& one) {
    return std::any_of(b.begin(), b.end(),
                       [&](const SlotRange& other) { return one.begin < other.end && other.begin < one.end; });
  });
}

TEST(Properties, CoverageGrowsAroundOthersAndShrinksInside) {
  always([] {
    const auto taken = some_ranges();
    const auto available = free_slots(taken);
    const Slot room = size_of(std::span<const SlotRange>(available));
    SlotRanges entry;
    Slot size = 0;
    for (int edit = 0; edit < 6; ++edit) {
      const auto wanted = *rc::gen::inRange<Slot>(0, slot_count + 1);
      const auto planned = plan_entry(entry, taken, wanted);
      RC_ASSERT(planned.ok() == (wanted <= room));
      if (!planned) continue;
      RC_ASSERT(size_of(std::span<const SlotRange>(*planned)) == wanted);
      RC_ASSERT(apart(*planned, taken));
      RC_ASSERT((wanted >= size ? inside(entry, *planned) : inside(*planned, entry)));
      entry = *planned;
      size = wanted;
    }
  });
}

const std::vector<std::string> names = {"a", "b", "c"};

Condition leaf() {
  const auto name = *rc::gen::elementOf(names);
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      return test_of(name, Operator::is, static_cast<double>(*rc::gen::inRange(0, 4)));
    case 1:
      return test_of(name, Operator::lt, static_cast<double>(*rc::gen::inRange(0, 4)));
    case 2:
      return test_of(name, Operator::exists, *rc::gen::arbitrary<bool>());
    case 3:
      return test_of(name, Operator::in, std::vector<double>{0, 2});
    default:
      return test_of(name, Operator::starts, std::string("x"));
  }
}

Condition tree(int depth) {
  const auto kind = depth == 0 ? 3 : *rc::gen::inRange(0, 4);
  if (kind == 3) return leaf();
  if (kind == 2) return not_of(tree(depth - 1));
  std::vector<Condition> children;
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) children.push_back(tree(depth - 1));
  return kind == 0 ? all_of(std::move(children)) : any_of(std::move(children));
}

std::vector<Attribute> attributes() {
  std::vector<Attribute> all;
  for (const auto& name : names) {
    const auto kind = *rc::gen::inRange(0, 3);
    if (kind == 1) all.push_back({name, static_cast<double>(*rc::gen::inRange(0, 4))});
    if (kind == 2) all.push_back({name, std::string_view(*rc::gen::arbitrary<bool>() ? "xy" : "y")});
  }
  return all;
}

/// The tree walked as it is written, for comparison: no graph, no jumps.
bool plainly(const Condition& condition, Attributes attributes) {
  const auto holds = [&](const Condition& child) { return plainly(child, attributes); };
  const auto& children = condition.children;
  if (condition.kind == Condition::Kind::all) return std::all_of(children.begin(), children.end(), holds);
  if (condition.kind == Condition::Kind::any) return std::any_of(children.begin(), children.end(), holds);
  if (condition.kind == Condition::Kind::negate) return !holds(children.front());
  const Value* const value = find(attributes, condition.name);
  if (condition.op == Operator::exists) return (value != nullptr) == std::get<bool>(condition.operand);
  if (value == nullptr) return false;
  if (condition.op == Operator::starts)
    return std::holds_alternative<std::string_view>(*value) && std::get<std::string_view>(*value).starts_with("x");
  if (!std::holds_alternative<double>(*value)) return false;
  const double number = std::get<double>(*value);
  if (condition.op == Operator::in) return number == 0 || number == 2;
  const double operand = std::get<double>(condition.operand);
  return condition.op == Operator::is ? number == operand : number < operand;
}

bool compiled_holds(const Condition& condition, Attributes attributes) {
  const Segments segments;
  TextArena texts;
  Programs programs;
  const auto entry = ProgramBuilder(segments, texts, programs).add(condition, "");
  RC_ASSERT(entry.ok());
  Silent silent;
  const auto no_flags = [](const Test&) { return std::optional<Value>(); };
  return run(programs, *entry, Subject{{}, attributes, {}}, silent, no_flags);
}

TEST(Properties, ACompiledConditionAnswersAsItIsWritten) {
  always([] {
    const auto condition = tree(4);
    for (int person = 0; person < 5; ++person) {
      const auto known = attributes();
      RC_ASSERT(compiled_holds(condition, known) == plainly(condition, known));
    }
  });
}

TEST(Properties, AConditionSurvivesItsDocument) {
  always([] {
    const auto condition = tree(4);
    const auto again = wire::read_condition(wire::write_condition(condition), "");
    RC_ASSERT(again.ok());
    RC_ASSERT(*again == condition);
  });
}

}  // namespace
}  // namespace touchstone::assign
