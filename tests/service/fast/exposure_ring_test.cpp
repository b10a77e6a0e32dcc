#include "service/fast/exposure_ring.hpp"

#include <cstddef>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace touchstone::fast {
namespace {

RecordedExposure exposure_of(std::string_view unit, std::int64_t version = 1) {
  return {assign::Instant{}, version, 1, "checkout", "one-page", {"user", unit}};
}

std::vector<std::string> take_all(ExposureRing& ring) {
  std::vector<std::string> units;
  ring.take(1'000'000, [&units](const RecordedExposure& taken) { units.emplace_back(taken.unit.id); });
  return units;
}

TEST(FastExposureRing, GivesBackWhatWasPushedInOrderAfterTheSenderIsGone) {
  ExposureRing ring(4);
  {
    const std::string unit = "u1";
    ASSERT_TRUE(ring.push(exposure_of(unit)));
    const std::string other = "u2";
    ASSERT_TRUE(ring.push(exposure_of(other)));
  }
  EXPECT_EQ(take_all(ring), (std::vector<std::string>{"u1", "u2"}));
  EXPECT_EQ(ring.waiting(), 0U);
}

TEST(FastExposureRing, RefusesWhenFullAndHasRoomAgainAfterwards) {
  ExposureRing ring(2);
  EXPECT_TRUE(ring.push(exposure_of("a")));
  EXPECT_TRUE(ring.push(exposure_of("b")));
  EXPECT_FALSE(ring.push(exposure_of("c")));
  EXPECT_EQ(take_all(ring), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(ring.push(exposure_of("c")));
  EXPECT_EQ(take_all(ring), (std::vector<std::string>{"c"}));
}

TEST(FastExposureRing, HoldsTheLongestTextsAndRefusesLongerOnes) {
  ExposureRing ring(2);
  const std::string key(128, 'k');
  const std::string unit(256, 'u');
  EXPECT_TRUE(ring.push({assign::Instant{}, 1, 1, key, key, {key, unit}}));
  EXPECT_FALSE(ring.push({assign::Instant{}, 1, 1, key, key, {key, unit + "u"}}));
  EXPECT_EQ(take_all(ring), (std::vector<std::string>{unit}));
}

TEST(FastExposureRing, LosesAndRepeatsNothingBetweenTwoThreads) {
  constexpr std::int64_t sent = 20'000;
  ExposureRing ring(64);
  std::vector<std::int64_t> received;
  std::thread reader([&] {
    while (received.size() < sent)
      if (ring.take(16, [&](const RecordedExposure& taken) { received.push_back(taken.config_version); }) == 0)
        std::this_thread::yield();
  });
  for (std::int64_t i = 0; i < sent; ++i)
    while (!ring.push(exposure_of("u", i))) std::this_thread::yield();
  reader.join();
  for (std::int64_t i = 0; i < sent; ++i) ASSERT_EQ(received[static_cast<std::size_t>(i)], i);
}

}  // namespace
}  // namespace touchstone::fast
