#include "storage/attribute.hpp"

#include <gtest/gtest.h>

namespace touchstone::storage {
namespace {

constexpr std::string_view kObject = R"({"a":"x,}\"y","b":{"a":1,"c":[{"a":2}]},"n":-12.5,"ok":true,"z\"":"end"})";

TEST(Attribute, GivesRawTextOfMembersAtTheTopAlone) {
  EXPECT_EQ(attribute(kObject, "a"), R"("x,}\"y")");
  EXPECT_EQ(attribute(kObject, "b"), R"({"a":1,"c":[{"a":2}]})");
  EXPECT_EQ(attribute(kObject, "ok"), "true");
  EXPECT_EQ(attribute(kObject, R"(z\")"), R"("end")");
  EXPECT_EQ(attribute(kObject, "c"), std::nullopt);
  EXPECT_EQ(attribute("{}", "a"), std::nullopt);
  EXPECT_EQ(attribute("", "a"), std::nullopt);
}

TEST(Attribute, GivesAllMembersInTheirOrder) {
  const auto all = attributes(kObject);
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(all[0], (AttributeText{"a", R"("x,}\"y")"}));
  EXPECT_EQ(all[2], (AttributeText{"n", "-12.5"}));
  EXPECT_EQ(all[4], (AttributeText{R"(z\")", R"("end")"}));
  EXPECT_TRUE(attributes("{}").empty());
  EXPECT_TRUE(attributes("").empty());
}

TEST(Attribute, GivesNumbersAndNothingElseAsNumbers) {
  EXPECT_EQ(numeric_attribute(kObject, "n"), -12.5);
  EXPECT_EQ(numeric_attribute(R"({"n":1e3})", "n"), 1000.0);
  EXPECT_EQ(numeric_attribute(kObject, "a"), std::nullopt);
  EXPECT_EQ(numeric_attribute(kObject, "ok"), std::nullopt);
  EXPECT_EQ(numeric_attribute(R"({"n":null})", "n"), std::nullopt);
}

TEST(Attribute, StaysInsideEveryPrefixOfAnObject) {
  for (std::size_t size = 0; size < kObject.size(); ++size) {
    EXPECT_EQ(attribute(std::string(kObject.substr(0, size)), R"(z\")"), std::nullopt) << size;
  }
}

}  // namespace
}  // namespace touchstone::storage
