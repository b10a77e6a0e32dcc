#include "assign/program_builder.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "assign/growthbook/condition.hpp"
#include "assign/operand.hpp"
#include "assign/pointer.hpp"
#include "assign/unit.hpp"

namespace touchstone::assign {
namespace {

Error too_large(const std::string& pointer, std::string message, std::string hint) {
  return {ErrorCode::too_large, std::move(message), pointer, std::move(hint)};
}

Error invalid(const std::string& pointer, std::string message, std::string hint) {
  return {ErrorCode::invalid, std::move(message), pointer, std::move(hint)};
}

/// Objects, lists and plain values of a tree.
std::size_t nodes_of(const Json& tree) {
  std::size_t count = 1;
  if (const auto* elements = tree.array())
    for (const auto& element : *elements) count += nodes_of(element);
  if (const auto* members = tree.object())
    for (const auto& [name, member] : *members) count += nodes_of(member);
  return count;
}

std::string_view member_of(Condition::Kind kind) { return kind == Condition::Kind::any ? "any" : "all"; }

}  // namespace

ProgramBuilder::ProgramBuilder(const Segments& segments, TextArena& texts, Programs& programs, Numbering numbering)
    : segments_(segments), texts_(texts), programs_(programs), numbering_(std::move(numbering)) {}

Result<Entry> ProgramBuilder::add(const Condition& condition, std::string_view pointer) {
  Budget budget;
  return add_whole(condition, std::string(pointer), budget);
}

Status ProgramBuilder::add_segments() {
  for (const auto& [key, source] : segments_)
    if (auto known = segment(key, child_pointer("/segments", key)); !known) return std::move(known).error();
  return ok();
}

Result<Entry> ProgramBuilder::add_whole(const Condition& condition, const std::string& pointer, Budget& budget) {
  auto entry = add(condition, pointer, {accept, reject}, 0, budget);
  if (!entry) return entry;
  if (budget.tests > ConditionLimits::tests || budget.work > ConditionLimits::work)
    return too_large(pointer, "the condition asks too much",
                     "at most " + std::to_string(ConditionLimits::tests) + " tests, " +
                         std::to_string(ConditionLimits::work) + " with those of its segments");
  return entry;
}

Result<Entry> ProgramBuilder::add(const Condition& condition, const std::string& pointer, Outcomes go,
                                  std::size_t depth, Budget& budget) {
  if (depth > ConditionLimits::depth)
    return too_large(pointer, "the condition is nested too deeply",
                     "at most " + std::to_string(ConditionLimits::depth) + " levels");
  switch (condition.kind) {
    case Condition::Kind::all:
    case Condition::Kind::any:
      return add_group(condition, pointer, go, depth, budget);
    case Condition::Kind::negate:
      if (condition.children.size() != 1) return invalid(pointer, "not takes one condition", "wrap several into all");
      return add(condition.children.front(), child_pointer(pointer, "not"), {go.no, go.yes}, depth + 1, budget);
    case Condition::Kind::segment:
      return add_segment_test(condition, pointer, go, budget);
    case Condition::Kind::test:
      return add_test(condition, pointer, go, budget);
    case Condition::Kind::flag:
    case Condition::Kind::variant:
      return add_prerequisite(condition, pointer, go, budget);
    case Condition::Kind::growthbook:
      return add_foreign(condition, pointer, go, budget);
  }
  return invalid(pointer, "unknown kind of condition", "use all, any, not, segment or a test");
}

/// Children are compiled last to first, so that where to go on is always known.
Result<Entry> ProgramBuilder::add_group(const Condition& condition, const std::string& pointer, Outcomes go,
                                        std::size_t depth, Budget& budget) {
  const bool all = condition.kind == Condition::Kind::all;
  const auto list = child_pointer(pointer, member_of(condition.kind));
  Entry next = all ? go.yes : go.no;
  for (std::size_t i = condition.children.size(); i > 0; --i) {
    const Outcomes inner = all ? Outcomes{next, go.no} : Outcomes{go.yes, next};
    auto entry = add(condition.children[i - 1], child_pointer(list, i - 1), inner, depth + 1, budget);
    if (!entry) return entry;
    next = *entry;
  }
  return next;
}

Result<Entry> ProgramBuilder::add_segment_test(const Condition& condition, const std::string& pointer, Outcomes go,
                                               Budget& budget) {
  auto known = segment(condition.name, child_pointer(pointer, "segment"));
  if (!known) return std::move(known).error();
  budget.tests += 1;
  budget.work += 1 + known->work;
  Test test;
  test.code = TestCode::segment;
  test.attribute = known->place;
  test.yes = go.yes;
  test.no = go.no;
  return push(test);
}

Result<Entry> ProgramBuilder::add_test(const Condition& condition, const std::string& pointer, Outcomes go,
                                       Budget& budget) {
  if (condition.name.empty() || condition.name.size() > ConditionLimits::text)
    return invalid(child_pointer(pointer, 0), "this is not the name of an attribute", "name an attribute");
  auto test = compile_operand(condition.op, condition.operand, child_pointer(pointer, 2), texts_, programs_);
  if (!test) return std::move(test).error();
  budget.tests += 1;
  budget.work += 1;
  test->attribute = attribute(condition.name);
  test->yes = go.yes;
  test->no = go.no;
  return push(*test);
}

/// Segments also tell people apart in the analysis, where nobody decides flags; so they have no prerequisites.
Result<Entry> ProgramBuilder::add_prerequisite(const Condition& condition, const std::string& pointer, Outcomes go,
                                               Budget& budget) {
  const auto of = condition.kind == Condition::Kind::flag ? TestOf::flag : TestOf::variant;
  const auto list = child_pointer(pointer, of == TestOf::flag ? "flag" : "variant");
  if (open_segments_ > 0)
    return invalid(list, "a segment cannot depend on a flag or an experiment", "ask for it beside the segment");
  const auto number = numbering_ ? numbering_(of, condition.name) : nobody;
  if (!number)
    return invalid(child_pointer(list, 0), "there is no flag " + condition.name,
                   "create it first, or correct its name");
  auto test = compile_operand(condition.op, condition.operand, child_pointer(list, 2), texts_, programs_);
  if (!test) return std::move(test).error();
  budget.tests += 1;
  budget.work += 1;
  test->of = of;
  test->attribute = *number;
  test->yes = go.yes;
  test->no = go.no;
  return push(*test);
}

Result<Entry> ProgramBuilder::add_foreign(const Condition& condition, const std::string& pointer, Outcomes go,
                                          Budget& budget) {
  const auto weight = nodes_of(condition.foreign);
  if (condition.foreign.object() == nullptr)
    return invalid(child_pointer(pointer, "growthbook"), "this is not a condition of GrowthBook", "write an object");
  budget.tests += weight;
  budget.work += weight;
  Test test;
  test.code = TestCode::growthbook;
  test.list.begin = static_cast<std::uint32_t>(programs_.foreign.size());
  programs_.foreign.emplace_back(condition.foreign);
  test.yes = go.yes;
  test.no = go.no;
  return push(test);
}

Result<ProgramBuilder::KnownSegment> ProgramBuilder::segment(std::string_view key, const std::string& pointer) {
  if (const auto found = known_.find(key); found != known_.end()) {
    if (found->second.open)
      return invalid(pointer, "the segment " + std::string(key) + " uses itself", "take it out of its own condition");
    return found->second;
  }
  const auto source = segments_.find(key);
  if (source == segments_.end())
    return invalid(pointer, "there is no segment " + std::string(key), "create it first, or correct its name");
  if (open_segments_ >= ConditionLimits::segment_depth)
    return too_large(pointer, "too many segments use one another",
                     "at most " + std::to_string(ConditionLimits::segment_depth) + " deep");
  auto& known = known_.emplace(std::string(key), KnownSegment{}).first->second;
  known.place = static_cast<std::uint32_t>(programs_.segments.size());
  programs_.segments.emplace_back().key = texts_.keep(key);
  ++open_segments_;
  if (auto status = compile_segment(key, source->second, known); !status) return std::move(status).error();
  --open_segments_;
  known.open = false;
  return known;
}

Status ProgramBuilder::compile_segment(std::string_view key, const Segment& source, KnownSegment& known) {
  const auto pointer = child_pointer("/segments", key);
  if (const auto* list = std::get_if<UnitList>(&source))
    return compile_list(*list, pointer, programs_.segments[known.place]);
  Budget budget;
  auto entry = add_whole(std::get<Condition>(source), pointer, budget);
  if (!entry) return std::move(entry).error();
  programs_.segments[known.place].rule = *entry;
  known.work = budget.work;
  return ok();
}

Status ProgramBuilder::compile_list(const UnitList& list, const std::string& pointer, CompiledSegment& into) {
  const auto ids = child_pointer(child_pointer(pointer, "list"), "ids");
  if (list.unit.empty())
    return invalid(child_pointer(child_pointer(pointer, "list"), "unit"), "the list has no unit type",
                   "say whose ids these are, for example user");
  if (list.ids.size() > ConditionLimits::unit_list)
    return too_large(ids, "the list is too long", "at most " + std::to_string(ConditionLimits::unit_list) + " ids");
  std::vector<std::string_view> distinct;
  for (std::size_t i = 0; i < list.ids.size(); ++i) {
    if (!valid_unit_id(list.ids[i]))
      return invalid(child_pointer(ids, i), "this is not an id", "1 to 256 bytes of UTF-8 without control characters");
    distinct.emplace_back(list.ids[i]);
  }
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  auto& kept = programs_.unit_lists.emplace_back(std::make_unique<std::string_view[]>(distinct.size()));
  std::transform(distinct.begin(), distinct.end(), kept.get(), [&](std::string_view id) { return texts_.keep(id); });
  into.unit = texts_.keep(list.unit);
  into.ids = KeyIndex({kept.get(), distinct.size()});
  return ok();
}

std::uint32_t ProgramBuilder::attribute(std::string_view name) {
  if (const auto found = attributes_.find(name); found != attributes_.end()) return found->second;
  const auto place = static_cast<std::uint32_t>(programs_.attributes.size());
  programs_.attributes.push_back(texts_.keep(name));
  attributes_.emplace(std::string(name), place);
  return place;
}

Entry ProgramBuilder::push(Test test) {
  programs_.tests.push_back(test);
  return static_cast<Entry>(programs_.tests.size() - 1);
}

Status check(const Condition& condition, const Segments& segments, std::string_view pointer) {
  TextArena texts;
  Programs programs;
  auto entry = ProgramBuilder(segments, texts, programs).add(condition, pointer);
  if (!entry) return std::move(entry).error();
  return ok();
}

Status check(const Segments& segments) {
  TextArena texts;
  Programs programs;
  return ProgramBuilder(segments, texts, programs).add_segments();
}

}  // namespace touchstone::assign
