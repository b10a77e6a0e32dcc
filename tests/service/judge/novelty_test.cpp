#include "service/judge/novelty.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <ranges>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "service/judge/aggregates.hpp"
#include "service/judge/judge.hpp"
#include "service/simulate/random.hpp"
#include "tests/service/judge/kinds.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;

constexpr int kDays = 7;
const std::vector<storage::Metric> kVisits{within(metric("visits", MetricKind::count, "visit"), 0h, kDays * 24h)};

/// The chance of a visit on a day.
using Daily = std::function<double(bool treated, int day)>;

/// How often arms came on each day.
struct Season {
  Stream stream;
  std::array<std::array<double, kDays>, 2> visits{};
};

/// So many units of each arm, over two days; and nothing until all have completed their days.
Season season(int units, const Daily& daily, std::string_view late = "z") {
  Season made;
  simulate::Random random(7);
  for (int i = 0; i < 2 * units; ++i) {
    const std::string unit = "u" + std::to_string(i);
    const bool treated = i % 2 == 1;
    const Time met = kStart + i * (48h / (2 * units));
    made.stream.expose(unit, treated ? "b" : "a", met);
    for (int day = 0; day < kDays; ++day) {
      if (!random.chance(daily(treated, day))) continue;
      made.stream.happen(unit, "visit", met + day * 24h + 1h);
      ++made.visits.at(treated ? 1 : 0).at(static_cast<std::size_t>(day));
    }
  }
  made.stream.happen(late, "end", kStart + 30 * 24h);
  return made;
}

Report judged(const Stream& stream, const std::vector<storage::Metric>& metrics = kVisits) {
  return judge(experiment({"a", "b"}, metrics), metrics, stream.events);
}

const Check* find(const Report& report, std::string_view code) {
  const auto found = std::ranges::find(report.trust, code, &Check::code);
  return found == report.trust.end() ? nullptr : &*found;
}

double figure_of(const Check& check, std::string_view name) {
  const auto found = std::ranges::find(check.figures, name, &Figure::name);
  if (found == check.figures.end() || !found->value) throw std::out_of_range(std::string(name));
  return *found->value;
}

/// The textbook line through the lifts of the days, each with the weight of what control did: slope, and where it is on
/// the first and on the last day.
std::array<double, 3> line(const std::array<std::array<double, kDays>, 2>& visits) {
  double weight = 0;
  double mean_day = 0;
  double mean = 0;
  for (std::size_t k = 0; k < kDays; ++k) {
    weight += visits[0].at(k);
    mean_day += visits[0].at(k) * static_cast<double>(k);
    mean += visits[0].at(k) * (visits[1].at(k) / visits[0].at(k) - 1);
  }
  mean_day /= weight;
  mean /= weight;
  double rise = 0;
  double spread = 0;
  for (std::size_t k = 0; k < kDays; ++k) {
    const double away = static_cast<double>(k) - mean_day;
    rise += visits[0].at(k) * away * (visits[1].at(k) / visits[0].at(k) - 1);
    spread += visits[0].at(k) * away * away;
  }
  const double slope = rise / spread;
  return {slope, mean - slope * mean_day, mean + slope * (kDays - 1 - mean_day)};
}

double fading(bool treated, int day) { return 0.3 * (treated ? 1.9 - 0.15 * day : 1); }
/// A third more on each day, of a habit that everybody loses.
double lasting(bool treated, int day) { return 0.4 * std::exp(-day / 3.0) * (treated ? 4.0 / 3 : 1); }

TEST(Novelty, IsTheLineThroughTheLiftsOfTheDays) {
  const Season made = season(1500, fading);
  const Report report = judged(made.stream);
  ASSERT_NE(find(report, "novelty"), nullptr);
  const Check& found = *find(report, "novelty");
  const auto [slope, first, last] = line(made.visits);
  EXPECT_NEAR(figure_of(found, "per_day:b"), slope, 1e-12);
  EXPECT_NEAR(figure_of(found, "first:b"), first, 1e-12);
  EXPECT_NEAR(figure_of(found, "last:b"), last, 1e-12);
  EXPECT_LT(figure_of(found, "per_day_low:b"), -0.15);
  EXPECT_LT(figure_of(found, "per_day_high:b"), 0);
  EXPECT_EQ(found.level, CheckLevel::warn);
  EXPECT_EQ(found.metric, "visits");
  EXPECT_EQ(found.variant, "b");
  EXPECT_NE(report.verdict.code, "do_not_trust") << "a doubt changes no verdict";
}

TEST(Novelty, IsNoMatterWhereAllLoseInterestAlike) {
  const Report report = judged(season(1500, lasting).stream);
  ASSERT_NE(find(report, "novelty"), nullptr);
  EXPECT_EQ(find(report, "novelty")->level, CheckLevel::ok);
  EXPECT_NEAR(figure_of(*find(report, "novelty"), "first:b"), 1.0 / 3, 0.1);
  EXPECT_EQ(find(report, "primacy"), nullptr);
}

TEST(Novelty, WhatGrowsIsPrimacy) {
  const auto growing = [](bool treated, int day) { return 0.3 * (treated ? 1.05 + 0.15 * day : 1); };
  const Report report = judged(season(1500, growing).stream);
  ASSERT_NE(find(report, "primacy"), nullptr);
  EXPECT_EQ(find(report, "primacy")->level, CheckLevel::warn);
  EXPECT_EQ(find(report, "novelty"), nullptr);
}

/// The days of one unit hang together: either it comes on all, or on none. As a sample of days that is seven times as
/// large as it is of units.
TEST(Novelty, CountsUnitsAndNotTheirDays) {
  Season made;
  for (int i = 0; i < 400; ++i) {
    const std::string unit = "u" + std::to_string(i);
    made.stream.expose(unit, i % 2 == 0 ? "a" : "b", kStart);
    const int days = i % 2 == 0 ? 4 : 4 - i % 8 / 3;
    for (int day = 0; day < days; ++day)
      for (int visit = 0; visit < (i % 20 < 2 ? 30 : 1); ++visit)
        made.stream.happen(unit, "visit", kStart + day * 24h + visit * 1min);
  }
  made.stream.happen("z", "end", kStart + 30 * 24h);
  EXPECT_EQ(find(judged(made.stream), "novelty")->level, CheckLevel::ok) << "a tenth of the units did most of it";
}

TEST(Novelty, WaitsUntilTheSameUnitsWereSeenOnAllDays) {
  Season made = season(1500, fading);
  made.stream.events.pop_back();
  std::erase_if(made.stream.events, [](const auto& event) { return event.te >= kStart + 7 * 24h; });
  const Report report = judged(made.stream);
  ASSERT_NE(find(report, "novelty"), nullptr);
  EXPECT_EQ(find(report, "novelty")->status, "insufficient_data");
  EXPECT_EQ(find(report, "novelty")->value, std::nullopt);
}

TEST(Novelty, IsAskedOfWhatHasACourse) {
  using storage::Metric;
  const auto asked = [](const Metric& metric) { return days_looked_at(metric); };
  EXPECT_EQ(asked(kVisits.front()), 7);
  EXPECT_EQ(asked(within(metric("m", MetricKind::sum, "e"), 24h, 80h)), 3) << "whole days";
  EXPECT_EQ(asked(within(metric("m", MetricKind::proportion, "e"), 0h, 365 * 24h)), 90);
  EXPECT_EQ(asked(within(metric("m", MetricKind::count, "e"), 0h, 71h)), 0);
  EXPECT_EQ(asked(metric("m", MetricKind::count, "e")), 0) << "without an end";
  EXPECT_EQ(asked(within(metric("m", MetricKind::retention, "e"), 0h, 168h)), 0);
  Metric capped = kVisits.front();
  capped.pooled_cap = storage::PooledCap{};
  EXPECT_EQ(asked(capped), 0);
}

TEST(ByAge, AddsUpTheDaysOfAUnit) {
  Names names;
  Timeline timeline;
  const auto buys = [&](Time at, double value) { timeline.occurrences.push_back({at, value, names.number("buy"), 0}); };
  buys(kStart + 1h, 5);
  buys(kStart + 2h, 4);
  buys(kStart + 50h, 3);
  buys(kStart + 90h, 100);
  const auto of = [&](MetricKind kind, std::optional<double> cap = {}) {
    storage::Metric asked = within(metric("m", kind, "buy"), 0h, 96h);
    asked.decimals = 0;
    asked.cap = cap;
    return by_age(measure(asked, names), names, kStart, timeline, 3);
  };
  EXPECT_EQ(of(MetricKind::sum), (ByAge{12, 6, 12}));
  EXPECT_EQ(of(MetricKind::sum, 10), (ByAge{10, 2, 4})) << "one of the three is within the cap";
  EXPECT_EQ(of(MetricKind::count), (ByAge{3, 2, 4}));
  EXPECT_EQ(of(MetricKind::proportion), (ByAge{2, 2, 4})) << "two days";
  buys(kStart + 3h, 1e16);
  EXPECT_EQ(of(MetricKind::sum), (ByAge{.beyond = true}));
}

/// In any order.
TEST(Novelty, LiveIsAsRebuilt) {
  const Season made = season(60, fading);
  Aggregates live;
  live.put(experiment({"a", "b"}, kVisits), kVisits);
  for (const storage::StoredEvent& event : std::ranges::reverse_view(made.stream.events)) {
    live.apply({&event, 1});
    live.bring_current();
  }
  Aggregates rebuilt;
  rebuilt.apply(made.stream.events);
  rebuilt.bring_current();
  rebuilt.put(experiment({"a", "b"}, kVisits), kVisits);
  const auto ages = live.sight("checkout")->facts.ages;
  ASSERT_EQ(ages.size(), 1U);
  EXPECT_EQ(ages.front().sums.at(0).units, 60);
  EXPECT_EQ(ages, rebuilt.sight("checkout")->facts.ages);
  live.forget({"user", "u0"}, kStart + 30 * 24h);
  EXPECT_EQ(live.sight("checkout")->facts.ages.front().sums.at(0).units, 59);
}

}  // namespace
}  // namespace touchstone::judge
