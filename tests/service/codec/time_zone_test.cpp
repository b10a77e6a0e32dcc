// Offsets are those of the IANA database as `TZ=ZONE date -d @SECONDS` prints them.

#include "service/codec/time_zone.hpp"

#include <gtest/gtest.h>

#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

std::string told(std::string_view zone, std::string_view time) {
  const auto found = TimeZone::named(zone);
  return found ? minute_text(parse_time(time).value(), *found) : found.error().message;
}

TEST(TimeZone, TellsTheClockOfThePlace) {
  EXPECT_EQ(told("UTC", "2026-11-21T14:05:59Z"), "2026-11-21 14:05 UTC");
  EXPECT_EQ(told("Europe/Berlin", "2026-11-21T14:05:00Z"), "2026-11-21 15:05 UTC+1");
  EXPECT_EQ(told("Europe/Berlin", "2026-07-21T22:05:00Z"), "2026-07-22 00:05 UTC+2");
  EXPECT_EQ(told("Asia/Kolkata", "2026-11-21T14:05:00Z"), "2026-11-21 19:35 UTC+5:30");
  EXPECT_EQ(told("America/St_Johns", "2026-11-21T03:00:00Z"), "2026-11-20 23:30 UTC\u22123:30");
  EXPECT_EQ(second_text(parse_time("2026-11-21T14:05:10Z").value(), TimeZone()), "2026-11-21 14:05:10 UTC");
}

// The clock of Berlin goes from 01:59:59 UTC+2 back to 02:00:00 UTC+1 on 2026-10-25 at 01:00 UTC.
TEST(TimeZone, ChangesWithTheClocks) {
  EXPECT_EQ(told("Europe/Berlin", "2026-10-25T00:59:59Z"), "2026-10-25 02:59 UTC+2");
  EXPECT_EQ(told("Europe/Berlin", "2026-10-25T01:00:00Z"), "2026-10-25 02:00 UTC+1");
}

TEST(TimeZone, RefusesWhatIsNoName) {
  for (const auto* name : {"", "Mars/Phobos", "europe/berlin", "CEST", "../../etc/passwd", "+01:00"}) {
    const auto zone = TimeZone::named(name);
    ASSERT_FALSE(zone) << name;
    EXPECT_EQ(zone.error().code, ErrorCode::invalid);
    EXPECT_NE(zone.error().hint.find("Europe/Berlin"), std::string::npos);
  }
}

}  // namespace
}  // namespace touchstone::codec
