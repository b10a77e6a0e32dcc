#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace touchstone::stats {

/// Cumulative error spent at information share t in [0, 1]; at t = 1 it is alpha.
enum class SpendingKind : std::uint8_t {
  obrien_fleming,     ///< Lan and DeMets 1983: 2 (1 - Phi(z_{alpha/2}/sqrt t))
  pocock,             ///< alpha ln(1 + (e - 1) t)
  kim_demets,         ///< alpha t^parameter
  hwang_shih_decani,  ///< alpha (1 - e^{-parameter t})/(1 - e^{-parameter})
};

struct Spending {
  SpendingKind kind = SpendingKind::obrien_fleming;
  double parameter = 0;
};

[[nodiscard]] double spent(const Spending& spending, double alpha, double t) noexcept;

/// What is left for look k of those at these information shares.
[[nodiscard]] double spent_at(const Spending& spending, double alpha, std::span<const double> information,
                              std::size_t k) noexcept;

}  // namespace touchstone::stats
