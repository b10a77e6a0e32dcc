#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace touchstone::stats {

/// Composite 16-point Gauss-Legendre quadrature on panels between given breaks. A function is its values at nodes().
/// Running integrals are exact for the same polynomials, so a distribution function comes from its density on the very
/// nodes where it is needed.
class Panels {
 public:
  static constexpr std::size_t points = 16;

  /// `breaks` in any order, at least two different ones; panels narrower than 1e-12 of the whole are joined.
  explicit Panels(std::vector<double> breaks);

  [[nodiscard]] std::span<const double> nodes() const noexcept { return nodes_; }
  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }

  [[nodiscard]] double integral(std::span<const double> values) const noexcept;
  /// start + integral from the left end to each node.
  [[nodiscard]] std::vector<double> from_left(std::span<const double> values, double start) const;
  /// start + integral from each node to the right end.
  [[nodiscard]] std::vector<double> from_right(std::span<const double> values, double start) const;

 private:
  std::vector<double> halves_;  // half of each panel's width
  std::vector<double> nodes_;
};

/// The levels below a log-concave density's peak at which its panels break: between two of them it is close to a low
/// polynomial times an exponential, and beyond the last nothing is left (e^-60).
inline constexpr double panel_drops[] = {2, 8, 18, 34, 60};

}  // namespace touchstone::stats
