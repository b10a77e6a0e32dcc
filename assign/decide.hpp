#pragma once

#include <string_view>

#include "assign/decision.hpp"
#include "assign/snapshot.hpp"
#include "assign/subject.hpp"

namespace touchstone::assign {

/// The value of a flag for a subject: a pure function of its arguments. No clock, no lock, no I/O, no allocation
/// (`matches` alone may let RE2 grow its cache, and conditions in GrowthBook's language copy what they read). Decides
/// in this order: disabled; then the rules, each: its condition, then its action. An experiment decides: assigned
/// elsewhere, forced, override, unit, sticky entry, enrolment, condition, layer holdout, entry, environment holdout,
/// variant slot. An experiment that gives no variant lets the next rule try.
[[nodiscard]] Decision decide(const Snapshot& snapshot, std::string_view flag, const Subject& subject) noexcept;
[[nodiscard]] Decision decide(const Snapshot& snapshot, FlagId flag, const Subject& subject) noexcept;

/// The variant of an experiment, without any flag: `value` and `flag` stay empty.
[[nodiscard]] Decision decide_experiment(const Snapshot& snapshot, std::string_view key,
                                         const Subject& subject) noexcept;
[[nodiscard]] Decision decide_experiment(const Snapshot& snapshot, ExperimentId experiment,
                                         const Subject& subject) noexcept;

/// Hands the decision of every flag to `sink`, in the order of keys.
template <class Sink>
void decide_all(const Snapshot& snapshot, const Subject& subject, Sink&& sink) {
  for (std::uint32_t i = 0; i < snapshot.flag_count(); ++i) sink(decide(snapshot, FlagId{i}, subject));
}

}  // namespace touchstone::assign
