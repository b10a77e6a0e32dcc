#pragma once

#include "assign/document.hpp"
#include "assign/result.hpp"

namespace touchstone::assign {

/// Refuses flags and experiments whose conditions need one another in a circle, or in a chain longer than
/// ConditionLimits::prerequisites. The pointer names the flag or experiment where the circle closes.
[[nodiscard]] Status check_prerequisites(const SnapshotDocument& document);

}  // namespace touchstone::assign
