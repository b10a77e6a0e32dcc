#pragma once

#include <cmath>
#include <cstdlib>

namespace touchstone::judge {

/// TOUCHSTONE_STREAMS sets the streams of each row of a simulation (./dev simulate); the suite runs a fast subset.
inline int streams() {
  const char* const asked = std::getenv("TOUCHSTONE_STREAMS");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return asked == nullptr ? 150 : std::atoi(asked);
}

/// 4.5 binomial standard errors.
inline double allowance(double rate, int of) { return 4.5 * std::sqrt(rate * (1 - rate) / of); }

}  // namespace touchstone::judge
