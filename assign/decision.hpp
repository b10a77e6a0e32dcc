#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "assign/document.hpp"
#include "assign/unit.hpp"

namespace touchstone::assign {

/// The reason codes of OpenFeature that a decision can have.
enum class Reason : std::uint8_t { static_value, default_value, targeting_match, split, disabled, error };
[[nodiscard]] std::string_view name_of(Reason reason) noexcept;  ///< "STATIC", "DEFAULT", ...

/// What exactly led to the decision; of a flag that fell through to its default, the last rule's cause.
enum class Cause : std::uint8_t {
  no_rule,            ///< the flag has no rules
  rule,               ///< a rule gave its value
  rollout,            ///< the unit's slot lies in the rollout
  assigned,           ///< the unit's slot lies in a variant's range
  sticky,             ///< the unit keeps the variant it met before
  overridden,         ///< forced, not analysed
  disabled,           ///< the flag is off
  condition,          ///< a rule's or the experiment's condition does not hold
  not_in_rollout,     ///< the unit's slot lies outside the rollout
  unit_missing,       ///< no id of the unit type asked for
  external,           ///< the experiment is assigned elsewhere
  not_enrolling,      ///< the experiment takes no new units
  held_out,           ///< by a holdout of the layer or of the environment
  not_in_experiment,  ///< the unit's layer slot lies outside the experiment's entry
  no_variant,         ///< the unit's slot belongs to no variant
  unknown,            ///< no flag or experiment of this key
};
[[nodiscard]] std::string_view name_of(Cause cause) noexcept;  ///< "no_rule", "assigned", ...

/// Why no value can be given, as OpenFeature names it.
enum class Problem : std::uint8_t { none, flag_not_found, targeting_key_missing };
[[nodiscard]] std::string_view name_of(Problem problem) noexcept;  ///< "", "FLAG_NOT_FOUND", ...

/// Who reports an exposure; see ExposureDocument.
enum class ExposedBy : std::uint8_t { evaluate, client, event };

/// The unit belongs to the analysis of `experiment` as soon as it meets its variant; `by` says who tells.
struct Exposure {
  std::string_view experiment;
  std::string_view variant;
  Unit unit;
  std::uint32_t phase = 0;
  ExposedBy by = ExposedBy::evaluate;

  friend bool operator==(const Exposure&, const Exposure&) = default;
};

/// What a unit sees. All text views the snapshot, `exposure->unit` the subject: both must outlive the decision.
struct Decision {
  std::string_view flag;
  std::string_view value;  ///< JSON text; empty means: use the default in the code
  ValueType type = ValueType::json;
  std::string_view variant;     ///< empty: none
  std::string_view experiment;  ///< of `variant`; empty: none
  Reason reason = Reason::default_value;
  Cause cause = Cause::no_rule;
  Problem problem = Problem::none;
  std::optional<Exposure> exposure;

  friend bool operator==(const Decision&, const Decision&) = default;
};

}  // namespace touchstone::assign
