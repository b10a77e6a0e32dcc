#include "sdk/wire/condition_json.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace touchstone::wire {
namespace {

TEST(ConditionJson, WritesTheBytesItRead) {
  for (const std::string_view json : {
           R"({"all":[]})",
           R"({"any":[["plan","in",["pro","team"]],{"not":{"segment":"beta"}}]})",
           R"(["age","ge",18])",
           R"(["age","in",[1,2.5,-3]])",
           R"(["seen","exists",false])",
           R"(["ip","cidr","10.0.0.0/8"])",
           R"(["name","is","é\u0001\"\\"])",
           R"(["x","is",true])",
           R"(["x","in",[]])",
       }) {
    const auto condition = read_condition(json);
    ASSERT_TRUE(condition) << json << condition.error().message;
    EXPECT_EQ(write_condition(*condition), json);
  }
}

TEST(ConditionJson, GivesEqualConditionsEqualBytes) {
  EXPECT_EQ(write_condition(*read_condition(R"([ "age", "ge", 18.0 ])")), R"(["age","ge",18])");
}

struct Refused {
  std::string_view json;
  std::string_view pointer;
};

TEST(ConditionJson, RefusesOtherShapesWithThePlace) {
  const std::vector<Refused> table = {
      {R"(7)", "/when"},
      {R"({})", "/when"},
      {R"({"all":[],"any":[]})", "/when"},
      {R"({"none":[]})", "/when/none"},
      {R"({"all":{}})", "/when/all"},
      {R"({"segment":7})", "/when/segment"},
      {R"({"not":{"any":[["a","near",1]]}})", "/when/not/any/0/1"},
      {R"(["a","is"])", "/when"},
      {R"(["a","is",1,2])", "/when"},
      {R"([1,"is",1])", "/when"},
      {R"(["a","is",null])", "/when/2"},
      {R"(["a","is",{}])", "/when/2"},
      {R"(["a","in",["x",1]])", "/when/2"},
      {R"(["a","in",[1,"x"]])", "/when/2"},
  };
  for (const auto& row : table) {
    const auto condition = read_condition(row.json, "/when");
    ASSERT_FALSE(condition) << row.json;
    EXPECT_EQ(condition.error().pointer, row.pointer) << row.json;
    EXPECT_FALSE(condition.error().hint.empty()) << row.json;
  }
}

TEST(ConditionJson, RefusesWhatIsNotOneDocument) {
  for (const std::string_view json : {"", "[", R"({"all":[]} x)", R"({"all":[],"all":[]})", "[\"\xC3\",\"is\",1]"})
    EXPECT_FALSE(read_condition(json)) << json;
}

TEST(ConditionJson, RefusesDepthBeforeItReads) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += R"({"not":)";
  const auto condition = read_condition(deep);
  ASSERT_FALSE(condition);
  EXPECT_EQ(condition.error().code, ErrorCode::too_large);
}

TEST(ConditionJson, BracketsInsideTextsAreNoDepth) {
  const std::string json = R"(["a","is",")" + std::string(500, '[') + R"(\"{"])";
  EXPECT_TRUE(read_condition(json));
}

TEST(SegmentJson, IsARuleOrAList) {
  for (const std::string_view json : {R"({"segment":"other"})", R"({"list":{"ids":["u1","u2"],"unit":"user"}})"}) {
    const auto segment = read_segment(json);
    ASSERT_TRUE(segment) << json;
    EXPECT_EQ(write_segment(*segment), json);
  }
  for (const std::string_view json : {R"({"list":{}})", R"({"list":{"unit":"user","ids":[1]}})", R"({"list":[]})"})
    EXPECT_EQ(read_segment(json, "/s").error().pointer, "/s/list") << json;
}

}  // namespace
}  // namespace touchstone::wire
