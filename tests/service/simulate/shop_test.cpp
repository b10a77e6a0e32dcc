#include "service/simulate/shop.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "service/simulate/planted.hpp"

namespace touchstone::simulate {
namespace {

ShopOptions shop(std::uint64_t seed = 7) {
  return {.seed = seed,
          .customers = 4000,
          .opens = Time(std::chrono::sys_days(std::chrono::year(2026) / 8 / 1)),
          .days = 60};
}

storage::EventBatch season(const ShopOptions& options, const Treated& treated) {
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

const Treated kNobody = [](std::size_t) { return false; };
const Treated kEverybody = [](std::size_t) { return true; };

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
    if (event.experiment == "one-page-checkout") exposed.insert(event.unit.id);
    if (event.name == "purchase") {
      EXPECT_TRUE(exposed.contains(event.unit.id));
    }
  }
}

TEST(SimulateShop, ThePlantedEffectIsThere) {
  const auto control = season(shop(), kNobody);
  const auto treated = season(shop(), kEverybody);
  const auto rate = [](const auto& batch) {
    return static_cast<double>(count(batch, "purchase")) / static_cast<double>(count(batch, "add_to_cart"));
  };
  double planted = 1.0;
  for (const auto& experiment : planted_experiments()) planted *= experiment.effect.purchase;
  const double baskets = static_cast<double>(count(control, "add_to_cart"));
  const double noise = 5.0 * std::sqrt(2.0 * (1.0 - rate(control)) / (baskets * rate(control)));
  EXPECT_NEAR(rate(treated) / rate(control), planted, planted * noise);
}

TEST(SimulateShop, TheBrokenExperimentLosesTreatedExposures) {
  const double kept = static_cast<double>(exposures(season(shop(), kEverybody), "faster-search"));
  const double sent = static_cast<double>(exposures(season(shop(), kNobody), "faster-search"));
  EXPECT_LT(kept, 0.97 * sent);
}

}  // namespace
}  // namespace touchstone::simulate
