#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "assign/growthbook/bucketing.hpp"
#include "assign/growthbook/condition.hpp"
#include "sdk/wire/document_node.hpp"
#include "tests/sdk/wire/growthbook_corpus.hpp"

// Expected values: GrowthBook's own cross-language corpus, specification 0.7.
namespace touchstone::wire {
namespace {

namespace growthbook = assign::growthbook;

constexpr double rounding = 1e-6;  // of the corpus, which writes six decimals

std::vector<growthbook::Range> ranges_of(const Node& list) {
  std::vector<growthbook::Range> ranges;
  for (const auto& range : list) ranges.push_back({range[0].get<double>(), range[1].get<double>()});
  return ranges;
}

TEST_F(GrowthBookCases, Conditions) {
  for (const auto& test : cases("evalCondition")) {
    const growthbook::Condition condition(tree_of(test[1]));
    const auto groups = test.size() > 4 ? tree_of(test[4]) : assign::Json{};
    EXPECT_EQ(condition.holds(tree_of(test[2]), groups), test[3].get<bool>()) << test;
  }
}

TEST_F(GrowthBookCases, Hash) {
  for (const auto& test : cases("hash")) {
    const auto draw = growthbook::draw_of(test[2].get<std::int64_t>(), test[0], assign::dialect::Encoding::utf16);
    EXPECT_EQ(draw.has_value(), !test[3].is_null()) << test;
    if (!draw) continue;
    EXPECT_DOUBLE_EQ(number_of(*draw, test[1].get<std::string>()), test[3].get<double>()) << test;
  }
}

TEST_F(GrowthBookCases, BucketRanges) {
  for (const auto& test : cases("getBucketRange")) {
    const auto& arguments = test[1];
    const auto weights = arguments[2].is_null() ? std::vector<double>{} : arguments[2].get<std::vector<double>>();
    const auto ranges = growthbook::bucket_ranges(arguments[0], arguments[1], weights);
    const auto expected = ranges_of(test[2]);
    ASSERT_EQ(ranges.size(), expected.size()) << test;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      EXPECT_NEAR(ranges[i].begin, expected[i].begin, rounding) << test;
      EXPECT_NEAR(ranges[i].end, expected[i].end, rounding) << test;
    }
  }
}

TEST_F(GrowthBookCases, ChosenVariation) {
  for (const auto& test : cases("chooseVariation")) {
    const auto chosen = growthbook::choose_variation(test[1], ranges_of(test[2]));
    EXPECT_EQ(chosen ? static_cast<int>(*chosen) : -1, test[3].get<int>()) << test;
  }
}

TEST_F(GrowthBookCases, Namespaces) {
  for (const auto& test : cases("inNamespace")) {
    const auto& space = test[2];
    const growthbook::Range part{space[1].get<double>(), space[2].get<double>()};
    EXPECT_EQ(growthbook::in_namespace(test[1].get<std::string>(), space[0], part), test[3].get<bool>()) << test;
  }
}

TEST_F(GrowthBookCases, EqualWeights) {
  for (const auto& test : cases("getEqualWeights")) {
    const auto weights = growthbook::equal_weights(test[0]);
    ASSERT_EQ(weights.size(), test[1].size()) << test;
    for (std::size_t i = 0; i < weights.size(); ++i)
      EXPECT_NEAR(weights[i], test[1][i].get<double>(), rounding) << test;
  }
}

}  // namespace
}  // namespace touchstone::wire
