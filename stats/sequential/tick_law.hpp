#pragma once

#include <cstdint>
#include <vector>

namespace touchstone::stats {

struct ConversionTick;

/// P(x of a tick's conversions are B's), hypergeometric given users and conversions, for every x from `first` on that
/// is likely enough to matter (1e-18).
struct TickLaw {
  std::int64_t first = 0;
  std::vector<double> masses;
};
[[nodiscard]] TickLaw law_of(const ConversionTick& tick);

/// The law on multiples of `grain`, as numbers of them: each mass is shared among three so that mean and variance stay.
[[nodiscard]] TickLaw in_groups(const TickLaw& law, std::int64_t grain);

/// x/by, towards minus infinity.
[[nodiscard]] std::int64_t rounded_down(std::int64_t x, std::int64_t by) noexcept;

}  // namespace touchstone::stats
