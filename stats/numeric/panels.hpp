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

  /// The rule on [-1, 1].
  [[nodiscard]] static std::span<const double, points> unit_nodes() noexcept;
  [[nodiscard]] static std::span<const double, points> unit_weights() noexcept;

  /// `breaks` in any order, at least two different ones; panels narrower than `narrowest` are joined.
  Panels(std::vector<double> breaks, double narrowest);

  [[nodiscard]] std::span<const double> nodes() const noexcept { return nodes_; }
  [[nodiscard]] double left() const noexcept { return left_; }
  [[nodiscard]] double right() const noexcept { return right_; }
  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }

  [[nodiscard]] double integral(std::span<const double> values) const noexcept;
  /// start + integral from the left end to each node.
  [[nodiscard]] std::vector<double> from_left(std::span<const double> values, double start) const;
  /// start + integral from each node to the right end.
  [[nodiscard]] std::vector<double> from_right(std::span<const double> values, double start) const;

 private:
  std::vector<double> halves_;  // half of each panel's width
  std::vector<double> nodes_;
  double left_;
  double right_;
};

/// The levels below a log-concave density's peak at which its panels break: between two of them it is close to a low
/// polynomial times an exponential, and beyond the last nothing is left (e^-40).
inline constexpr double panel_drops[] = {4.5, 18, 40};

}  // namespace touchstone::stats
