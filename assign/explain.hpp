#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "assign/decision.hpp"
#include "assign/dialect/program.hpp"
#include "assign/snapshot.hpp"
#include "assign/subject.hpp"
#include "assign/walk.hpp"

namespace touchstone::assign {

/// A question of a condition and its answer.
struct AskedTest {
  TestOf of = TestOf::attribute;
  std::string_view name;       ///< of the attribute, flag or experiment; of a segment that was asked as a whole
  std::string_view op;         ///< as conditions write it; "segment" for a segment as a whole
  std::string_view segment;    ///< the segment whose rule asked; empty: the condition itself
  std::optional<Value> value;  ///< nothing: missing
  bool held = false;
};

/// A draw, and the range that held the slot; none: outside of all.
struct MadeDraw {
  DrawnFor purpose = DrawnFor::variant;
  std::string_view under;  ///< key of the layer, holdout or experiment whose salt was drawn under
  Slot slot = 0;
  std::optional<SlotRange> range;
};

/// A variant that the unit met before.
struct MetBefore {
  Unit unit;             ///< through whom it is known
  bool belongs = false;  ///< by a link to another unit, whose variant it is
  std::string_view variant;
  Keeping keeping = Keeping::kept;
};

/// One rule that was tried.
struct TriedRule {
  std::uint32_t number = 0;
  std::vector<AskedTest> tests;
  std::optional<Unit> unit;      ///< who was drawn for
  std::optional<MetBefore> met;  ///< what that unit met before, in an experiment that keeps it
  std::vector<MadeDraw> draws;
  std::vector<dialect::Taken> steps;  ///< of an experiment that follows another vendor's scheme
  std::string_view experiment;
  std::string_view layer;
  std::uint32_t phase = 0;
  Cause cause = Cause::no_rule;  ///< what became of it
};

/// A decision with its reasons. All text views the snapshot and the subject.
struct Explanation {
  Decision decision;
  std::int64_t config_version = 0;
  std::vector<TriedRule> rules;           ///< in order; the last one decided, unless all of them fell through
  std::vector<std::string_view> missing;  ///< attributes that were asked for and are not there, each once
};

/// Decides exactly as `decide` does, by the same walk, and writes down each step.
[[nodiscard]] Explanation explain(const Snapshot& snapshot, std::string_view flag, const Subject& subject);

}  // namespace touchstone::assign
