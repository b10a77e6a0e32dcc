#include <cmath>

#include <gtest/gtest.h>

#include "stats/planning/sample_size.hpp"

/// Defects of other planners (design/statistics.md section 5).
namespace touchstone::stats {
namespace {

// PostHog 26815: a recommended size of 0.
TEST(peer_defects, a_recommended_size_is_never_zero) {
  const Baseline shop{.conversions = true, .mean = 0.04, .variance = 0, .answering = 1};
  for (const double difference : {1e-6, 0.01, 0.5, 0.9}) {
    SizeQuestion question{.baseline = shop, .allocation = {}};
    question.difference = difference;
    EXPECT_GT(answer(question).units, 2) << difference;
  }
  SizeQuestion nothing{.baseline = shop, .allocation = {}};
  nothing.difference = 0;
  EXPECT_TRUE(std::isnan(answer(nothing).units));
}

}  // namespace
}  // namespace touchstone::stats
