#include "service/codec/canonical_json.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "service/codec/digest.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {
namespace {

std::string number(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

struct Sample {
  std::uint64_t bits;
  std::string_view text;
};

// RFC 8785, appendix B.
TEST(CanonicalJson, WritesTheSampleNumbersOfTheStandard) {
  const std::vector<Sample> samples = {{0x0000000000000000, "0"},
                                       {0x8000000000000000, "0"},
                                       {0x0000000000000001, "5e-324"},
                                       {0x8000000000000001, "-5e-324"},
                                       {0x7fefffffffffffff, "1.7976931348623157e+308"},
                                       {0xffefffffffffffff, "-1.7976931348623157e+308"},
                                       {0x4340000000000000, "9007199254740992"},
                                       {0xc340000000000000, "-9007199254740992"},
                                       {0x4430000000000000, "295147905179352830000"},
                                       {0x44b52d02c7e14af5, "9.999999999999997e+22"},
                                       {0x44b52d02c7e14af6, "1e+23"},
                                       {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
                                       {0x444b1ae4d6e2ef4e, "999999999999999700000"},
                                       {0x444b1ae4d6e2ef4f, "999999999999999900000"},
                                       {0x444b1ae4d6e2ef50, "1e+21"},
                                       {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
                                       {0x3eb0c6f7a0b5ed8d, "0.000001"},
                                       {0x41b3de4355555553, "333333333.3333332"},
                                       {0x41b3de4355555554, "333333333.33333325"},
                                       {0x41b3de4355555555, "333333333.3333333"},
                                       {0x41b3de4355555556, "333333333.3333334"},
                                       {0x41b3de4355555557, "333333333.33333343"},
                                       {0xbecbf647612f3696, "-0.0000033333333333333333"},
                                       {0x43143ff3c1cb0959, "1424953923781206.2"}};
  for (const auto& [bits, text] : samples) EXPECT_EQ(number(std::bit_cast<double>(bits)), text);
}

// RFC 8785, section 3.2.2.
TEST(CanonicalJson, WritesTheSampleDocumentOfTheStandard) {
  const auto canonical = canonical_json(R"({
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]})");
  ASSERT_TRUE(canonical.ok());
  EXPECT_EQ(*canonical,
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

// RFC 8785, section 3.2.3: an emoji sorts before a Hebrew letter, as UTF-16 does and UTF-8 does not.
TEST(CanonicalJson, SortsNamesByUtf16CodeUnits) {
  const auto canonical =
      canonical_json(R"({"\u20ac":5,"\r":1,"\ufb33":7,"1":2,"\ud83d\ude00":6,"\u0080":3,"\u00f6":4})");
  ASSERT_TRUE(canonical.ok());
  EXPECT_EQ(
      *canonical,
      "{\"\\r\":1,\"1\":2,\"\xC2\x80\":3,\"\xC3\xB6\":4,\"\xE2\x82\xAC\":5,\"\xF0\x9F\x98\x80\":6,\"\xEF\xAC\xB3\":7}");
}

TEST(CanonicalJson, SortsObjectsOfAnySize) {
  std::string forward = "{";
  std::string backward = "{";
  for (int i = 0; i < 40; ++i) {
    forward += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":{\"b\":1,\"a\":2}";
    backward += (i == 0 ? "\"k" : ",\"k") + std::to_string(39 - i) + "\":{\"a\":2,\"b\":1}";
  }
  EXPECT_EQ(*canonical_json(forward + "}"), *canonical_json(backward + "}"));
}

TEST(CanonicalJson, RefusesIntegersThatNoDoubleHolds) {
  for (const char* text : {"9007199254740993", "-9007199254740993", "9223372036854775807", "18446744073709551615",
                           "100000000000000000001", "18446744073709551616"}) {
    const auto canonical = canonical_json("{\"a\":[" + std::string(text) + "]}");
    ASSERT_FALSE(canonical.ok()) << text;
    EXPECT_EQ(canonical.error().pointer, "/a/0") << text;
  }
  EXPECT_EQ(*canonical_json("[9007199254740992,9223372036854775808,-9223372036854775808,18446744073709549568]"),
            "[9007199254740992,9223372036854776000,-9223372036854776000,18446744073709550000]");
}

TEST(CanonicalJson, IsItsOwnCanonicalForm) {
  std::mt19937_64 random(20261121);
  for (int i = 0; i < 20'000; ++i) {
    const double value = std::bit_cast<double>(random());
    if (!std::isfinite(value)) continue;
    const std::string text = number(value);
    EXPECT_EQ(std::strtod(text.c_str(), nullptr), value) << text;
    EXPECT_EQ(*canonical_json(text), text);
  }
}

TEST(CanonicalJson, WritesNullForWhatIsNoNumber) {
  EXPECT_EQ(number(std::nan("")), "null");
  EXPECT_EQ(number(HUGE_VAL), "null");
}

TEST(JsonWriter, SetsCommasAndEscapes) {
  std::string text;
  JsonWriter out(text);
  out.begin_object().key("a\"").begin_array().integer(-1).text("\x01\t").boolean(false).begin_object().end_object();
  out.end_array().key("b").raw("{\"x\":1}").key("c").natural(18446744073709551615U).end_object();
  EXPECT_EQ(text, R"({"a\"":[-1,"\u0001\t",false,{}],"b":{"x":1},"c":18446744073709551615})");
}

TEST(JsonWriter, PrettyFormHoldsTheSameDocument) {
  const std::string text = R"({"b":[1,2.5,[]],"a":{},"c":{"d":"x"}})";
  EXPECT_EQ(pretty_json(text),
            "{\n  \"b\": [\n    1,\n    2.5,\n    []\n  ],\n  \"a\": {},\n  \"c\": {\n    \"d\": \"x\"\n  }\n}\n");
  EXPECT_EQ(*canonical_json(pretty_json(text)), *canonical_json(text));
}

// Expected: Python's hashlib.blake2b(digest_size=32).
TEST(Digest, IsBlake2bOf256Bits) {
  EXPECT_EQ(digest_of(""), "b2-256:0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  EXPECT_EQ(digest_of("abc"), "b2-256:bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

}  // namespace
}  // namespace touchstone::codec
