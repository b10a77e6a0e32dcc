#include "service/codec/value_schema.hpp"

#include <string>

#include <gtest/gtest.h>

namespace touchstone::codec {
namespace {

struct Case {
  std::string schema;
  std::string good;
  std::string bad;
  std::string pointer;
};

// What is good and bad follows JSON Schema 2020-12, validation vocabulary, sections 6.1 to 6.5.
TEST(ValueSchema, HoldsValuesToEachWord) {
  for (const auto& [schema, good, bad, pointer] : {
           Case{R"({"type":"string"})", R"("a")", "1", ""},
           Case{R"({"type":["string","null"]})", "null", "false", ""},
           Case{R"({"type":"integer"})", "1.0", "1.5", ""},
           Case{R"({"enum":["a",{"b":[1]}]})", R"({"b":[1.0]})", R"({"b":[1,1]})", ""},
           Case{R"({"const":3})", "3", "4", ""},
           Case{R"({"minimum":0.5})", R"("not a number")", "0.25", ""},
           Case{R"({"maximum":2})", "2", "2.5", ""},
           Case{R"({"minLength":2})", R"("äö")", R"("ä")", ""},
           Case{R"({"maxLength":2})", R"("äö")", R"("äöü")", ""},
           Case{R"({"minItems":1})", "[0]", "[]", ""},
           Case{R"({"maxItems":1})", "[0]", "[0,0]", ""},
           Case{R"({"items":{"type":"number"}})", "[1,2]", R"([1,"2"])", "/1"},
           Case{R"({"required":["a/b"]})", R"({"a/b":1})", "{}", "/a~1b"},
           Case{R"({"properties":{"a":{"properties":{"b":{"type":"boolean"}}}}})", R"({"a":{"b":true},"c":1})",
                R"({"a":{"b":1}})", "/a/b"},
           Case{R"({"properties":{"a":true},"additionalProperties":false})", R"({"a":1})", R"({"a":1,"c":1})", "/c"},
           Case{R"({"additionalProperties":{"type":"number"}})", R"({"a":1})", R"({"a":"1"})", "/a"},
           Case{R"({"properties":{"a":false}})", R"({"b":1})", R"({"a":1})", "/a"},
       }) {
    EXPECT_TRUE(check_schema(schema, "")) << schema;
    EXPECT_TRUE(check_value(schema, good, "")) << schema << " " << good;
    const auto refused = check_value(schema, bad, "/default");
    ASSERT_FALSE(refused) << schema << " " << bad;
    EXPECT_EQ(refused.error().pointer, "/default" + pointer) << schema;
    EXPECT_NE(refused.error().hint, "");
  }
}

TEST(ValueSchema, WhatWouldNotBeCheckedIsRefused) {
  for (const auto& [schema, pointer] : {
           std::pair{R"({"pattern":"a+"})", "/schema/pattern"},
           std::pair{R"({"properties":{"a":{"$ref":"#"}}})", "/schema/properties/a/$ref"},
           std::pair{R"({"items":[true]})", "/schema/items"},
           std::pair{R"({"type":"text"})", "/schema/type"},
           std::pair{R"({"type":[]})", "/schema/type"},
           std::pair{R"({"minLength":-1})", "/schema/minLength"},
           std::pair{R"({"maximum":"2"})", "/schema/maximum"},
           std::pair{R"({"required":"a"})", "/schema/required"},
           std::pair{R"({"enum":1})", "/schema/enum"},
           std::pair{R"("string")", "/schema"},
       }) {
    const auto refused = check_schema(schema, "/schema");
    ASSERT_FALSE(refused) << schema;
    EXPECT_EQ(refused.error().pointer, pointer);
  }
}

}  // namespace
}  // namespace touchstone::codec
