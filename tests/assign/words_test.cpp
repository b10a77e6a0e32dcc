#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "assign/instant.hpp"
#include "assign/key.hpp"
#include "assign/unit.hpp"
#include "assign/value_type.hpp"
#include "assign/version.hpp"

namespace touchstone::assign {
namespace {

using namespace std::string_view_literals;

TEST(Key, FollowsTheDataModel) {
  for (const auto key : {"a"sv, "9"sv, "checkout-2.b_C"sv}) EXPECT_TRUE(valid_key(key)) << key;
  for (const auto key : {""sv, "-a"sv, ".a"sv, "a b"sv, "a/b"sv, "é"sv, "a\0"sv}) EXPECT_FALSE(valid_key(key)) << key;
  EXPECT_TRUE(valid_key(std::string(128, 'k')));
  EXPECT_FALSE(valid_key(std::string(129, 'k')));
}

TEST(Salt, IsTwentyThreeCharacters) {
  EXPECT_TRUE(valid_salt("abcdefghijklmnopqrst_-9"));
  EXPECT_FALSE(valid_salt("abcdefghijklmnopqrst_-"));
  EXPECT_FALSE(valid_salt("abcdefghijklmnopqrst_-9x"));
  EXPECT_FALSE(valid_salt("abcdefghijklmnopqrst_-."));
}

TEST(UnitId, IsAnyUtf8WithoutControlCharacters) {
  for (const auto id : {"1"sv, " "sv, "é"sv, "e\u0301"sv, "名前"sv, "\U0010FFFF"sv, "\u00A0"sv})
    EXPECT_TRUE(valid_unit_id(id)) << id;
  EXPECT_TRUE(valid_unit_id(std::string(256, 'x')));
}

TEST(UnitId, RefusesWhatIsNotUtf8OrNotText) {
  const std::vector<std::string_view> refused = {"",
                                                 "\0"sv,
                                                 "a\x1F"sv,
                                                 "\n",
                                                 "\x7F",
                                                 "\xC2\x85",
                                                 "\xC0\x80",
                                                 "\xE0\x80\x80",
                                                 "\xED\xA0\x80",
                                                 "\xF4\x90\x80\x80",
                                                 "\xF8\x88\x80\x80\x80",
                                                 "\x80",
                                                 "\xC3",
                                                 "\xE2\x82",
                                                 "\xF0\x9F\x98",
                                                 "\xFF"};
  for (const auto id : refused) EXPECT_FALSE(valid_unit_id(id)) << id;
  EXPECT_FALSE(valid_unit_id(std::string(257, 'x')));
}

// Section 11 of Semantic Versioning 2.0.0, then the generous readings.
TEST(Version, SortsAsTheStandardDoes) {
  const std::vector<std::string_view> rising = {"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
                                                "1.0.0-beta",  "1.0.0-beta.2",  "1.0.0-beta.11",
                                                "1.0.0-rc.1",  "1.0.0",         "2.0.0",
                                                "2.1.0",       "2.1.1",         "2.10"};
  for (std::size_t i = 0; i < rising.size(); ++i)
    for (std::size_t j = 0; j < rising.size(); ++j)
      EXPECT_EQ(compare(*parse_version(rising[i]), *parse_version(rising[j])), i <=> j)
          << rising[i] << ' ' << rising[j];
  for (const auto same : {"v1.2", "1.2.0", "01.2.0.0", "1.2+build"})
    EXPECT_TRUE(compare(*parse_version(same), *parse_version("1.2.0")) == 0) << same;
}

TEST(Instant, ReadsWhatRfc3339Allows) {
  const auto new_year = parse_instant("2026-01-01").value();
  for (const auto text : {"2026-01-01T00:00:00Z", "2025-12-31T22:30:00-01:30", "2026-01-01t01:00:00.000+01:00"})
    EXPECT_EQ(parse_instant(text), new_year) << text;
  EXPECT_EQ(new_year.time_since_epoch().count(), 1'767'225'600'000'000);  // date -d 2026-01-01Z +%s
  EXPECT_EQ(*parse_instant("2026-01-01T00:00:00.1234567Z") - new_year, std::chrono::microseconds{123'456});
}

TEST(Instant, RefusesEverythingElse) {
  for (const auto text :
       {"", "2026", "2026-13-01", "2026-02-29", "2026-01-01T", "2026-01-01T24:00:00Z", "2026-01-01T00:00Z",
        "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00Z ", "+2026-01-01"})
    EXPECT_FALSE(parse_instant(text)) << text;
}

TEST(Instant, WritesWhatItReads) {
  for (const auto text : {"2026-11-21T14:05:00Z", "2026-11-21T14:05:00.123456Z", "1970-01-01T00:00:00.000001Z"})
    EXPECT_EQ(to_text(*parse_instant(text)), text);
}

TEST(ValueType, KnowsItsForm) {
  EXPECT_TRUE(fits(ValueType::boolean, "true"));
  EXPECT_FALSE(fits(ValueType::boolean, "1"));
  EXPECT_TRUE(fits(ValueType::integer, "-9007199254740992"));
  EXPECT_FALSE(fits(ValueType::integer, "9007199254740993"));
  EXPECT_FALSE(fits(ValueType::integer, "1.0"));
  EXPECT_TRUE(fits(ValueType::number, "1e3"));
  EXPECT_FALSE(fits(ValueType::number, "nan"));
  EXPECT_TRUE(fits(ValueType::string, R"("")"));
  EXPECT_FALSE(fits(ValueType::string, "null"));
  EXPECT_TRUE(fits(ValueType::json, "[1]"));
  EXPECT_FALSE(fits(ValueType::json, ""));
}

}  // namespace
}  // namespace touchstone::assign
