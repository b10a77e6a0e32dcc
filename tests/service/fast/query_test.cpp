#include "service/fast/query.hpp"

#include <string>

#include <gtest/gtest.h>

namespace touchstone::fast {
namespace {

using Scope = codec::EvaluateRequest::Scope;

TEST(FastQuery, ReadsFlagUnitAndTypedAttributes) {
  QueryReader reader;
  ASSERT_TRUE(reader.read("flag=checkout&unit=u%201&unit_type=device&attr.country=DE&num.age=41.5&bool.pro=true"));
  const auto& asked = reader.request();
  EXPECT_EQ(asked.scope, Scope::one);
  ASSERT_EQ(asked.flags.size(), 1U);
  EXPECT_EQ(asked.flags[0], "checkout");
  ASSERT_EQ(asked.units.size(), 1U);
  EXPECT_EQ(asked.units[0], (assign::Unit{"device", "u 1"}));
  ASSERT_EQ(asked.attributes.size(), 3U);
  EXPECT_EQ(std::get<std::string_view>(*assign::find(asked.attributes, "country")), "DE");
  EXPECT_EQ(std::get<double>(*assign::find(asked.attributes, "age")), 41.5);
  EXPECT_EQ(std::get<bool>(*assign::find(asked.attributes, "pro")), true);
}

TEST(FastQuery, WithoutAFlagAsksForAllAndWithoutATypeMeansUsers) {
  QueryReader reader;
  ASSERT_TRUE(reader.read("unit=u1"));
  EXPECT_EQ(reader.request().scope, Scope::all);
  EXPECT_EQ(reader.request().units[0], (assign::Unit{"user", "u1"}));
  ASSERT_TRUE(reader.read(""));
  EXPECT_TRUE(reader.request().units.empty());
}

struct Refused {
  std::string query;
  std::string pointer;
};

TEST(FastQuery, RefusesWhatItDoesNotKnowAndPointsAtIt) {
  QueryReader reader;
  for (const auto& [query, pointer] : {
           Refused{"flag=a&flag=b", "/flag"},
           Refused{"unit=u&colour=red", "/colour"},
           Refused{"num.age=old", "/num.age"},
           Refused{"num.age=nan", "/num.age"},
           Refused{"bool.pro=1", "/bool.pro"},
           Refused{"attr.a=1&attr.a=2", "/attr.a"},
           Refused{"unit=", "/unit"},
           Refused{"unit=a%0Ab", "/unit"},
           Refused{"unit=u&unit_type=a%20b", "/unit_type"},
           Refused{"unit=%f", ""},
           Refused{"unit=%ff", ""},
       }) {
    const auto read = reader.read(query);
    ASSERT_FALSE(read) << query;
    EXPECT_EQ(read.error().code, ErrorCode::invalid) << query;
    EXPECT_EQ(read.error().pointer, pointer) << query;
    EXPECT_NE(read.error().hint, "") << query;
  }
}

}  // namespace
}  // namespace touchstone::fast
