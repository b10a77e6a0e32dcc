#include "service/simulate/shop.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "service/simulate/planted.hpp"
#include "service/simulate/salts.hpp"

namespace touchstone::simulate {
namespace {

ShopOptions shop(std::uint64_t seed = 7) {
  return {.seed = seed,
          .customers = 4000,
          .opens = Time(std::chrono::sys_days(std::chrono::year(2026) / 8 / 1)),
          .days = 90};
}

storage::EventBatch season(const ShopOptions& options, const Sees& treated) {
  storage::EventBatch batch;
  for (std::uint32_t i = 0; i < options.customers; ++i) live(options, customer(options, i), treated, batch);
  return batch;
}

std::string text(const storage::EventBatch& batch) {
  std::string all;
  for (const auto& event : batch.events) {
    all += std::string(event.id) + '|' + std::string(event.name) + '|' + std::string(event.experiment) + '|';
    all += std::to_string(event.ts.time_since_epoch().count()) + '|' + std::to_string(event.value.value_or(-1)) + '\n';
  }
  return all;
}

const Sees kNobody = [](std::size_t) { return Seen::control; };
const Sees kEverybody = [](std::size_t) { return Seen::treatment; };

std::size_t count(const storage::EventBatch& batch, std::string_view name) {
  return static_cast<std::size_t>(
      std::ranges::count_if(batch.events, [&](const auto& event) { return event.name == name; }));
}

std::size_t exposures(const storage::EventBatch& batch, std::string_view experiment) {
  return static_cast<std::size_t>(
      std::ranges::count_if(batch.events, [&](const auto& event) { return event.experiment == experiment; }));
}

TEST(SimulateShop, SameSeedSameShop) { EXPECT_EQ(text(season(shop(), kNobody)), text(season(shop(), kNobody))); }

TEST(SimulateShop, AnotherSeedAnotherShop) {
  EXPECT_NE(text(season(shop(7), kNobody)), text(season(shop(8), kNobody)));
}

TEST(SimulateShop, CustomersDoNotDependOnHowManyThereAre) {
  ShopOptions larger = shop();
  larger.customers *= 2;
  EXPECT_EQ(customer(shop(), 17).arrives, customer(larger, 17).arrives);
}

TEST(SimulateShop, EveryEventHasAnIdOfItsOwn) {
  const auto batch = season(shop(), kEverybody);
  std::set<std::string_view> ids;
  for (const auto& event : batch.events) ids.insert(event.id);
  EXPECT_EQ(ids.size(), batch.events.size());
}

TEST(SimulateShop, EventsOfACustomerFollowEachOther) {
  const auto batch = season(shop(), kEverybody);
  for (std::size_t i = 1; i < batch.events.size(); ++i) {
    if (batch.events[i].unit != batch.events[i - 1].unit) continue;
    EXPECT_LT(batch.events[i - 1].ts, batch.events[i].ts);
  }
}

TEST(SimulateShop, AnExposureComesBeforeWhatItChanges) {
  storage::EventBatch batch;
  for (std::uint32_t i = 0; i < 200; ++i) live(shop(), customer(shop(), i), kEverybody, batch);
  std::set<std::string_view> exposed;
  for (const auto& event : batch.events) {
    if (event.experiment == "shorter-checkout") exposed.insert(event.unit.id);
    if (event.name == "purchase") {
      EXPECT_TRUE(exposed.contains(event.unit.id));
    }
  }
}

TEST(SimulateShop, OnlyTheFirstMeetingIsAnExposure) {
  const auto batch = season(shop(), kEverybody);
  std::set<std::pair<std::string_view, std::string_view>> met;
  for (const auto& event : batch.events) {
    if (event.type != storage::EventType::exposure) continue;
    EXPECT_TRUE(met.emplace(event.unit.id, event.experiment).second);
  }
}

TEST(SimulateShop, WhoSeesNothingIsNotExposed) {
  const auto batch = season(shop(), [](std::size_t) { return Seen::nothing; });
  EXPECT_TRUE(
      std::ranges::none_of(batch.events, [](const auto& event) { return event.type == storage::EventType::exposure; }));
}

TEST(SimulateShop, WhatStillRunsBeganLate) {
  const auto& recommender = *find_planted("recommender");
  for (const auto& event : season(shop(), kEverybody).events) {
    if (event.experiment != recommender.key) continue;
    EXPECT_GE(event.ts, begins(shop(), recommender));
    EXPECT_LT(event.ts, ends(shop()));
  }
}

TEST(SimulateShop, AVisitIsOverWithinASecond) {
  storage::EventBatch batch;
  const auto who = customer(shop(), 5);
  visit(shop(), who, kEverybody, batch);
  ASSERT_FALSE(batch.events.empty());
  EXPECT_LT(batch.events.back().ts, who.arrives + std::chrono::seconds(1));
}

/// One experiment is treated, the others are not; the planted factor is within five standard errors of what is seen.
void expect_planted(std::string_view experiment, double Effect::*planted, std::string_view from, std::string_view to) {
  const auto* found = find_planted(experiment);
  if (found == nullptr) FAIL() << experiment << " is not planted";
  const auto which = static_cast<std::size_t>(found - planted_experiments().data());
  const auto control = season(shop(), kNobody);
  const auto treated = season(shop(), [which](std::size_t i) { return i == which ? Seen::treatment : Seen::control; });
  const auto rate = [&](const auto& batch) {
    return static_cast<double>(count(batch, to)) / static_cast<double>(count(batch, from));
  };
  const double chances = static_cast<double>(count(control, from));
  const double noise = 5.0 * std::sqrt(2.0 * (1.0 - rate(control)) / (chances * rate(control)));
  EXPECT_NEAR(rate(treated) / rate(control), found->effect.*planted, found->effect.*planted * noise) << experiment;
}

TEST(SimulateShop, ThePlantedEffectsAreThere) {
  expect_planted("shorter-checkout", &Effect::purchase, "add_to_cart", "purchase");
  expect_planted("coupon-popup", &Effect::basket, "product_view", "add_to_cart");
  expect_planted("coupon-popup", &Effect::refund, "purchase", "$refund");
  expect_planted("price-framing", &Effect::churn, "purchase", "$churn");
}

TEST(SimulateSalts, FollowTheSeedAndDiffer) {
  auto first = seeded_salts(7);
  const auto copy = first;
  const auto again = seeded_salts(7);
  std::set<std::string> all;
  for (int i = 0; i < 20; ++i) {
    const auto salt = i % 2 == 0 ? first() : copy();
    EXPECT_EQ(salt.size(), 23U);
    EXPECT_EQ(salt, again());
    EXPECT_TRUE(all.insert(salt).second);
  }
  EXPECT_NE(seeded_salts(8)(), *all.begin());
}

TEST(SimulateShop, TheBrokenExperimentLosesTreatedExposures) {
  const double kept = static_cast<double>(exposures(season(shop(), kEverybody), "faster-search"));
  const double sent = static_cast<double>(exposures(season(shop(), kNobody), "faster-search"));
  EXPECT_LT(kept, 0.97 * sent);
}

}  // namespace
}  // namespace touchstone::simulate
