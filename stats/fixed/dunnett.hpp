#pragma once

#include <span>
#include <vector>

#include "stats/estimate.hpp"
#include "stats/moments.hpp"

/// Many treatments against one control (Dunnett 1955, JASA 50, 1096): exact for normal values of one variance, sharper
/// than Bonferroni because all comparisons share the control.
namespace touchstone::stats {

/// The law of the statistics t_i = (mean_i - mean_0)/(s sqrt(1/n_i + 1/n_0)): equal correlations of the product form
/// lambda_i lambda_j with lambda_i^2 = n_i/(n_i + n_0), and s^2 ~ sigma^2 chi^2_df/df.
struct ManyToOne {
  std::vector<double> lambda;
  double df = infinity;  ///< infinite: the variance is known
};

/// P(max |t_i| > c) when no treatment differs: 1 - E_s int phi(z) prod [Phi(u_i) - Phi(l_i)] dz with u, l =
/// (+-c s + lambda_i z)/sqrt(1 - lambda_i^2), by Gauss-Legendre quadrature of the complement; absolute error below
/// 1e-12, and for known variances right in the far tail as well.
[[nodiscard]] double many_to_one_upper(const ManyToOne& law, double c);
/// c with P(max |t_i| > c) = alpha.
[[nodiscard]] double many_to_one_quantile(const ManyToOne& law, double alpha);

/// Each treatment against the control: the p is adjusted for all of them (single step), and the intervals hold together
/// with probability 1 - alpha; an interval excludes 0 exactly when its p is at most alpha. se by the variance pooled
/// over all arms. Arms without units, or fewer units than arms + 1: insufficient_data.
[[nodiscard]] std::vector<Estimate> dunnett(const Moments& control, std::span<const Moments> treatments, double alpha);

}  // namespace touchstone::stats
