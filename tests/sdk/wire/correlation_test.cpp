// The figures that an import warns with, measured: all pairs of 60 experiments of two equal arms on 20,000 units.

#include "sdk/wire/correlation.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sdk/wire/vendor_json.hpp"

namespace touchstone::wire {
namespace {

constexpr std::size_t units = 20'000;
constexpr std::size_t experiments = 60;
constexpr double chi_square_at_0_001 = 10.828;  // one degree of freedom

using Arm = std::bitset<units>;  ///< who has the second variant

struct Found {
  double correlated = 0;  ///< share of pairs
  double largest_phi = 0;
};

double phi_of(const Arm& a, const Arm& b) {
  const auto n = static_cast<double>(units);
  const auto in_a = static_cast<double>(a.count());
  const auto in_b = static_cast<double>(b.count());
  const auto both = static_cast<double>((a & b).count());
  return (both * n - in_a * in_b) / std::sqrt(in_a * (n - in_a) * in_b * (n - in_b));
}

Found pairs_of(const std::vector<Arm>& arms) {
  Found found;
  double pairs = 0;
  for (std::size_t i = 0; i < arms.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const double phi = std::abs(phi_of(arms[i], arms[j]));
      found.largest_phi = std::max(found.largest_phi, phi);
      found.correlated += static_cast<double>(units) * phi * phi > chi_square_at_0_001 ? 1 : 0;
      ++pairs;
    }
  found.correlated /= pairs;
  return found;
}

assign::dialect::Program program_of(const std::string& vendor, std::string json, std::size_t number) {
  const std::string place = "KEY";
  json.replace(json.find(place), place.size(), "exp-" + std::to_string(number + 1));
  return read_vendor_experiment(vendor, "", "", json).value();
}

/// Experiments exp-1 to exp-60, and ids that count.
Found measured(const std::string& vendor, const std::string& json) {
  std::vector<Arm> arms(experiments);
  for (std::size_t e = 0; e < experiments; ++e) {
    const auto program = program_of(vendor, json, e);
    for (std::size_t u = 0; u < units; ++u)
      arms[e][u] = assign::dialect::decide(program, "user-" + std::to_string(u)).variant == 1U;
  }
  const auto found = pairs_of(arms);
  std::cout << vendor << ": " << 100 * found.correlated << " % of pairs, phi up to " << found.largest_phi << '\n';
  return found;
}

constexpr const char* growthbook_1 = R"({"key":"KEY","hashVersion":1,"variations":["a","b"]})";
constexpr const char* growthbook_2 = R"({"key":"KEY","hashVersion":2,"variations":["a","b"]})";
constexpr const char* go_feature_flag = R"({"key":"KEY","percentages":{"a":50,"b":50}})";
constexpr const char* harness =
    R"({"key":"KEY","bucketBy":"identifier","variations":[{"variation":"a","weight":50},{"variation":"b","weight":50}]})";

TEST(Correlation, OfGrowthBooksFirstHashIsWhatTheWarningSays) {
  const auto found = measured("growthbook", growthbook_1);
  EXPECT_GT(found.correlated, 0.50);
  EXPECT_LT(found.correlated, 0.60);
  EXPECT_NEAR(found.largest_phi, 0.89, 0.05);
}

TEST(Correlation, OfGoFeatureFlagIsWhatTheWarningSays) {
  const auto found = measured("go-feature-flag", go_feature_flag);
  EXPECT_GT(found.correlated, 0.28);
  EXPECT_LT(found.correlated, 0.36);
  EXPECT_GT(found.largest_phi, 0.4);
}

TEST(Correlation, OfHarnessIsComplete) {
  const auto found = measured("harness", harness);
  EXPECT_EQ(found.correlated, 1.0);
  EXPECT_NEAR(found.largest_phi, 1.0, 1e-12);
}

TEST(Correlation, OfTheSecondHashIsChance) {
  const auto found = measured("growthbook", growthbook_2);
  EXPECT_LT(found.correlated, 0.005);
  EXPECT_LT(found.largest_phi, 0.04);
}

TEST(Correlation, IsWarnedOfWhereItIs) {
  EXPECT_NE(correlation_of("growthbook", program_of("growthbook", growthbook_1, 0))->find("53 to 57 %"),
            std::string_view::npos);
  EXPECT_NE(correlation_of("go-feature-flag", program_of("go-feature-flag", go_feature_flag, 0))->find("30 to 33 %"),
            std::string_view::npos);
  EXPECT_NE(correlation_of("harness", program_of("harness", harness, 0))->find("phi 1.000"), std::string_view::npos);
  EXPECT_FALSE(correlation_of("growthbook", program_of("growthbook", growthbook_2, 0)));
}

}  // namespace
}  // namespace touchstone::wire
