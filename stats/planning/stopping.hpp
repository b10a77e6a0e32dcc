#pragma once

#include <cstdint>

#include "stats/estimate.hpp"
#include "stats/planning/always_valid.hpp"
#include "stats/sequential/group_sequential.hpp"
#include "stats/sequential/spending.hpp"

/// When a plan may stop, and what that asks of the drift: the difference over its standard error with all units.
namespace touchstone::stats {

enum class SizedFor : std::uint8_t { always_valid, fixed_horizon, group_sequential };

/// Whether a plan ends, too, where the effect has become unlikely. Non-binding: who goes on beyond such a bound still
/// errs with alpha at most.
enum class Futility : std::uint8_t { none, non_binding, binding };

/// Of a group sequential plan: looks after equally many units each. Without futility they may claim either sign; with
/// it the planned one alone, with alpha/2, and the chance to miss the effect is spent over the looks as well.
struct GroupLooks {
  int many = 5;
  Spending spending{};
  Futility futility = Futility::none;
  Spending futility_spending{};
};

struct Stopping {
  SizedFor method = SizedFor::always_valid;
  GroupLooks looks{};
};

/// A plan that is ready: alpha is two-sided.
struct Design {
  Stopping stopping{};
  double alpha = 0.05;
  double drift = undefined;  ///< that it is made for
  Bounds bounds{};           ///< of z at the looks of a group sequential plan; of others none
};

/// With the drift that has this power; an undefined one for a power that no method is asked for, or where a spending
/// with futility leaves nothing for the last look.
[[nodiscard]] Design design_for_power(const Stopping& stopping, double power, double alpha);
/// For a drift above 0 that is known; how much power it has, operation_of says.
[[nodiscard]] Design design_for_drift(const Stopping& stopping, double drift, double alpha);

/// What becomes of a drift; undefined figures where it or the design's is.
[[nodiscard]] SequentialOperation operation_of(const Design& design, double drift);

/// z_{1-alpha/2} + z_{power}: the drift that a fixed horizon asks for.
[[nodiscard]] double fixed_horizon_drift(double power, double alpha) noexcept;

}  // namespace touchstone::stats
