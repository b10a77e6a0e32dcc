#include "stats/numeric/exact_total.hpp"

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace touchstone::stats {
namespace {

// Adds `value` to a list of doubles that do not overlap, keeping the sum exact.
void grow(std::vector<double>& parts, double value) {
  std::size_t kept = 0;
  for (double part : parts) {
    if (std::abs(value) < std::abs(part)) std::swap(value, part);
    const double sum = value + part;
    const double error = part - (sum - value);
    if (error != 0) parts[kept++] = error;
    value = sum;
  }
  parts.resize(kept);
  parts.push_back(value);
}

// The parts rise in magnitude; the first two that do not cancel decide the rounding, a third one breaks a tie.
double rounded(const std::vector<double>& parts) {
  if (parts.empty()) return 0;
  std::size_t i = parts.size() - 1;
  double high = parts[i];
  double low = 0;
  while (i > 0 && low == 0) {
    const double previous = high;
    const double part = parts[--i];
    high = previous + part;
    low = part - (high - previous);
  }
  if (i > 0 && (low < 0) == (parts[i - 1] < 0)) {
    const double twice = 2 * low;
    const double moved = high + twice;
    if (moved - high == twice) high = moved;
  }
  return high;
}

}  // namespace

double exact_total(std::span<const double> values) {
  std::vector<double> parts;
  for (const double value : values) grow(parts, value);
  return rounded(parts);
}

}  // namespace touchstone::stats
