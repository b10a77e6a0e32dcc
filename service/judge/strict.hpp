#pragma once

#include <span>

#include "service/judge/case.hpp"
#include "service/judge/looks.hpp"
#include "service/judge/watch.hpp"

namespace touchstone::judge {

/// Whether a strict plan has a method for a metric: shares of units, scores, and values that cannot exceed a bound (a
/// cap, or the window of a duration). None with a covariate, or for a window without an end.
[[nodiscard]] bool bets_on(const Case& of, std::size_t metric);

/// What e-values found over the looks: tilts of the hypergeometric law for shares, bets on the arm given the level for
/// values. They tell that treatment and control differ and which way, not by how much: an interval is open at 0.
[[nodiscard]] Watched strictly_watched(const Case& of, std::size_t metric, std::size_t variant,
                                       std::span<const Look> looks);

}  // namespace touchstone::judge
