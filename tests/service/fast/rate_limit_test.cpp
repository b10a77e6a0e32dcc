#include "service/fast/rate_limit.hpp"

#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace touchstone::fast {
namespace {

using namespace std::chrono_literals;
using Instant = RateLimit::Clock::time_point;

const Instant kStart{1h};

int taken(RateLimit& limit, std::uint64_t key, Instant now, int attempts) {
  int count = 0;
  for (int i = 0; i < attempts; ++i) count += limit.take(key, now) ? 0 : 1;
  return count;
}

TEST(RateLimit, ABucketHoldsASecondAndFillsSteadily) {
  RateLimit limit(10);
  EXPECT_EQ(taken(limit, 1, kStart, 100), 10);
  EXPECT_EQ(taken(limit, 1, kStart + 99ms, 100), 0);
  EXPECT_EQ(taken(limit, 1, kStart + 100ms, 100), 1);
  EXPECT_EQ(taken(limit, 1, kStart + 350ms, 100), 2);
  EXPECT_EQ(taken(limit, 1, kStart + 1h, 100), 10) << "it does not hold more than a second";
}

TEST(RateLimit, SaysHowLongToWaitInWholeSeconds) {
  RateLimit limit(1);
  EXPECT_EQ(limit.take(1, kStart), std::nullopt);
  EXPECT_EQ(limit.take(1, kStart), 1s);
  EXPECT_EQ(limit.take(1, kStart + 999ms), 1s);
  EXPECT_EQ(limit.take(1, kStart + 1s), std::nullopt);
}

TEST(RateLimit, KeysHaveBucketsOfTheirOwn) {
  RateLimit limit(1);
  EXPECT_EQ(taken(limit, 1, kStart, 5), 1);
  EXPECT_EQ(taken(limit, 2, kStart, 5), 1);
}

TEST(RateLimit, NoneIsNone) {
  RateLimit limit(0);
  EXPECT_EQ(taken(limit, 1, kStart, 100'000), 100'000);
}

TEST(RateLimit, IsExactAlsoWhereManyThreadsAsk) {
  RateLimit limit(1'000);
  std::atomic<int> count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { count += taken(limit, 7, kStart, 1'000); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(count, 1'000);
}

}  // namespace
}  // namespace touchstone::fast
