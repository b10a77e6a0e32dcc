#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace touchstone::tests {

/// The ids that real products have; each style stresses a hash in its own way.
enum class IdStyle : std::uint8_t { counter, user_counter, uuid, mail };
inline constexpr std::array id_styles{IdStyle::counter, IdStyle::user_counter, IdStyle::uuid, IdStyle::mail};

/// The first `count` ids of a style: the same in every run.
[[nodiscard]] std::vector<std::string> population(IdStyle style, std::size_t count);

/// Fewest and most successes among `n` trials of probability `p` that a band of 99.9 % lets pass (exact binomial).
struct Band {
  std::size_t fewest = 0;
  std::size_t most = 0;

  [[nodiscard]] bool holds(std::size_t count) const { return count >= fewest && count <= most; }
};
[[nodiscard]] Band band(std::size_t n, double p);

/// p-value of Pearson's chi-square of observed against expected counts.
[[nodiscard]] double fit(const std::vector<double>& observed, const std::vector<double>& expected);

/// p-value and phi of a 2 by 2 table against independence.
struct Association {
  double p = 1;
  double phi = 0;
};
[[nodiscard]] Association association(double n, double a, double b, double both);

}  // namespace touchstone::tests
