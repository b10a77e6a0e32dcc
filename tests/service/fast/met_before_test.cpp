#include "service/fast/met_before.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace touchstone::fast {
namespace {

RecordedExposure exposure_of(std::string_view experiment, std::string_view variant, std::string_view unit) {
  return {assign::Instant{}, 1, 1, experiment, variant, {"user", unit}};
}

TEST(FastMetBefore, KnowsWhatItRemembersAndNothingElse) {
  MetBefore met(1024);
  const auto first = met.fingerprint(exposure_of("checkout", "one-page", "u1"));
  EXPECT_FALSE(met.contains(first));
  met.remember(first);
  EXPECT_TRUE(met.contains(first));
  EXPECT_FALSE(met.contains(met.fingerprint(exposure_of("checkout", "control", "u1"))));
  EXPECT_FALSE(met.contains(met.fingerprint(exposure_of("checkout", "one-page", "u2"))));
}

TEST(FastMetBefore, TellsTextsApartThatJoinToTheSame) {
  const MetBefore met(16);
  std::set<MetBefore::Fingerprint> seen;
  seen.insert(met.fingerprint(exposure_of("ab", "c", "u")));
  seen.insert(met.fingerprint(exposure_of("a", "bc", "u")));
  seen.insert(met.fingerprint(exposure_of("a", "b", "cu")));
  EXPECT_EQ(seen.size(), 3U);
}

TEST(FastMetBefore, DoesNotDependOnTimeOrVersionOfTheConfiguration) {
  const MetBefore met(16);
  auto later = exposure_of("a", "b", "u");
  later.config_version = 99;
  later.at += std::chrono::hours(30);
  EXPECT_EQ(met.fingerprint(exposure_of("a", "b", "u")), met.fingerprint(later));
}

TEST(FastMetBefore, ForgetsInsteadOfGrowing) {
  MetBefore met(16);
  std::size_t kept = 0;
  for (int i = 0; i < 1000; ++i) met.remember(met.fingerprint(exposure_of("a", "b", "u" + std::to_string(i))));
  for (int i = 0; i < 1000; ++i)
    kept += met.contains(met.fingerprint(exposure_of("a", "b", "u" + std::to_string(i)))) ? 1 : 0;
  EXPECT_LE(kept, 16U);
  EXPECT_GT(kept, 0U);
}

// Units that come round again and again, in the order that is worst for a memory that forgets the oldest.
TEST(FastMetBefore, KeepsAHundredThousandThatComeInTurns) {
  MetBefore met;
  std::size_t again = 0;
  for (int turn = 0; turn < 2; ++turn)
    for (int i = 0; i < 100'000; ++i) {
      const auto fingerprint = met.fingerprint(exposure_of("a", "b", "u" + std::to_string(i)));
      again += turn == 1 && !met.contains(fingerprint) ? 1 : 0;
      if (!met.contains(fingerprint)) met.remember(fingerprint);
    }
  EXPECT_LT(again, 2'000U);
}

}  // namespace
}  // namespace touchstone::fast
