#include "service/judge/caps.hpp"

#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "service/judge/aggregates.hpp"
#include "service/judge/judge.hpp"
#include "tests/service/judge/kinds.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;

/// The definition, from the amounts in their order.
std::int64_t by_counting(std::vector<std::int64_t> amounts, double percentile) {
  std::ranges::sort(amounts);
  for (const std::int64_t amount : amounts)
    if (static_cast<double>(std::ranges::upper_bound(amounts, amount) - amounts.begin()) * 100 >=
        percentile * static_cast<double>(amounts.size()) - 1e-9)
      return amount;
  return amounts.back();
}

TEST(AtPercentile, IsTheSmallestThatSoManyDoNotExceed) {
  std::vector<std::int64_t> thousand(1000);
  for (int i = 0; i < 1000; ++i) thousand[static_cast<std::size_t>(i)] = i + 1;
  for (const auto& [percentile, found] : {std::pair(50.0, 500), {50.1, 501}, {99.9, 999}, {99.95, 1000}, {99.99, 1000}})
    EXPECT_EQ(at_percentile(thousand, percentile), found) << percentile;
  std::mt19937 draws(5);
  for (int n = 1; n < 60; ++n) {
    std::vector<std::int64_t> amounts(static_cast<std::size_t>(n));
    for (std::int64_t& amount : amounts) amount = static_cast<std::int64_t>(draws() % 20) - 5;
    for (const double percentile : {50.0, 66.667, 75.0, 90.0, 99.0, 99.999})
      EXPECT_EQ(at_percentile(amounts, percentile), by_counting(amounts, percentile)) << n << " " << percentile;
  }
  std::vector<std::int64_t> none;
  EXPECT_EQ(at_percentile(none, 99), std::nullopt);
}

storage::Metric spend(storage::PooledCap cap) {
  storage::Metric made = within(metric("spend", MetricKind::sum, "buy"), 0h, 24h);
  made.pooled_cap = cap;
  return made;
}

storage::Metric with_cap(storage::Metric made, std::optional<double> cap) {
  made.pooled_cap.reset();
  made.cap = cap;
  return made;
}

/// 200 units of each arm: every fourth buys for 1 to 50, two of b for 700 and 900.
Stream shoppers() {
  Stream made;
  for (int i = 0; i < 400; ++i) {
    const std::string unit = "u" + std::to_string(i);
    made.expose(unit, i % 2 == 0 ? "a" : "b", kStart + i * 1min);
    if (i % 4 < 2 && i % 8 < 4) made.happen(unit, "buy", kStart + i * 1min + 1h, 1 + i * 7 % 50);
    if (i == 101 || i == 301) made.happen(unit, "buy", kStart + i * 1min + 1h, i == 101 ? 700 : 900);
  }
  return made;
}

Report judged(const storage::Metric& asked, const Stream& stream,
              const storage::MethodRef& method = {"fixed-horizon", 1}) {
  storage::Experiment made = experiment({"a", "b"}, {asked});
  made.plan.method = method;
  return judge(made, std::vector{asked}, stream.events);
}

/// The amounts of all units, sorted: what the cap is looked up in.
std::vector<double> amounts(const Stream& stream, bool zeros) {
  std::map<std::string, double> spent;
  for (const storage::StoredEvent& stored : stream.events) {
    double& amount = spent[std::string(stored.event.unit.id)];
    amount += stored.event.value.value_or(0);
  }
  std::vector<double> all;
  for (const auto& [unit, amount] : spent)
    if (zeros || amount != 0) all.push_back(amount);
  std::ranges::sort(all);
  return all;
}

/// A report whose metric has that very amount as its cap says the same, but for the words.
void expect_same(const Report& found, const Report& expected) {
  const Row& row = found.results.at(0);
  const Row& same = expected.results.at(0);
  EXPECT_EQ(row.arms, same.arms);
  EXPECT_EQ(row.absolute, same.absolute);
  EXPECT_EQ(row.relative, same.relative);
  EXPECT_EQ(row.fixed, same.fixed);
  EXPECT_EQ(row.posterior, same.posterior);
}

TEST(PooledCap, EqualsThatAmountAsACap) {
  const Stream stream = shoppers();
  for (const auto& [percentile, rank] : {std::pair(99.0, 396), {99.5, 398}, {90.0, 360}}) {
    const double cap = amounts(stream, true).at(static_cast<std::size_t>(rank) - 1);
    const Report found = judged(spend({percentile, false}), stream);
    expect_same(found, judged(with_cap(spend({}), cap), stream));
    EXPECT_EQ(found.results.at(0).cap->cap, cap);
    EXPECT_EQ(found.results.at(0).cap->percentile, percentile);
  }
}

TEST(PooledCap, TellsWhoIsAboveItAndWhatTheRowWouldBeWithout) {
  const Report found = judged(spend({99.0, false}), shoppers());
  const Row& row = found.results.at(0);
  const Row without = judged(with_cap(spend({}), std::nullopt), shoppers()).results.at(0);
  ASSERT_TRUE(row.cap);
  EXPECT_EQ(row.cap->absolute, without.absolute);
  EXPECT_EQ(row.cap->relative, without.relative);
  EXPECT_EQ(row.cap->p, without.fixed.p);
  EXPECT_EQ(row.cap->units[0] + row.cap->units[1],
            static_cast<std::uint64_t>(std::ranges::count_if(amounts(shoppers(), true),
                                                             [&](double amount) { return amount > *row.cap->cap; })));
  EXPECT_LT(*row.arms[1].variance, *without.arms[1].variance / 10);
  EXPECT_NE(found.plan.metrics.at(0).words.find("99 % of all units, of all arms together"), std::string::npos);
  EXPECT_NE(found.plan.metrics.at(0).formula.find("⌈99 N / 100⌉"), std::string::npos);
}

TEST(PooledCap, MayRankThoseAloneWhoHaveAnAmount) {
  const std::vector<double> payers = amounts(shoppers(), false);
  ASSERT_EQ(payers.size() * 90 % 100, 80U) << "a rank that is no whole number";
  const double cap = payers.at(payers.size() * 90 / 100);
  EXPECT_EQ(judged(spend({90, true}), shoppers()).results.at(0).cap->cap, cap);
  EXPECT_LT(judged(spend({50, false}), shoppers()).results.at(0).cap->cap, 1) << "half of them buy nothing";
}

TEST(PooledCap, IsBlindToTheArms) {
  Stream swapped = shoppers();
  for (storage::StoredEvent& stored : swapped.events)
    if (!stored.event.variant.empty()) stored.event.variant = stored.event.variant == "a" ? "b" : "a";
  const Row before = judged(spend({99, false}), shoppers()).results.at(0);
  const Row after = judged(spend({99, false}), swapped).results.at(0);
  EXPECT_EQ(before.cap->cap, after.cap->cap);
  EXPECT_EQ(before.arms[0], after.arms[1]);
  EXPECT_EQ(*before.absolute.estimate, -*after.absolute.estimate);
}

TEST(PooledCap, RanksOnlyWhoCounts) {
  Stream stream = shoppers();
  for (int i = 0; i < 40; ++i) {
    const std::string unit = "x" + std::to_string(i);
    stream.expose(unit, "a", kStart + 1h).expose(unit, "b", kStart + 2h).happen(unit, "buy", kStart + 3h, 5000);
  }
  EXPECT_EQ(judged(spend({99, false}), stream).results.at(0).cap,
            judged(spend({99, false}), shoppers()).results.at(0).cap);
}

/// Whose window has not closed has no figure yet, neither to count nor to rank.
TEST(PooledCap, OfALifetimeValueWaitsForWindows) {
  storage::Metric worth = spend({99, false});
  worth.kind = MetricKind::lifetime_value;
  Stream stream = shoppers();
  stream.happen("clock", "other", kStart + 48h);
  const Row closed = judged(worth, stream).results.at(0);
  EXPECT_EQ(closed.cap->cap, judged(spend({99, false}), shoppers()).results.at(0).cap->cap);
  for (int i = 0; i < 40; ++i) {
    const std::string unit = "late" + std::to_string(i);
    stream.expose(unit, "a", kStart + 47h).happen(unit, "buy", kStart + 47h, 5000);
  }
  const Row waiting = judged(worth, stream).results.at(0);
  EXPECT_EQ(waiting.cap, closed.cap);
  EXPECT_EQ(waiting.arms, closed.arms);
  EXPECT_EQ(waiting.immature_units, 40U);
}

TEST(PooledCap, IsJudgedByWhatIsKnownNow) {
  Stream stream = shoppers();
  stream.happen("clock", "other", kStart + 96h);
  EXPECT_EQ(judged(spend({99, false}), stream, {}).results.at(0).always_valid.method, "confidence_sequence");
  EXPECT_EQ(judged(with_cap(spend({}), 40), stream, {}).results.at(0).always_valid.method, "two_keys");
  const Row strict = judged(spend({99, false}), stream, {"strict", 1}).results.at(0);
  EXPECT_EQ(strict.always_valid.method, "none");
  EXPECT_EQ(strict.always_valid.absolute.status, "no_sequential_method");
}

TEST(PooledCap, OfNobodyIsNone) {
  Stream stream;
  stream.expose("u", "a", kStart + 1min);
  const Row nobody = judged(spend({99, true}), stream).results.at(0);
  ASSERT_TRUE(nobody.cap);
  EXPECT_EQ(nobody.cap->cap, std::nullopt);
}

}  // namespace
}  // namespace touchstone::judge
