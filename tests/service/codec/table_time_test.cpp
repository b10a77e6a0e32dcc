#include "service/codec/table_time.hpp"

#include <gtest/gtest.h>

#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

std::string read(std::string_view text, std::string_view form = "plain", std::string_view zone = "UTC") {
  auto parsed = parse_time_form(form).value();
  parsed.zone = parse_zone(zone).value();
  const auto time = read_time_of(text, parsed);
  return time ? time_text(*time) : "no time";
}

TEST(TableTime, DatesAndClocksWithAZoneOrWithout) {
  EXPECT_EQ(read("2026-11-21"), "2026-11-21T00:00:00Z");
  EXPECT_EQ(read("2026-11-21 14:05"), "2026-11-21T14:05:00Z");
  EXPECT_EQ(read("2017-01-21 22:11:48.556739"), "2017-01-21T22:11:48.556739Z");
  EXPECT_EQ(read("2026-11-21T14:05:00Z"), "2026-11-21T14:05:00Z");
  EXPECT_EQ(read("2026-11-21 14:05:00 UTC"), "2026-11-21T14:05:00Z");
  EXPECT_EQ(read("2026-11-21T14:05:00+01:00"), "2026-11-21T13:05:00Z");
  EXPECT_EQ(read("2026-11-21T14:05:00-0330"), "2026-11-21T17:35:00Z");
  EXPECT_EQ(read("2026-11-21 14:05:00+02"), "2026-11-21T12:05:00Z");
}

TEST(TableTime, AZoneIsForTimesThatTellNone) {
  EXPECT_EQ(read("2026-11-21 00:30", "plain", "+01:00"), "2026-11-20T23:30:00Z");
  EXPECT_EQ(read("2026-11-21 00:30", "plain", "-03:30"), "2026-11-21T04:00:00Z");
  EXPECT_EQ(read("2026-11-21T00:30:00Z", "plain", "+01:00"), "2026-11-21T00:30:00Z");
  EXPECT_EQ(read("1763733900", "plain", "+01:00"), "2025-11-21T14:05:00Z");
  EXPECT_FALSE(tells_zone("2026-11-21 00:30"));
  EXPECT_TRUE(tells_zone("2026-11-21 00:30+01"));
  EXPECT_TRUE(tells_zone("1763733900"));
  for (const auto* bad : {"", "CET", "01:00", "+1", "+99:00"}) EXPECT_FALSE(parse_zone(bad)) << bad;
}

/// 2025-11-21T14:05:00Z is 1,763,733,900 (date -u -d @1763733900).
TEST(TableTime, NumbersSince1970AreToldApartByTheirSize) {
  for (const auto* same : {"1763733900", "1763733900000", "1763733900000000", "1763733900.0"})
    EXPECT_EQ(read(same), "2025-11-21T14:05:00Z") << same;
  EXPECT_EQ(read("1763733900.25"), "2025-11-21T14:05:00.250000Z");
  EXPECT_EQ(read("1763733900123456"), "2025-11-21T14:05:00.123456Z");
  EXPECT_EQ(read("20260102"), "no time");
  EXPECT_EQ(read("20260102", "s"), "1970-08-23T11:48:22Z");
  EXPECT_EQ(read("86400000", "ms"), "1970-01-02T00:00:00Z");
  EXPECT_EQ(read("1.5", "s"), "1970-01-01T00:00:01.500000Z");
  for (const auto* bad : {"", "-1", "1e9", "99999999999999999999", "1.2.3"})
    EXPECT_EQ(read(bad, "s"), "no time") << bad;
}

TEST(TableTime, PatternsAreThoseOfStrptime) {
  EXPECT_EQ(read("21/11/2026 14:05", "%d/%m/%Y %H:%M"), "2026-11-21T14:05:00Z");
  EXPECT_EQ(read("21/11/2026 14:05", "%d/%m/%Y %H:%M", "+01:00"), "2026-11-21T13:05:00Z");
  EXPECT_EQ(read("20260102", "%Y%m%d"), "2026-01-02T00:00:00Z");
  EXPECT_EQ(read("2026-01-02 10:00 +0200", "%Y-%m-%d %H:%M %z"), "2026-01-02T08:00:00Z");
  EXPECT_EQ(read("21/11/2026 ", "%d/%m/%Y"), "no time");
  EXPECT_EQ(read("21.11.2026", "%d/%m/%Y"), "no time");
}

TEST(TableTime, WhatIsNoTimeIsNone) {
  for (const auto* bad : {"", "soon", "2026-13-01", "2026-02-30", "2026-11-21 25:00", "21/11/2026", "1969-12-31",
                          "2100-01-01", "2026-11-21T14:05:00+99:00"})
    EXPECT_EQ(read(bad), "no time") << bad;
  EXPECT_FALSE(parse_time_form("fast"));
}

}  // namespace
}  // namespace touchstone::codec
