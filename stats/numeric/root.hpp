#pragma once

#include <cmath>

namespace touchstone::stats {

/// A root of `f` between `low` and `high`, where f(low) and f(high) have opposite signs (Chandrupatla 1997: bisection
/// that uses inverse quadratic steps where they are safe). Deterministic; at most about 60 calls to full precision.
template <class Function>
[[nodiscard]] double bracketed_root(const Function& f, double low, double high, double relative_width = 1e-15) {
  double a = low;
  double b = high;
  double fa = f(a);
  double fb = f(b);
  if (fa == 0) return a;
  double c = a;
  double fc = fa;
  double step = 0.5;
  for (int i = 0; i < 200 && fb != 0; ++i) {
    const double x = a + step * (b - a);
    const double fx = f(x);
    if ((fx > 0) == (fa > 0)) {
      c = a;
      fc = fa;
    } else {
      c = b;
      b = a;
      fc = fb;
      fb = fa;
    }
    a = x;
    fa = fx;
    const double best = std::abs(fa) < std::abs(fb) ? a : b;
    const double width = std::abs(b - a);
    const double tolerance = relative_width * std::abs(best) + 1e-300;
    if (fa == 0 || width <= 2 * tolerance) return fa == 0 ? a : best;
    const double xi = (a - b) / (c - b);
    const double phi = (fa - fb) / (fc - fb);
    const bool quadratic = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
    step = quadratic ? fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb) : 0.5;
    const double margin = tolerance / width;
    step = std::fmin(std::fmax(step, margin), 1 - margin);
  }
  return b;
}

}  // namespace touchstone::stats
