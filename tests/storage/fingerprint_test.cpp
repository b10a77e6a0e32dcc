#include "storage/fingerprint.hpp"

#include <gtest/gtest.h>

#include "tests/storage/sample.hpp"

namespace touchstone::storage {
namespace {

class FingerprintTest : public ::testing::Test {
 protected:
  Fingerprinter maker_{FingerprintKey{1, 2, 3}};
};

TEST_F(FingerprintTest, NamesAnEventByEnvironmentIdAndDayAsSent) {
  const Event event = purchase("o-1", "u", kNoon);
  const Fingerprint name = maker_.identify(1, event).name;
  EXPECT_EQ(maker_.identify(1, purchase("o-1", "someone", kNoon + std::chrono::hours(11), 7)).name, name);
  EXPECT_NE(maker_.identify(2, event).name, name);
  EXPECT_NE(maker_.identify(1, purchase("o-2", "u", kNoon)).name, name);
  EXPECT_NE(maker_.identify(1, purchase("o-1", "u", kNoon + std::chrono::hours(12))).name, name);
  EXPECT_NE(maker_.identify(1, purchase("o-1", "u", kNoon - std::chrono::hours(13))).name, name);
}

TEST_F(FingerprintTest, TellsContentsApartByEveryField) {
  const auto all = one_of_each();
  const std::uint64_t content = maker_.identify(1, all[0]).content;
  std::vector<Event> others(11, all[0]);
  others[0].unit.id = "u9";
  others[1].unit.type = "device";
  others[2].ts += Micros{1};
  others[3].name = "n";
  others[4].experiment = "other";
  others[5].variant = "other";
  others[6].config_version = 1;
  others[7].to = {"user", "u"};
  others[8].value = 0.0;
  others[9].attributes = "{}";
  others[10].type = EventType::event;
  for (std::size_t i = 0; i < others.size(); ++i) EXPECT_NE(maker_.identify(1, others[i]).content, content) << i;
  EXPECT_EQ(maker_.identify(1, all[0]).content, content);
}

TEST_F(FingerprintTest, DoesNotConfuseTextsThatJoinAlike) {
  Event one = purchase("i", "u", kNoon);
  Event two = one;
  one.channel = "ab";
  one.touchpoint = "c";
  two.channel = "a";
  two.touchpoint = "bc";
  EXPECT_NE(maker_.identify(1, one).content, maker_.identify(1, two).content);
}

TEST_F(FingerprintTest, NamesAnEventWithoutIdByAllOfIt) {
  const Event event = purchase("", "u", kNoon, 1);
  EXPECT_EQ(maker_.identify(1, event).name, maker_.identify(1, event).name);
  EXPECT_NE(maker_.identify(1, event).name, maker_.identify(1, purchase("", "u", kNoon, 2)).name);
  EXPECT_NE(maker_.identify(1, event).name, maker_.identify(2, event).name);
}

TEST_F(FingerprintTest, NeedsTheKey) {
  Fingerprinter other{FingerprintKey{9}};
  const Event event = purchase("o-1", "u", kNoon);
  EXPECT_NE(maker_.identify(1, event).name, other.identify(1, event).name);
}

}  // namespace
}  // namespace touchstone::storage
