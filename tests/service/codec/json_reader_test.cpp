#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "service/codec/canonical_json.hpp"
#include "service/codec/json.hpp"

namespace touchstone::codec {
namespace {

using namespace std::string_literals;

Error refusal(std::string_view text) {
  JsonDocument document;
  auto read = document.read(text);
  return read ? Error{ErrorCode::internal, "was accepted", "", ""} : read.error();
}

JsonFault fault(std::string_view text) {
  JsonDocument document;
  (void)document.read(text);
  return document.fault();
}

std::string nested(std::size_t depth, char open, char close) {
  return std::string(depth, open) + std::string(depth, close);
}

// RFC 8259, section 2 to 9: each is a JSON text.
TEST(JsonReader, AcceptsWhatTheGrammarAllows) {
  const std::vector<std::string> texts = {"null",
                                          "true",
                                          " false\r\n\t",
                                          "0",
                                          "-1",
                                          "1.5e+3",
                                          "1E5",
                                          "0e+1",
                                          "123.456e-78",
                                          "-0",
                                          "9223372036854775807",
                                          "-9223372036854775808",
                                          "18446744073709551615",
                                          "1e308",
                                          "5e-324",
                                          "\"\"",
                                          "\"\xC3\xA9\"",
                                          "\"\\u00e9\\n\\/\\b\\f\"",
                                          "\"\\ud834\\udd1e\"",
                                          "\"\xF0\x9D\x84\x9E\"",
                                          "\"\x7F\"",
                                          "\"\xEF\xBF\xBF\"",
                                          "[]",
                                          "[ ]",
                                          "[1,[2,{}],\"a\"]",
                                          "{}",
                                          "{\"a\":1,\"b\":{\"a\":2}}",
                                          "{\"\":0}",
                                          "{\"a\\u0062\":1}",
                                          "[[[[]]]]",
                                          "{\"A\":1,\"a\":2}"};
  for (const auto& text : texts) EXPECT_EQ(refusal(text).message, "was accepted") << text;
}

// The classes of n_ cases of public JSON test suites, in own examples: none is JSON.
TEST(JsonReader, RefusesWhatTheGrammarForbids) {
  const std::vector<std::string> texts = {"",
                                          " ",
                                          "[",
                                          "]",
                                          "{",
                                          "[1",
                                          "[1,]",
                                          "[,1]",
                                          "[1,,2]",
                                          "[1 2]",
                                          "[1]]",
                                          "{\"a\"}",
                                          "{\"a\":}",
                                          "{\"a\":1,}",
                                          "{,}",
                                          "{a:1}",
                                          "{'a':1}",
                                          "{\"a\" 1}",
                                          "{\"a\":1 \"b\":2}",
                                          "{1:2}",
                                          "\"",
                                          "\"a",
                                          "'a'",
                                          "\"\\x00\"",
                                          "\"\\u12\"",
                                          "\"\\u12G4\"",
                                          "\"\\",
                                          "\"a\tb\"",
                                          "\"a\nb\"",
                                          "tru",
                                          "True",
                                          "nul",
                                          "NaN",
                                          "-NaN",
                                          "Infinity",
                                          "-Infinity",
                                          "+1",
                                          "01",
                                          "-01",
                                          "1.",
                                          ".5",
                                          "-.5",
                                          "1e",
                                          "1e+",
                                          "1.e1",
                                          "0x1F",
                                          "1_000",
                                          "--1",
                                          "- 1",
                                          "1a",
                                          "[1]x",
                                          "1 2",
                                          "{}{}",
                                          "[] // comment",
                                          "/* comment */ 1",
                                          "[1\x0C]",
                                          "\xEF\xBB\xBF{}",
                                          {"\xFF\xFE{\x00", 4},
                                          "\"\xFF\"",
                                          "\"\xC0\x80\"",
                                          "\"\xE0\x80\xAF\"",
                                          "\"\xED\xA0\x80\"",
                                          "\"\xF4\x90\x80\x80\"",
                                          "\"\xF8\x88\x80\x80\x80\"",
                                          "\"\xC3\"",
                                          "\"\xE2\x82\"",
                                          "[\"\xC3\xA9]",
                                          "\xC2\xA0[]",
                                          "\xE2\x81\xA0[]",
                                          "{}\0"s,
                                          "{}\0x"s,
                                          "\0{}"s,
                                          "\"a\0b\""s,
                                          "[\0]"s,
                                          "<null>",
                                          "[true",
                                          "\"\\ud800\\",
                                          "[\"\\ud800\\u\"]",
                                          "[\"\\ud800\\u1\"]",
                                          "[\"\\ud800\\ud800\\x\"]"};
  for (const auto& text : texts) EXPECT_EQ(fault(text), JsonFault::grammar) << text << ": " << refusal(text).message;
}

TEST(JsonReader, RefusesContentThatNoValueMayHold) {
  const std::vector<std::string> texts = {"{\"a\":1,\"a\":1}",
                                          "{\"a\":1,\"\\u0061\":2}",
                                          "\"\\u0000\"",
                                          "{\"\\u0000\":1}",
                                          "\"\\ud834\"",
                                          "\"\\udd1e\"",
                                          "\"\\udd1e\\ud834\"",
                                          "\"\\ud834x\"",
                                          "[\"\\ud834\",\"\\ud834\\udd1e\"]",
                                          "18446744073709551616",
                                          "-9223372036854775809",
                                          "100000000000000000000000",
                                          "1e999",
                                          "-1e999",
                                          "1e-999",
                                          "1.7976931348623159e308"};
  for (const auto& text : texts) EXPECT_EQ(fault(text), JsonFault::content) << text << ": " << refusal(text).message;
}

TEST(JsonReader, RefusesExponentsThatOverflow) {
  EXPECT_FALSE(refusal("123e99999999999999999999").hint.empty());
  EXPECT_NE(fault("123e99999999999999999999"), JsonFault::none);
  EXPECT_NE(fault("1e-99999999999999999999"), JsonFault::none);
}

TEST(JsonReader, StopsAtDepth64) {
  for (const auto& [open, close] : {std::pair{'[', ']'}}) {
    EXPECT_EQ(fault(nested(63, open, close)), JsonFault::none);
    EXPECT_EQ(fault(nested(64, open, close)), JsonFault::none);
    EXPECT_EQ(fault(nested(65, open, close)), JsonFault::grammar);
    EXPECT_EQ(fault(nested(1'000'000, open, close)), JsonFault::grammar);
    EXPECT_EQ(fault(std::string(1'000'000, open)), JsonFault::grammar);
  }
  std::string objects;
  for (int i = 0; i < 65; ++i) objects += "{\"a\":";
  EXPECT_EQ(fault(objects), JsonFault::grammar);
}

TEST(JsonReader, NamesTheMemberThatOccursTwice) {
  EXPECT_EQ(refusal(R"({"a":[{"x/y":1,"b":2,"x/y":3}]})").pointer, "/a/0/x~1y");
  std::string many = "{\"list\":{";
  for (int i = 0; i < 100; ++i) many += "\"m" + std::to_string(i) + "\":0,";
  EXPECT_EQ(refusal(many + "\"m57\":1}}").pointer, "/list/m57");
}

TEST(JsonReader, PointsAtTheByteAndTheMember) {
  const Error error = refusal(R"({"a":{"b":[1,2,x]}})");
  EXPECT_EQ(error.code, ErrorCode::invalid);
  EXPECT_EQ(error.pointer, "/a/b/2");
  EXPECT_NE(error.message.find("at byte 15"), std::string::npos) << error.message;
  EXPECT_FALSE(error.hint.empty());
  EXPECT_EQ(refusal(R"({"a":1,"n":1e999})").pointer, "/n");
  EXPECT_EQ(refusal(R"(["x",{"t":"\u0000"}])").pointer, "/1/t");
  EXPECT_EQ(refusal(R"({"a":{"\u0000":[x]}})").pointer, "/a") << "no answer may hold NUL";
}

TEST(JsonReader, SaysWhereAPartLies) {
  JsonDocument document;
  const auto read = document.read("[x]", {10, 100});
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("at byte 101"), std::string::npos) << read.error().message;
  EXPECT_FALSE(document.read(nested(11, '[', ']'), {10, 0}).ok());
}

TEST(JsonReader, ReadsNumbersWithoutWrappingOrRounding) {
  JsonDocument document;
  ASSERT_TRUE(document.read("[3000000000,9223372036854775808,-0,9007199254740993,0.1,\"1\",null]").ok());
  std::vector<JsonView> values;
  for (const auto& element : document.root().elements()) values.push_back(element);
  EXPECT_EQ(values[0].integer(), 3'000'000'000);
  EXPECT_EQ(values[1].integer(), std::nullopt);
  EXPECT_EQ(values[1].natural(), 9'223'372'036'854'775'808U);
  EXPECT_TRUE(std::signbit(*values[2].number()));
  EXPECT_EQ(values[3].integer(), 9'007'199'254'740'993);
  EXPECT_EQ(values[4].number(), 0.1);
  EXPECT_EQ(values[5].number(), std::nullopt);
  EXPECT_EQ(values[6].number(), std::nullopt);
}

// Halfway cases and long fractions, where a parser that scales by powers of ten is off by one unit in the last place.
// Expected: glibc's strtod, which rounds correctly.
TEST(JsonReader, RoundsDecimalsToTheNearestDouble) {
  JsonDocument document;
  for (const char* text : {"0.30000000000000004", "2.2250738585072014e-308", "1.0000000000000002", "8.41e21",
                           "9007199254740993.0", "6.02214076e23", "123456789.123456789", "1.448997445238699",
                           "4.9406564584124654e-324", "5e-324", "179769313486231570e291"}) {
    ASSERT_TRUE(document.read(text).ok()) << text;
    EXPECT_EQ(document.root().number(), std::strtod(text, nullptr)) << text;
  }
}

TEST(JsonReader, DecodesTexts) {
  JsonDocument document;
  ASSERT_TRUE(document.read(R"({"k\u0065y":"\"\\\/\b\f\n\r\t\u20ac\ud834\udd1e","plain":"text","empty":""})").ok());
  EXPECT_EQ(document.root().find("key")->text(), "\"\\/\b\f\n\r\t\xE2\x82\xAC\xF0\x9D\x84\x9E");
  EXPECT_EQ(document.root().find("plain")->text(), "text");
  EXPECT_EQ(document.root().find("empty")->text(), "");
  EXPECT_FALSE(document.root().find("none").has_value());
}

TEST(JsonReader, KeepsDecodedTextsApartAndInPlace) {
  std::string text = "[";
  for (int i = 0; i < 2'000; ++i)
    text += (i == 0 ? "\"" : ",\"") + std::string("\\u0041") + std::to_string(i) + "\\n\"";
  text += "]";
  JsonDocument document;
  ASSERT_TRUE(document.read(text).ok());
  int i = 0;
  for (const auto& element : document.root().elements()) EXPECT_EQ(element.text(), "A" + std::to_string(i++) + "\n");
  EXPECT_EQ(i, 2'000);
}

TEST(JsonReader, WalksElementsAndMembersInOrder) {
  JsonDocument document;
  ASSERT_TRUE(document.read(R"({"b":[1,[2,3],{"x":4}],"a":{"y":{}},"c":true})").ok());
  std::string order;
  for (const auto& [key, value] : document.root().members()) order += key;
  EXPECT_EQ(order, "bac");
  EXPECT_EQ(document.root().size(), 3U);
  EXPECT_EQ(document.root().find("b")->size(), 3U);
  EXPECT_EQ(document.root().find("c")->boolean(), true);
  EXPECT_EQ(document.root().find("c")->members().begin(), document.root().find("c")->members().end());
}

TEST(JsonReader, ReadsAgainAfterARefusal) {
  JsonDocument document;
  EXPECT_FALSE(document.read("{\"a\":[1,\"\\ud800\"").ok());
  ASSERT_TRUE(document.read("{\"a\":2}").ok());
  EXPECT_EQ(document.fault(), JsonFault::none);
  EXPECT_EQ(document.root().find("a")->integer(), 2);
}

// Every prefix of a valid document is refused, every byte changed to any other is refused or read: never a crash.
TEST(JsonReader, SurvivesEveryCutAndEveryChangedByte) {
  const std::string text = R"({"a":[1,-2.5e3,"\u00e9\ud834\udd1e",{"b":null}],"c":"é"})";
  JsonDocument document;
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(document.read(std::string_view(text).substr(0, length)).ok()) << length;
  }
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < text.size(); ++at)
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = text;
      changed[at] = static_cast<char>(byte);
      if (document.read(changed).ok()) {
        ++accepted;
        EXPECT_TRUE(canonical_json(changed).ok()) << changed;
      }
    }
  EXPECT_GE(accepted, text.size());
}

}  // namespace
}  // namespace touchstone::codec
