#include "service/codec/time_text.hpp"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

namespace touchstone::codec {
namespace {

using namespace std::chrono_literals;

std::string reformatted(std::string_view text) {
  const auto time = parse_time(text);
  return time ? time_text(*time) : "refused";
}

TEST(TimeText, ReadsOffsetsAndCutsDigits) {
  EXPECT_EQ(reformatted("2026-11-21T14:05:00Z"), "2026-11-21T14:05:00Z");
  EXPECT_EQ(reformatted("2026-11-21T14:05:00.5Z"), "2026-11-21T14:05:00.500000Z");
  EXPECT_EQ(reformatted("2026-11-21T14:05:00.123456789Z"), "2026-11-21T14:05:00.123456Z");
  EXPECT_EQ(reformatted("2026-11-21T01:05:00+02:00"), "2026-11-20T23:05:00Z");
  EXPECT_EQ(reformatted("2026-11-21T14:05:00-05:30"), "2026-11-21T19:35:00Z");
  EXPECT_EQ(reformatted("2024-02-29T00:00:00Z"), "2024-02-29T00:00:00Z");
}

TEST(TimeText, KeepsToTheRangeOfStoredTimes) {
  EXPECT_EQ(reformatted("1970-01-01T00:00:00Z"), "1970-01-01T00:00:00Z");
  EXPECT_EQ(reformatted("2099-12-31T23:59:59.999999Z"), "2099-12-31T23:59:59.999999Z");
  EXPECT_EQ(reformatted("1969-12-31T23:59:59.999999Z"), "refused");
  EXPECT_EQ(reformatted("1970-01-01T00:00:00+00:01"), "refused");
  EXPECT_EQ(reformatted("2100-01-01T00:00:00Z"), "refused");
}

TEST(TimeText, RefusesWhatIsNoTime) {
  for (const char* text : {"", "2026-11-21", "2026-11-21T14:05:00", "2026-11-21 14:05:00", "2026-02-29T00:00:00Z",
                           "2026-13-01T00:00:00Z", "2026-11-21T25:00:00Z", "2026-11-21T14:05:00.Z", "1700000000",
                           "2026-11-21T14:05:00Zx", "2026-11-21T14:05:00+0200", "+2026-11-21T14:05:00Z"})
    EXPECT_EQ(reformatted(text), "refused") << text;
}

TEST(TimeText, ErrorStaysUtf8) {
  const auto time = parse_time(std::string(39, 'x') + "\xE2\x82\xAC tail");
  ASSERT_FALSE(time.ok());
  EXPECT_EQ(time.error().message.find('\xE2'), std::string::npos) << time.error().message;
}

TEST(DurationText, ReadsWholeNumbersOfAUnit) {
  EXPECT_EQ(*parse_duration("30s"), 30s);
  EXPECT_EQ(*parse_duration("90m"), 90min);
  EXPECT_EQ(*parse_duration("36h"), 36h);
  EXPECT_EQ(*parse_duration("14d"), 14 * 24h);
  EXPECT_EQ(*parse_duration("2w"), 14 * 24h);
  EXPECT_EQ(*parse_duration("500ms"), 500ms);
  EXPECT_EQ(*parse_duration("36525d"), 36'525 * 24h);
}

TEST(DurationText, RefusesWhatIsNoDuration) {
  for (const char* text : {"", "d", "14", "14 d", "-1d", "+1d", "1.5h", "14D", "1y", "36526d", "99999999999999999999d"})
    EXPECT_FALSE(parse_duration(text).ok()) << text;
}

TEST(DurationText, WritesTheLargestUnitThatFits) {
  EXPECT_EQ(duration_text(0s), "0s");
  EXPECT_EQ(duration_text(24h), "1d");
  EXPECT_EQ(duration_text(36h), "36h");
  EXPECT_EQ(duration_text(90min), "90m");
  EXPECT_EQ(duration_text(1500ms), "1500ms");
  for (const char* text : {"1ms", "59s", "61m", "23h", "400d"}) EXPECT_EQ(duration_text(*parse_duration(text)), text);
}

}  // namespace
}  // namespace touchstone::codec
