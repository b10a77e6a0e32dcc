#include "service/page/watched_text.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace touchstone::page {
namespace {

using namespace std::chrono_literals;

TEST(WatchedText, SaysHowUpToWhichEntryAndWhenItWasDecided) {
  constexpr Time day{std::chrono::sys_days{std::chrono::year{2026} / 11 / 12}};
  judge::AlwaysValid watched;
  watched.method = "two_keys";
  EXPECT_EQ(watched_text(watched), "two_keys");
  watched.until = day + 24h;
  watched.immature_units = 1200;
  EXPECT_EQ(watched_text(watched),
            "two_keys; units who entered before 2026-11-13 00:00 UTC; 1,200 more not judged yet");
  watched.immature_units = 0;
  watched.decided_at = day + 6h;
  EXPECT_EQ(watched_text(watched),
            "two_keys; units who entered before 2026-11-13 00:00 UTC; decided on those before 2026-11-12 06:00 UTC");
}

}  // namespace
}  // namespace touchstone::page
