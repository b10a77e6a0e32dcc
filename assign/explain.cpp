#include "assign/explain.hpp"

#include <algorithm>

#include "assign/decide.hpp"
#include "assign/tables.hpp"

namespace touchstone::assign {
namespace {

/// Writes down what Silent leaves out.
class Recorder {
 public:
  Recorder(const Tables& tables, Explanation& into) : tables_(tables), into_(into) {}

  void tested(const Test& test, const Value* value, bool held) {
    AskedTest asked{test.of, name_of_subject(test), name_of(test.code), segment(), {}, held};
    if (value != nullptr) asked.value = *value;
    const bool looks_for_one = test.of == TestOf::attribute && test.code != TestCode::growthbook;
    if (value == nullptr && looks_for_one) miss(asked.name);
    tried().tests.push_back(asked);
  }

  void entered(const CompiledSegment& segment) { segments_.push_back(segment.key); }

  void left(const CompiledSegment& left, bool held) {
    segments_.pop_back();
    tried().tests.push_back({TestOf::attribute, left.key, name_of(TestCode::segment), segment(), {}, held});
  }

  void rule(std::uint32_t number) { into_.rules.emplace_back().number = number; }
  void ruled(const Decision& decision) { tried().cause = decision.cause; }

  void experiment(const ExperimentDetail& detail) {
    tried().experiment = detail.key;
    tried().layer = detail.layer;
    tried().phase = detail.phase;
  }

  void unit(const Unit& unit) { tried().unit = unit; }

  void met(const Unit& unit, bool belongs, std::string_view variant, Keeping keeping) {
    tried().met = MetBefore{unit, belongs, variant, keeping};
  }

  void followed(const dialect::Program& program, const Unit& unit) {
    tried().steps = dialect::steps_taken(program, unit.id);
  }

  template <class Range>
  void drew(DrawnFor purpose, std::string_view under, Slot slot, const Range* range) {
    MadeDraw draw{purpose, under, slot, {}};
    if (range != nullptr) draw.range = SlotRange{range->begin, range->end};
    tried().draws.push_back(draw);
  }

 private:
  [[nodiscard]] TriedRule& tried() { return into_.rules.back(); }
  [[nodiscard]] std::string_view segment() const { return segments_.empty() ? std::string_view() : segments_.back(); }

  [[nodiscard]] std::string_view name_of_subject(const Test& test) const {
    if (test.code == TestCode::growthbook || test.attribute == nobody) return {};
    if (test.of == TestOf::flag) return tables_.flag_keys[test.attribute];
    if (test.of == TestOf::variant) return tables_.experiment_keys[test.attribute];
    return tables_.programs.attributes[test.attribute];
  }

  void miss(std::string_view attribute) {
    auto& missing = into_.missing;
    if (std::find(missing.begin(), missing.end(), attribute) == missing.end()) missing.push_back(attribute);
  }

  const Tables& tables_;
  Explanation& into_;
  std::vector<std::string_view> segments_;
};

}  // namespace

Explanation explain(const Snapshot& snapshot, std::string_view flag, const Subject& subject) {
  Explanation explanation;
  explanation.config_version = snapshot.config_version();
  const auto id = snapshot.flag(flag);
  if (!id) {
    explanation.decision = decide(snapshot, flag, subject);
    return explanation;
  }
  const Tables& tables = snapshot.tables();
  Recorder recorder(tables, explanation);
  explanation.decision = Walk(tables, subject, recorder).flag(tables.flags[static_cast<std::uint32_t>(*id)]);
  return explanation;
}

}  // namespace touchstone::assign
