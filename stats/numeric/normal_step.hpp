#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace touchstone::stats {

/// `count` panels of the width 2 `half`, side by side from `left` on, each with the nodes and weights of Panels.
struct EqualPanels {
  double left = 0;
  double half = 0;
  std::size_t count = 0;

  [[nodiscard]] std::size_t size() const noexcept;  ///< nodes
  [[nodiscard]] double centre(std::size_t panel) const noexcept;
  [[nodiscard]] double node(std::size_t i) const noexcept;
  [[nodiscard]] double weight(std::size_t i) const noexcept;
};

/// A step N(shift, deviation^2).
struct NormalStep {
  double shift = 0;
  double deviation = 1;
  double reach = 38;  ///< panels further apart than so many deviations add nothing to each other
};

/// The density at the nodes of `to` of what stood at the nodes of `from` with these masses and then made the step.
///
/// exp(-(D + p - q)^2/2), for centres D apart and nodes at p and q from them, is taken as
/// exp(-D^2/2) exp(-D p) exp(D q) exp(-(p - q)^2/2), whose last factor all pairs of panels share: of one exponential
/// for each pair of nodes a tenth is left. Panels a few deviations wide keep every factor far from overflow.
[[nodiscard]] std::vector<double> after_step(const NormalStep& step, const EqualPanels& from,
                                             std::span<const double> masses, const EqualPanels& to);

}  // namespace touchstone::stats
