#pragma once

#include <cstdint>
#include <vector>

#include "stats/planning/always_valid.hpp"
#include "stats/sequential/spending.hpp"

/// When a plan may stop, and what that asks of the drift: the difference over its standard error with all units.
namespace touchstone::stats {

enum class SizedFor : std::uint8_t { always_valid, fixed_horizon, group_sequential };

/// Of a group sequential plan: looks after equally many units each, which may claim either sign.
struct GroupLooks {
  int many = 5;
  Spending spending{};
};

struct Stopping {
  SizedFor method = SizedFor::always_valid;
  GroupLooks looks{};
};

/// The bounds of |z| at the looks of a group sequential plan; alpha is two-sided.
[[nodiscard]] std::vector<double> look_bounds(const GroupLooks& looks, double alpha);

/// The drift that has this power; undefined for a power that no method is asked for.
[[nodiscard]] double drift_for(const Stopping& stopping, double power, double alpha);
/// What becomes of a drift; undefined figures of one that is.
[[nodiscard]] SequentialOperation operation_of(const Stopping& stopping, double drift, double alpha);

/// z_{1-alpha/2} + z_{power}: the drift that a fixed horizon asks for.
[[nodiscard]] double fixed_horizon_drift(double power, double alpha) noexcept;

}  // namespace touchstone::stats
