#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace touchstone::stats {

/// A smooth function at one point.
template <std::size_t N>
struct Slope {
  double value = 0;
  std::array<double, N> gradient{};
};

template <std::size_t N>
struct Summit {
  bool found = false;
  std::array<double, N> at{};
  double value = 0;
};

template <std::size_t N>
[[nodiscard]] double dot(const std::array<double, N>& a, const std::array<double, N>& b) noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < N; ++i) sum += a[i] * b[i];
  return sum;
}

/// The inverse of minus a function's second derivatives, as far as the way taken has shown them (Broyden, Fletcher,
/// Goldfarb, Shanno 1970): gradients times it are Newton's steps.
template <std::size_t N>
class Bend {
 public:
  using Point = std::array<double, N>;

  [[nodiscard]] Point times(const Point& gradient) const noexcept {
    Point product{};
    for (std::size_t i = 0; i < N; ++i) product[i] = dot(rows_[i], gradient);
    return product;
  }

  /// Over this move the gradient fell by so much. Where it did not fall along the move, nothing is learned.
  void learn(const Point& move, const Point& fall) noexcept {
    const double curvature = dot(move, fall);
    if (!(curvature > 0)) return;
    const Point bent = times(fall);
    const double scale = (1 + dot(fall, bent) / curvature) / curvature;
    for (std::size_t i = 0; i < N; ++i) {
      for (std::size_t j = 0; j < N; ++j)
        rows_[i][j] += scale * move[i] * move[j] - (bent[i] * move[j] + move[i] * bent[j]) / curvature;
    }
  }

 private:
  static std::array<Point, N> identity() noexcept {
    std::array<Point, N> rows{};
    for (std::size_t i = 0; i < N; ++i) rows[i][i] = 1;
    return rows;
  }

  std::array<Point, N> rows_ = identity();
};

/// A maximum of `slope_at` (a point to its Slope), uphill from `start`: quasi-Newton steps, none longer than 2, that
/// are halved until they climb (Armijo 1966). Found where the gradient is no longer than `flat`. Deterministic.
template <std::size_t N, class Function>
[[nodiscard]] Summit<N> climb(const Function& slope_at, const std::array<double, N>& start, double flat) {
  constexpr int steps = 200;
  Bend<N> bend;
  std::array<double, N> at = start;
  Slope<N> here = slope_at(at);
  for (int step = 0; step < steps && dot(here.gradient, here.gradient) > flat * flat; ++step) {
    std::array<double, N> move = bend.times(here.gradient);
    const double shortened = std::fmin(1, 2 / std::sqrt(dot(move, move)));
    for (double& part : move) part *= shortened;
    const double hidden = 1e-13 * std::abs(here.value);  // by rounding
    std::array<double, N> next{};
    Slope<N> there;
    const auto climbs = [&] {
      for (std::size_t i = 0; i < N; ++i) next[i] = at[i] + move[i];
      there = slope_at(next);
      return there.value >= here.value + 1e-4 * dot(move, here.gradient) - hidden;
    };
    for (int halving = 0; !climbs(); ++halving) {
      if (halving == 30) return {false, at, here.value};
      for (double& part : move) part /= 2;
    }
    std::array<double, N> fall{};
    for (std::size_t i = 0; i < N; ++i) fall[i] = here.gradient[i] - there.gradient[i];
    bend.learn(move, fall);
    at = next;
    here = there;
  }
  return {dot(here.gradient, here.gradient) <= flat * flat, at, here.value};
}

}  // namespace touchstone::stats
