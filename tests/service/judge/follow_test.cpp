// A record that follows its unit's events one by one is the record of all of them, and most need no look back.

#include <array>
#include <chrono>
#include <cstdio>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "service/judge/study.hpp"
#include "tests/service/judge/kinds.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::Metric;
using storage::MetricKind;

constexpr int kUnits = 8;
constexpr auto kDay = 24h;

Metric capped(Metric made, double cap) {
  made.cap = cap;
  return made;
}

Metric by_inactivity(Metric made) {
  made.by_inactivity = true;
  return made;
}

Metric adjusted(Metric made) {
  made.covariate = 2 * kDay;
  return made;
}

Metric one_per_visit() {
  Metric made = revenue_per_visit();
  made.key = "orders-per-visit";
  made.of = storage::Aspect::occurrence;
  return made;
}

/// How a record may follow what its unit does next.
struct Kind {
  Metric metric;
  int percent;  ///< of the steps, those that must need no look back: a few less than were seen
};

const std::vector<Kind> kKinds{
    {metric("bought", MetricKind::proportion, "buy"), 85},
    {within(metric("bought-soon", MetricKind::proportion, "buy"), 0h, 5 * kDay), 75},
    {within(metric("back", MetricKind::retention, "*"), kDay, 2 * kDay), 85},
    {within(metric("lost", MetricKind::churn, "buy"), 1h, 4 * kDay), 85},
    {by_inactivity(within(metric("idle", MetricKind::churn, "*"), 1h, 4 * kDay)), 85},
    {metric("orders", MetricKind::count, "buy"), 85},
    {capped(metric("few-orders", MetricKind::count, "buy"), 3), 85},
    {within(metric("orders-by-day", MetricKind::count, "buy"), 6h, 6 * kDay), 85},
    {metric("revenue", MetricKind::sum, "buy"), 85},
    {capped(metric("tamed", MetricKind::sum, "buy"), 60), 85},
    {within(metric("revenue-by-day", MetricKind::sum, "buy"), 0h, 6 * kDay), 85},
    {capped(within(metric("tamed-by-day", MetricKind::sum, "buy"), 0h, 6 * kDay), 60), 70},
    {adjusted(within(metric("adjusted", MetricKind::sum, "buy"), 0h, 4 * kDay)), 85},
    {revenue_per_visit(), 85},
    {one_per_visit(), 85},
    {metric("average", MetricKind::mean, "buy"), 60},
    {nps(), 60},
    {funnel({"visit", "buy"}, 5 * kDay), 50},
    {within(metric("wait", MetricKind::duration, "buy"), 0h, 5 * kDay), 68},
    {metric("first", MetricKind::first_value, "buy"), 60},
    {within(metric("worth", MetricKind::lifetime_value, "buy"), 0h, 5 * kDay), 68},
};

/// One after the other, one in eight of them late by days; several at one time; repeats, crossovers, strangers.
Stream days(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&random](std::uint64_t end) { return random() % end; };
  Stream made;
  for (int i = 0; i < 250; ++i) {
    const std::string unit = "u" + std::to_string(below(kUnits));
    const Time te = kStart + i * 45min - (below(8) == 0 ? std::chrono::minutes(below(4'000)) : 0min);
    if (i < kUnits) {
      made.expose("u" + std::to_string(i), std::string(1, "ab"[below(2)]), te, R"({"plan":"pro"})");
    } else if (below(5) == 0) {
      made.expose(unit, std::string(1, "aaaaabbbbx"[below(10)]), te, below(2) == 0 ? R"({"plan":"free"})" : "");
      if (below(4) == 0) made.expose(unit, "a", te);
    } else {
      made.happen(unit, std::array{"buy", "visit", "answer"}.at(below(3)), te,
                  below(9) == 0 ? std::optional<double>() : static_cast<double>(below(120)) / 4 - 10);
    }
  }
  return made;
}

class Follow : public testing::TestWithParam<std::size_t> {
 protected:
  /// Of one metric, or of all that are there.
  static std::vector<Metric> metrics() {
    if (GetParam() < kKinds.size()) return {kKinds[GetParam()].metric};
    std::vector<Metric> all;
    for (const Kind& kind : kKinds) all.push_back(kind.metric);
    return all;
  }

  static storage::Experiment judged(std::uint64_t seed) {
    storage::Experiment made = experiment({"a", "b"}, metrics());
    made.plan.crossover = seed % 2 == 0 ? storage::Crossover::exclude : storage::Crossover::first;
    made.plan.method = seed % 3 == 0 ? storage::MethodRef{"strict", 1} : storage::MethodRef{"always-valid", 2};
    made.plan.segments = {{"pro", "plan", "\"pro\""}, {"free", "plan", "\"free\""}};
    made.phases[0].ended_at = kStart + 3 * kDay;
    made.phases.push_back(made.phases[0]);
    made.phases[1].started_at = kStart + 3 * kDay;
    made.phases[1].ended_at.reset();
    made.phases[1].sticky_version = 1 + seed % 2;
    return made;
  }
};

/// All that is kept of a study's records.
void expect_same(const Study& one, const Study& other) {
  ASSERT_EQ(one.cells(), other.cells());
  ASSERT_EQ(one.slices().rows(), other.slices().rows());
  ASSERT_EQ(one.ages().completed(kStart + 60 * kDay), other.ages().completed(kStart + 60 * kDay));
  for (std::size_t i = 0; i < one.segments().size(); ++i) ASSERT_EQ(one.segments()[i].cells, other.segments()[i].cells);
  using Records = std::map<UnitNumber, std::pair<Participation, std::vector<Amount>>>;
  const auto records = [](const Study& study) {
    Records all;
    study.for_each_record([&all](UnitNumber unit, const Participation& part, std::span<const Amount> amounts) {
      all[unit] = {part, {amounts.begin(), amounts.end()}};
    });
    return all;
  };
  ASSERT_EQ(records(one), records(other));
}

TEST_P(Follow, IsTheSameAsALookAtEverything) {
  int steps = 0;
  int followed = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Names names;
    const Stream made = days(seed);
    Study study(judged(seed), metrics(), names);
    std::vector<Timeline> units(kUnits);
    for (const storage::StoredEvent& stored : made.events) {
      const auto unit = static_cast<UnitNumber>(stored.event.unit.id.back() - '0');
      Timeline news;
      if (stored.event.type == storage::EventType::exposure) {
        units[unit].exposures.push_back(news.exposures.emplace_back(exposure_of(stored, names)));
      } else {
        units[unit].occurrences.push_back(news.occurrences.emplace_back(occurrence_of(stored, names)));
      }
      const bool enough = study.follow(unit, names, news);
      if (!enough) study.replace(unit, names, units[unit]);
      ++steps;
      followed += enough ? 1 : 0;
      if (steps % 10 != 0) continue;
      Study anew(judged(seed), metrics(), names);
      for (UnitNumber one = 0; one < kUnits; ++one) anew.replace(one, names, units[one]);
      ASSERT_NO_FATAL_FAILURE(expect_same(study, anew)) << "seed " << seed << ", after " << stored.event.id;
    }
  }
  const int percent = 100 * followed / steps;
  const bool alone = GetParam() < kKinds.size();
  std::printf("%s: %d of 100 steps without a look back\n", alone ? kKinds[GetParam()].metric.key.c_str() : "all",
              percent);
  EXPECT_GE(percent, alone ? kKinds[GetParam()].percent : 20);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Follow, testing::Range<std::size_t>(0, 22));

}  // namespace
}  // namespace touchstone::judge
