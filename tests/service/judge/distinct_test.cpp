#include "service/judge/distinct.hpp"

#include <gtest/gtest.h>

#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;

Stream two_purchases() {
  Stream made;
  made.happen("u", "buy", kStart + 1h, 5).happen("u", "buy", kStart + 2h, 7);
  return made;
}

std::size_t left(const Stream& made) { return distinct(made.events).size(); }

TEST(Distinct, TheSameIdOnTheSameDayIsOneEventAndTheFirstStays) {
  Stream made = two_purchases();
  made.events[1].event.id = made.events[0].event.id;
  const auto kept = distinct(made.events);
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].event.value, 5.0);
}

TEST(Distinct, TheDayIsThatOfTheTimeAsSent) {
  Stream made = two_purchases();
  made.events[1].event.id = made.events[0].event.id;
  made.events[1].te += 24h;
  EXPECT_EQ(left(made), 1U);
  made.events[1].event.ts += 24h;
  EXPECT_EQ(left(made), 2U);
}

TEST(Distinct, WithoutIdsTheContentDecides) {
  Stream made = two_purchases();
  made.events[0].event.id = made.events[1].event.id = {};
  EXPECT_EQ(left(made), 2U);
  made.events[1].event.ts = made.events[0].event.ts;
  EXPECT_EQ(left(made), 2U) << "another value";
  made.events[1].event.value = 5;
  EXPECT_EQ(left(made), 1U);
}

}  // namespace
}  // namespace touchstone::judge
