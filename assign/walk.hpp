#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "assign/decision.hpp"
#include "assign/given_value.hpp"
#include "assign/program.hpp"
#include "assign/program_builder.hpp"
#include "assign/same_text.hpp"
#include "assign/subject.hpp"
#include "assign/tables.hpp"

namespace touchstone::assign {

/// What a draw is made for.
enum class DrawnFor : std::uint8_t { layer_holdout, layer, holdout, variant, rollout };

/// What became of a variant that the unit met before.
enum class Keeping : std::uint8_t { kept, blocked, condition };

/// The one walk that decides. `decide` runs it with a trace that does nothing and costs nothing, `explain` with one
/// that writes down every step. A trace has the members of Silent.
struct Silent {
  void tested(const Test&, const Value*, bool) {}
  void entered(const CompiledSegment&) {}
  void left(const CompiledSegment&, bool) {}
  void rule(std::uint32_t) {}
  void ruled(const Decision&) {}
  void experiment(const ExperimentDetail&) {}
  void unit(const Unit&) {}
  void met(const Unit&, bool, std::string_view, Keeping) {}
  void followed(const dialect::Program&, const Unit&) {}
  template <class Range>
  void drew(DrawnFor, std::string_view, Slot, const Range*) {}
};

/// How an experiment treats a subject: a variant, or the cause of having none.
struct Placement {
  Cause cause = Cause::unknown;
  std::uint32_t variant = 0;
  const Unit* unit = nullptr;

  [[nodiscard]] bool placed() const noexcept {
    return cause == Cause::assigned || cause == Cause::sticky || cause == Cause::overridden;
  }
};

template <class Trace>
class Walk {
 public:
  Walk(const Tables& tables, const Subject& subject, Trace& trace) noexcept
      : tables_(tables), subject_(subject), trace_(trace) {}

  [[nodiscard]] Decision flag(const FlagRecord& flag) {
    Decision decision;
    decision.flag = flag.key;
    decision.type = flag.type;
    if (!flag.enabled) return fixed(decision, flag.off, Reason::disabled, Cause::disabled);
    const auto rules = flag.rules.of(tables_.rules);
    for (std::uint32_t i = 0; i < rules.size(); ++i) {
      trace_.rule(i);
      const bool decided = rule(rules[i], decision);
      trace_.ruled(decision);
      if (decided) return decision;
    }
    const bool ruled = !rules.empty();
    fixed(decision, flag.default_value, ruled ? Reason::default_value : Reason::static_value, decision.cause);
    if (unit_was_missing_ && subject_.units.empty()) {
      decision.reason = Reason::error;
      decision.problem = Problem::targeting_key_missing;
    }
    return decision;
  }

  [[nodiscard]] Decision experiment(std::uint32_t number) {
    Decision decision;
    apply(number, place(number), decision);
    return decision;
  }

 private:
  static Decision& fixed(Decision& decision, std::string_view value, Reason reason, Cause cause) {
    decision.value = value;
    decision.reason = reason;
    decision.cause = cause;
    return decision;
  }

  bool holds(Entry condition) {
    if (condition == accept) return true;
    const auto given = [this](const Test& test) { return prerequisite(test); };
    return run(tables_.programs, condition, subject_, trace_, given);
  }

  /// What a flag or an experiment gives to the subject. Compiling refuses those that need one another.
  std::optional<Value> prerequisite(const Test& test) {
    if (test.attribute == nobody) return std::nullopt;
    Silent silent;
    Walk<Silent> walk(tables_, subject_, silent);
    if (test.of == TestOf::flag) return given_value(tables_, walk.flag(tables_.flags[test.attribute]));
    const auto decision = walk.experiment(test.attribute);
    return decision.variant.empty() ? std::nullopt : std::optional<Value>(decision.variant);
  }

  bool rule(const RuleRecord& rule, Decision& decision) {
    if (!holds(rule.when)) {
      decision.cause = Cause::condition;
      return false;
    }
    switch (rule.action) {
      case RuleRecord::Action::give:
        fixed(decision, tables_.values[rule.values],
              rule.when == accept ? Reason::static_value : Reason::targeting_match, Cause::rule);
        return true;
      case RuleRecord::Action::rollout:
        return rollout(rule, decision);
      case RuleRecord::Action::experiment:
        return run_experiment(rule, decision);
    }
    return false;
  }

  bool rollout(const RuleRecord& rule, Decision& decision) {
    const Unit* const who = unit(rule.unit, no_unit_type);
    if (who == nullptr) {
      decision.cause = Cause::unit_missing;
      return false;
    }
    if (!rolled_out(rule, *who)) {
      decision.cause = Cause::not_in_rollout;
      return false;
    }
    fixed(decision, tables_.values[rule.values], Reason::split, Cause::rollout);
    return true;
  }

  bool rolled_out(const RuleRecord& rule, const Unit& who) {
    if (rule.dialect != no_dialect) {
      const auto& program = tables_.dialects[rule.dialect].program;
      trace_.followed(program, who);
      return dialect::decide(program, who.id).variant.has_value();
    }
    const Slot slot = rule.draw(who.id);
    const SlotRange* const range = find_range(rule.slots.of(tables_.ranges), slot);
    trace_.drew(DrawnFor::rollout, {}, slot, range);
    return range != nullptr;
  }

  bool run_experiment(const RuleRecord& rule, Decision& decision) {
    const Placement placement = place(rule.experiment);
    apply(rule.experiment, placement, decision);
    if (!placement.placed()) return false;
    decision.value = tables_.values[rule.values + placement.variant];
    return true;
  }

  void apply(std::uint32_t number, const Placement& placement, Decision& decision) const {
    decision.cause = placement.cause;
    if (!placement.placed()) return;
    const ExperimentDetail& detail = tables_.details[number];
    decision.experiment = detail.key;
    decision.variant = detail.variants.of(tables_.variants)[placement.variant];
    decision.reason = Reason::split;
    if (placement.cause == Cause::overridden)
      decision.reason = Reason::targeting_match;
    else if (placement.unit != nullptr)
      decision.exposure = Exposure{detail.key, decision.variant, *placement.unit, detail.phase, detail.exposed_by};
  }

  Placement place(std::uint32_t number) {
    const ExperimentRecord& record = tables_.experiments[number];
    const ExperimentDetail& detail = tables_.details[number];
    trace_.experiment(detail);
    if (record.scheme == Scheme::external) return {Cause::external};
    if (!subject_.forced.empty())
      if (const auto forced = kept_variant(subject_.forced, detail)) return {Cause::overridden, *forced};
    if (record.overridden)
      if (const auto forced = override_of(detail)) return {Cause::overridden, *forced};
    const Unit* const who = unit(record.unit, record.fallback);
    if (who == nullptr) return {Cause::unit_missing};
    if (record.keeps)
      if (const auto kept = keep(record, detail, *who)) return *kept;
    if (!record.enrolling) return {Cause::not_enrolling};
    if (!holds(record.when)) return {Cause::condition};
    if (record.scheme != Scheme::touchstone_1) return place_otherwise(record, detail, *who);
    // The two hashes are computed side by side, which costs little more than one.
    return draw(record, detail, *who, draw_both(record.layer_draw, record.variant_draw, who->id));
  }

  [[gnu::noinline]] Placement place_otherwise(const ExperimentRecord& record, const ExperimentDetail& detail,
                                              const Unit& who) {
    if (record.scheme == Scheme::dialect) return follow(tables_.dialects[detail.dialect], who);
    const KeyedRecord& keyed = tables_.keyed[detail.dialect];
    return draw(record, detail, who, {keyed.layer_draw(who.id), keyed.variant_draw(who.id)});
  }

  /// What the unit met before, and through whom.
  struct Found {
    Met met;
    const Unit* unit = nullptr;
  };

  /// What is left of the variant that the unit met: it keeps it, or a rule ends that; nothing: it is drawn for.
  [[gnu::noinline]] std::optional<Placement> keep(const ExperimentRecord& record, const ExperimentDetail& detail,
                                                  const Unit& who) {
    const auto found = met_before(record, detail, who);
    if (!found) return std::nullopt;
    const std::uint32_t variant = found->met.variant;
    const bool blocked = ((detail.blocked >> variant) & 1U) != 0;
    const bool gone = !blocked && detail.leaves_with_condition && !holds(record.when);
    trace_.met(*found->unit, found->met.belongs, detail.variants.of(tables_.variants)[variant],
               blocked ? Keeping::blocked
               : gone  ? Keeping::condition
                       : Keeping::kept);
    if (blocked) return std::nullopt;
    if (gone) return Placement{Cause::condition};
    return Placement{Cause::sticky, variant, &who};
  }

  /// Of the unit that is drawn for, else of its fallback: unless that belongs to somebody else, as a shared device may.
  std::optional<Found> met_before(const ExperimentRecord& record, const ExperimentDetail& detail,
                                  const Unit& who) const {
    if (const auto given = kept_variant(subject_.sticky, detail)) return Found{{*given, false}, &who};
    if (subject_.memory == nullptr) return std::nullopt;
    const auto known = [&](const Unit& unit) -> std::optional<Found> {
      const auto met = subject_.memory->find(detail.key, unit);
      if (!met || met->variant >= detail.variants.count) return std::nullopt;
      return Found{*met, &unit};
    };
    if (const auto own = known(who)) return own;
    const Unit* const other = record.fallback == no_unit_type ? nullptr : unit_of(record.fallback);
    if (other == nullptr || other == &who) return std::nullopt;
    const auto met = known(*other);
    return met && !met->met.belongs ? met : std::nullopt;
  }

  Placement follow(const DialectRecord& record, const Unit& who) {
    trace_.followed(record.program, who);
    const auto given = dialect::decide(record.program, who.id).variant;
    const auto variant = given ? record.variants[*given] : std::nullopt;
    if (!variant) return {Cause::not_in_experiment};
    return {Cause::assigned, *variant, &who};
  }

  /// Both slots at once: most of those asked for take part.
  Placement draw(const ExperimentRecord& record, const ExperimentDetail& detail, const Unit& who,
                 const std::pair<Slot, Slot>& slots) {
    const auto [layer_slot, slot] = slots;
    if (const auto* held = find_range(record.layer_holdout.of(tables_.ranges), layer_slot)) {
      trace_.drew(DrawnFor::layer_holdout, detail.layer, layer_slot, held);
      return {Cause::held_out};
    }
    const SlotRange* const entry = find_range(record.entry.of(tables_.ranges), layer_slot);
    trace_.drew(DrawnFor::layer, detail.layer, layer_slot, entry);
    if (entry == nullptr) return {Cause::not_in_experiment};
    if (!tables_.holdouts.empty() && held_out(who)) return {Cause::held_out};
    const VariantRange* const range = find_range(record.slots.of(tables_.variant_ranges), slot);
    trace_.drew(DrawnFor::variant, detail.key, slot, range);
    if (range == nullptr) return {Cause::no_variant};
    return {Cause::assigned, range->variant, &who};
  }

  bool held_out(const Unit& who) {
    return std::any_of(tables_.holdouts.begin(), tables_.holdouts.end(), [&](const HoldoutRecord& holdout) {
      const Slot slot = holdout.draw(who.id);
      const SlotRange* const range = find_range(holdout.slots.of(tables_.ranges), slot);
      trace_.drew(DrawnFor::holdout, holdout.key, slot, range);
      return range != nullptr;
    });
  }

  std::optional<std::uint32_t> override_of(const ExperimentDetail& detail) {
    for (const auto& forced : detail.overrides.of(tables_.overrides))
      if (holds(forced.when)) return forced.variant;
    return std::nullopt;
  }

  std::optional<std::uint32_t> kept_variant(std::span<const Sticky> entries, const ExperimentDetail& detail) const {
    for (const auto& entry : entries)
      if (entry.experiment == detail.key) return variant_named(detail, entry.variant);
    return std::nullopt;
  }

  std::optional<std::uint32_t> variant_named(const ExperimentDetail& detail, std::string_view key) const {
    const auto variants = detail.variants.of(tables_.variants);
    const auto found = std::find(variants.begin(), variants.end(), key);
    if (found == variants.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - variants.begin());
  }

  const Unit* unit(UnitTypeId first, UnitTypeId second) {
    const Unit* found = unit_of(first);
    if (found == nullptr && second != no_unit_type) found = unit_of(second);
    if (found == nullptr)
      unit_was_missing_ = true;
    else
      trace_.unit(*found);
    return found;
  }

  const Unit* unit_of(UnitTypeId type) const {
    const auto wanted = tables_.unit_types[type];
    for (const auto& unit : subject_.units)
      if (same_text(unit.type, wanted) && !unit.id.empty()) return &unit;
    return nullptr;
  }

  const Tables& tables_;
  const Subject& subject_;
  Trace& trace_;
  bool unit_was_missing_ = false;
};

}  // namespace touchstone::assign
