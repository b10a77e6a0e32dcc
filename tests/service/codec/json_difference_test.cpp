#include "service/codec/json_difference.hpp"

#include <gtest/gtest.h>

namespace touchstone::codec {
namespace {

std::vector<JsonDifference> between(std::string_view one, std::string_view other, std::size_t most = 10) {
  JsonDocument a;
  JsonDocument b;
  EXPECT_TRUE(a.read(one).ok() && b.read(other).ok());
  return differences(a.root(), b.root(), most);
}

using All = std::vector<JsonDifference>;

TEST(JsonDifference, IsNoneWhereTheSameIsSaid) {
  EXPECT_EQ(between(R"({"a":1.0,"b":[1,{"c":null}]})", R"({"b":[1,{"c":null}],"a":1})"), All{});
}

TEST(JsonDifference, NamesThePlaceAndWhatEachHasThere) {
  EXPECT_EQ(
      between(R"({"a":{"x/y":1,"k":true},"l":[1,2,3]})", R"({"a":{"x/y":2,"m":"t"},"l":[1,9]})"),
      (All{{"/a/x~1y", "1", "2"}, {"/a/k", "true", ""}, {"/a/m", "", "\"t\""}, {"/l/1", "2", "9"}, {"/l/2", "3", ""}}));
  EXPECT_EQ(between("[1]", R"({"0":1})"), (All{{"", "[1]", R"({"0":1})"}}));
  EXPECT_EQ(between("[1,2,3]", "[4,5,6]", 2).size(), 2U);
}

}  // namespace
}  // namespace touchstone::codec
