#pragma once

#include <cmath>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "service/judge/report.hpp"

namespace touchstone::judge {

/// What the data sets allow: 1e-9 relative for figures from counts, 1e-6 for p and posterior probabilities.
inline constexpr double kFromCounts = 1e-9;
inline constexpr double kFromTails = 1e-6;

inline void expect_close(const std::optional<double>& computed, const nlohmann::json& given, double tolerance,
                         const std::string& what) {
  ASSERT_TRUE(computed) << what;
  const double value = given.get<double>();
  EXPECT_NEAR(*computed, value, tolerance * std::abs(value) + 1e-300) << what;
}

/// A probability, where the yardstick's own quadrature error is absolute.
inline void expect_probability(const std::optional<double>& computed, const nlohmann::json& given,
                               const std::string& what) {
  ASSERT_TRUE(computed) << what;
  EXPECT_NEAR(*computed, given.get<double>(), kFromTails) << what;
}

/// The row of one metric and treatment against `metrics.<metric>` of expected.json.
void expect_agreement(const Row& row, const nlohmann::json& metric);

}  // namespace touchstone::judge
