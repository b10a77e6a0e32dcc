#pragma once

#include <span>

namespace touchstone::stats {

/// The sum of doubles as if in infinite precision, rounded once (Shewchuk 1997, growing expansions).
[[nodiscard]] double exact_total(std::span<const double> values);

}  // namespace touchstone::stats
