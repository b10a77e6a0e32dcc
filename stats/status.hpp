#pragma once

#include <cstdint>
#include <string_view>

namespace touchstone::stats {

/// Whether a number could be computed, and if not, why. Every function of this library is total: where a figure has
/// no meaning yet it is NaN and the status says the reason; no p = 1 and no zero variance is ever invented.
enum class Status : std::uint8_t {
  ok,
  no_data,                ///< nobody was observed
  insufficient_data,      ///< fewer units than the method needs (two in each arm for a variance)
  zero_variance,          ///< everybody has the same value: nothing to compare against
  zero_denominator,       ///< a ratio metric whose denominator sums to zero
  baseline_not_positive,  ///< a relative change needs a control mean above zero
  out_of_range,           ///< a parameter outside the method's domain
  not_relative,           ///< a scale whose zero means nothing, such as points of NPS, has no relative change
  no_sequential_method,   ///< no method that may look again and again is proven for this kind of figure
  not_mature,             ///< units are there, but nobody's figure is final yet
  not_converged,          ///< a search ended without its answer; never expected
};

/// The stable text of a status, as it stands in the report document ("ok", "no_data", ...).
[[nodiscard]] std::string_view name(Status status) noexcept;

}  // namespace touchstone::stats
