#include "stats/numeric/panels.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace touchstone::stats {
namespace {

constexpr std::size_t n = Panels::points;

// Legendre polynomials P_0 .. P_n at x.
std::array<double, n + 1> legendre(double x) noexcept {
  std::array<double, n + 1> p{1, x};
  for (std::size_t k = 1; k < n; ++k) {
    const auto degree = static_cast<double>(k);
    p[k + 1] = ((2 * degree + 1) * x * p[k] - degree * p[k - 1]) / (degree + 1);
  }
  return p;
}

// Nodes and weights on [-1, 1], and running[i][j]: the weight of node j in the integral from -1 to node i.
struct Rule {
  std::array<double, n> nodes{};
  std::array<double, n> weights{};
  std::array<std::array<double, n>, n> running{};

  Rule() noexcept {
    for (std::size_t i = 0; i < n; ++i) place(i);
    for (std::size_t i = 0; i < n; ++i) run_to(i);
  }

 private:
  void place(std::size_t i) noexcept {
    constexpr auto degree = static_cast<double>(n);
    double x = -std::cos(std::numbers::pi * (static_cast<double>(i) + 0.75) / (degree + 0.5));
    double slope = 1;
    for (int step = 0; step < 6; ++step) {
      const auto p = legendre(x);
      slope = degree * (x * p[n] - p[n - 1]) / (x * x - 1);
      x -= p[n] / slope;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }

  // Expand the polynomial through the nodes in Legendre polynomials and integrate those.
  void run_to(std::size_t i) noexcept {
    const auto end = legendre(nodes[i]);
    for (std::size_t j = 0; j < n; ++j) {
      const auto p = legendre(nodes[j]);
      double sum = (end[1] + 1) / 2;
      for (std::size_t k = 1; k < n; ++k) sum += p[k] * (end[k + 1] - end[k - 1]) / 2;
      running[i][j] = weights[j] * sum;
    }
  }
};

const Rule& rule() noexcept {
  static const Rule instance;
  return instance;
}

}  // namespace

std::span<const double, Panels::points> Panels::unit_nodes() noexcept { return rule().nodes; }

std::span<const double, Panels::points> Panels::unit_weights() noexcept { return rule().weights; }

Panels::Panels(std::vector<double> breaks, double narrowest) : left_(0), right_(0) {
  std::sort(breaks.begin(), breaks.end());
  left_ = breaks.front();
  right_ = breaks.back();
  double left = left_;
  for (const double right : breaks) {
    if (right == left || (right - left < narrowest && right != right_)) continue;
    const double half = (right - left) / 2;
    halves_.push_back(half);
    for (const double node : rule().nodes) nodes_.push_back(left + half * (1 + node));
    left = right;
  }
}

double Panels::integral(std::span<const double> values) const noexcept {
  const Rule& r = rule();
  double total = 0;
  for (std::size_t panel = 0; panel < halves_.size(); ++panel) {
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += r.weights[i] * values[panel * n + i];
    total += halves_[panel] * sum;
  }
  return total;
}

std::vector<double> Panels::from_left(std::span<const double> values, double start) const {
  const Rule& r = rule();
  std::vector<double> result(size());
  for (std::size_t panel = 0; panel < halves_.size(); ++panel) {
    const std::span<const double> inside = values.subspan(panel * n, n);
    double whole = 0;
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0;
      for (std::size_t j = 0; j < n; ++j) sum += r.running[i][j] * inside[j];
      result[panel * n + i] = start + halves_[panel] * sum;
      whole += r.weights[i] * inside[i];
    }
    start += halves_[panel] * whole;
  }
  return result;
}

std::vector<double> Panels::from_right(std::span<const double> values, double start) const {
  const Rule& r = rule();
  std::vector<double> result(size());
  for (std::size_t panel = halves_.size(); panel-- > 0;) {
    const std::span<const double> inside = values.subspan(panel * n, n);
    double whole = 0;
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0;
      // The rule is symmetric: to the right of node i lies what is to the left of its mirror image.
      for (std::size_t j = 0; j < n; ++j) sum += r.running[n - 1 - i][n - 1 - j] * inside[j];
      result[panel * n + i] = start + halves_[panel] * sum;
      whole += r.weights[i] * inside[i];
    }
    start += halves_[panel] * whole;
  }
  return result;
}

}  // namespace touchstone::stats
