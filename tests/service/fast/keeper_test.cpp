#include "service/fast/keeper.hpp"

#include <array>
#include <atomic>
#include <map>
#include <random>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "assign/current.hpp"

namespace touchstone::fast {
namespace {

using assign::Met;

TEST(Keeper, KeepsChangesAndForgetsLikeAMap) {
  std::shared_ptr<const KeptTable> published;
  Keeper keeper([&published](auto table) { published = std::move(table); });
  published = keeper.table();
  std::map<std::pair<std::string, std::string>, std::optional<Met>> expected;
  std::mt19937 random(4);
  for (int i = 0; i < 100'000; ++i) {
    const auto experiment = "e" + std::to_string(random() % 3);
    const auto id = "u" + std::to_string(random() % 20'000);
    const auto met = random() % 4 == 0
                         ? std::nullopt
                         : std::optional(Met{static_cast<std::uint32_t>(random() % 127), random() % 2 == 0});
    keeper.put(experiment, {"user", id}, met);
    expected[{experiment, id}] = met;
  }
  std::size_t entries = 0;
  for (const auto& [name, met] : expected) {
    ASSERT_EQ(published->find(name.first, {"user", name.second}), met) << name.first << " " << name.second;
    ASSERT_EQ(published->find(name.first, {"device", name.second}), std::nullopt);
    entries += met ? 1U : 0U;
  }
  EXPECT_EQ(keeper.entries(), entries);
}

TEST(Keeper, AVariantBeyondThe127thIsNotKept) {
  Keeper keeper([](const auto&) {});
  keeper.put("e", {"user", "u"}, Met{127, false});
  EXPECT_EQ(keeper.table()->find("e", {"user", "u"}), std::nullopt);
}

TEST(Keeper, WhoReadsWhileItGrowsFindsWhatWasThere) {
  assign::Current<KeptTable>* current = nullptr;
  Keeper keeper([&current](auto table) { current->publish(std::move(table)); });
  assign::Current<KeptTable> holder(keeper.table());
  current = &holder;
  keeper.put("e", {"user", "first"}, Met{5, false});
  std::atomic<bool> done{false};
  std::array<std::thread, 2> readers;
  for (auto& reader : readers)
    reader = std::thread([&] {
      assign::Current<KeptTable>::Reader view(holder);
      while (!done) ASSERT_EQ(view.read()->find("e", {"user", "first"}), (Met{5, false}));
    });
  for (int i = 0; i < 50'000; ++i) keeper.put("e", {"user", std::to_string(i)}, Met{1, false});
  done = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(keeper.entries(), 50'001U);
}

}  // namespace
}  // namespace touchstone::fast
