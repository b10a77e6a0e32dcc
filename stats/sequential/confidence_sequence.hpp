#pragma once

#include "stats/estimate.hpp"

/// The asymptotic confidence sequence for a mean or a difference (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas,
/// arXiv 2103.06476): the normal mixture applied to an estimate with standard error se after N units.
namespace touchstone::stats {

/// rho^2 that makes the interval narrowest after n_star units: (-W_{-1}(-alpha^2/e) - 1)/n_star, exactly.
[[nodiscard]] double mixture_rho2(double alpha, double n_star) noexcept;
/// The usual approximation (-2 ln alpha + ln(1 - 2 ln alpha))/n_star, for plans of other tools.
[[nodiscard]] double mixture_rho2_approximate(double alpha, double n_star) noexcept;

/// |z| needed after N units: sqrt((N rho^2 + 1)/(N rho^2) * 2 (log_threshold + ln(N rho^2 + 1)/2)).
[[nodiscard]] double mixture_critical(double units, double rho2, double log_threshold) noexcept;

/// z needed for a one-sided sequence: the threshold ln(1 + sqrt(N rho^2 + 1)/(2 alpha)) instead; tune rho^2 at 2 alpha.
[[nodiscard]] double mixture_critical_one_sided(double units, double rho2, double alpha) noexcept;

/// ln of the e-value at this look: z^2 N rho^2/(2 (N rho^2 + 1)) - ln(N rho^2 + 1)/2.
[[nodiscard]] double mixture_log_e(double z, double units, double rho2) noexcept;

/// One look: the interval around an estimate, and the anytime p (the running minimum over looks is what is reported).
struct SequenceLook {
  double half_width = undefined;
  double log_e = undefined;
  Tail p;
};
[[nodiscard]] SequenceLook look(double estimate, double se, double units, double rho2, double alpha) noexcept;

/// mSPRT (Johari, Koomen, Pekelis and Walsh): the mixture N(0, tau^2) over the effect itself, V = se^2.
[[nodiscard]] SequenceLook msprt(double estimate, double se, double tau, double alpha) noexcept;

}  // namespace touchstone::stats
