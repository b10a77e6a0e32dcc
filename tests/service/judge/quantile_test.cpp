#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "service/judge/aggregates.hpp"
#include "service/judge/judge.hpp"
#include "service/judge/over_time.hpp"
#include "service/simulate/random.hpp"
#include "tests/service/judge/kinds.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;

storage::Metric loads(double which, std::optional<Micros> length = 24h) {
  storage::Metric made = metric("load", MetricKind::quantile, "page_load");
  made.quantile = which;
  made.property = "ms";
  made.unit = "ms";
  made.direction = storage::Direction::decrease;
  made.window.length = length;
  return made;
}

void load(Stream& stream, std::string_view unit, Time te, long ms) {
  stream.happen(unit, "page_load", te, {}, "{\"ms\":" + std::to_string(ms) + "}");
}

Report judged(const storage::Metric& asked, const Stream& stream,
              const storage::MethodRef& method = {"fixed-horizon", 1}) {
  storage::Experiment made = experiment({"a", "b"}, {asked});
  made.plan.method = method;
  return judge(made, std::vector{asked}, stream.events);
}

/// The units of tests/stats/quantile_test.cpp: one to five loads each.
Stream visitors() {
  Stream made;
  for (const int arm : {0, 1})
    for (int i = 0; i < 60 + 20 * arm; ++i) {
      const std::string unit = (arm == 0 ? "a" : "b") + std::to_string(i);
      made.expose(unit, arm == 0 ? "a" : "b", kStart + i * 1min);
      for (int k = 0; k < 1 + (i * i + arm) % 5; ++k)
        load(made, unit, kStart + i * 1min + k * 1s,
             100 + (i * 7919 + k * 104'729 + arm * 31) % 1000 + i % 3 * 150 + arm * 60);
    }
  return made;
}

/// Figures by numpy 2.4 and scipy 1.17, as there.
TEST(Quantile, IsOfAllEventsAndAsUncertainAsUnits) {
  const Report found = judged(loads(0.9), visitors());
  const Row& row = found.results.at(0);
  EXPECT_EQ(row.status, "ok");
  EXPECT_EQ(row.arms[0].mean, 1203.5);
  EXPECT_EQ(row.arms[1].mean, 1240);
  EXPECT_EQ(row.arms[0].n, 60U);
  EXPECT_EQ(row.arms[1].n, 80U);
  EXPECT_EQ(row.absolute.estimate, 36.5);
  EXPECT_NEAR(*row.absolute.low, -41.54005381853602, 1e-9);
  EXPECT_NEAR(*row.absolute.high, 163.43009887335626, 1e-9);
  EXPECT_NEAR(*row.relative.low, -0.0340899862729811, 1e-10);
  EXPECT_NEAR(*row.relative.high, 0.1437567376541946, 1e-10);
  EXPECT_NEAR(*row.se, 51.595927082896516, 1e-9);
  EXPECT_NEAR(*row.fixed.df, 28.91612941746306, 1e-9);
  EXPECT_NEAR(*row.fixed.p, 0.5775058133493939, 2e-4);
  EXPECT_EQ(row.fixed.test, "clustered_quantile");
  ASSERT_TRUE(row.quantile);
  EXPECT_EQ(row.quantile->which, 0.9);
  EXPECT_EQ(row.quantile->events, (std::array<std::uint64_t, 2>{180, 160}));
  EXPECT_EQ(row.quantile->above, (std::array<std::uint64_t, 2>{18, 16}));
  EXPECT_NEAR(*row.quantile->design_effect[0], 0.8587570621469006, 1e-12);
  EXPECT_EQ(row.quantile->arms[0].low, 1113);
  EXPECT_EQ(row.quantile->arms[0].high, 1238);
  EXPECT_EQ(row.quantile->arms[1].low, 1170);
  EXPECT_EQ(row.quantile->arms[1].high, 1329);
  EXPECT_EQ(row.posterior.model, "normal");
  EXPECT_LT(*row.posterior.chance_to_beat_control, 0.5) << "less is better";
  EXPECT_NE(found.plan.metrics.at(0).words.find("90 %"), std::string::npos);
  EXPECT_EQ(found.plan.metrics.at(0).quantile, 0.9);
}

/// The same whatever came when: all at once, one by one with reports between, or after an erasure of somebody else.
TEST(Quantile, DependsOnTheSetOfEventsAlone) {
  const std::vector metrics{loads(0.9)};
  const storage::Experiment asked = experiment({"a", "b"}, metrics);
  const Stream stream = visitors();
  const Report expected = judge(asked, metrics, stream.events);
  Stream shuffled = visitors();
  std::mt19937 draws(2);
  std::ranges::shuffle(shuffled.events, draws);
  EXPECT_EQ(judge(asked, metrics, shuffled.events).results, expected.results);
  shuffled.expose("gone", "a", kStart);
  load(shuffled, "gone", kStart + 1h, 99'999);
  Aggregates live;
  live.put(asked, metrics);
  for (std::size_t i = 0; i < shuffled.events.size(); ++i) {
    live.apply({&shuffled.events[i], 1});
    live.bring_current();
    if (i % 50 == 0) static_cast<void>(live.report("checkout"));
  }
  EXPECT_NE(live.report("checkout")->results, expected.results);
  live.forget({"user", "gone"}, stream.events.back().te);
  EXPECT_EQ(live.report("checkout")->results, expected.results);
}

TEST(Quantile, CountsEventsInTheWindowOfUnitsThatCount) {
  const Row before = judged(loads(0.9), visitors()).results.at(0);
  Stream more = visitors();
  for (int i = 0; i < 30; ++i) {
    const std::string unit = "x" + std::to_string(i);
    more.expose(unit, "a", kStart + 1h).expose(unit, "b", kStart + 2h);
    load(more, unit, kStart + 3h, 5'000);  // met both
    load(more, "a" + std::to_string(i), kStart - 1h, 5'000);
    load(more, "a" + std::to_string(i), kStart + 48h, 5'000);
    load(more, "nobody" + std::to_string(i), kStart + 1h, 5'000);
    more.happen("a" + std::to_string(i), "page_load", kStart + 2h, 5'000.0);  // has no such property
  }
  const Row after = judged(loads(0.9), more).results.at(0);
  EXPECT_EQ(after.absolute, before.absolute);
  EXPECT_EQ(after.quantile, before.quantile);
  storage::Metric slow = loads(0.5);
  slow.filter = {{"ms", storage::PropertyOperator::ge, {}, 1'000}};
  const Row filtered = judged(slow, more).results.at(0);
  EXPECT_GE(*filtered.quantile->arms[0].estimate, 1'000);
}

struct Speed {
  double median = 800;
  double b = 1;  ///< times as long in treatment
  double tail = 0.5;
};

/// Units of a phase, each with one to six loads that are alike.
void phase(Stream& stream, simulate::Random& draws, const std::string& name, int units, double share, Time from,
           const Speed& speed) {
  for (int i = 0; i < units; ++i) {
    const bool b = draws.chance(share);
    const std::string unit = name + std::to_string(i);
    stream.expose(unit, b ? "b" : "a", from + i * 1s);
    const double own = draws.lognormal(speed.median * (b ? speed.b : 1), speed.tail);
    for (std::uint64_t k = draws.below(6) + 1; k > 0; --k)
      load(stream, unit, from + i * 1s + std::chrono::minutes(k), std::lround(draws.lognormal(own, 0.3)));
  }
}

/// A slow week with nearly everybody in control, then a quick one with nearly everybody in treatment: totals show half
/// the time where there is no change at all.
TEST(Quantile, ARampChangesNothing) {
  const std::vector metrics{loads(0.9)};
  storage::Experiment asked = experiment({"a", "b"}, metrics);
  asked.phases[0].weights = {900'000, 100'000};
  asked.phases.push_back(asked.phases[0]);
  asked.phases[0].ended_at = asked.phases[1].started_at = kStart + 168h;
  asked.phases[1].weights = {100'000, 900'000};
  Stream stream;
  simulate::Random draws(7);
  phase(stream, draws, "slow", 3'000, 0.1, kStart, {4'000, 1});
  phase(stream, draws, "quick", 3'000, 0.9, kStart + 168h, {500, 1});
  const Row row = judge(asked, metrics, stream.events).results.at(0);
  EXPECT_LT(std::abs(*row.relative.estimate), 0.1);
  EXPECT_LT(*row.relative.low, 0);
  EXPECT_GT(*row.relative.high, 0);
  const Row totals = judged(loads(0.9), stream).results.at(0);
  EXPECT_LT(*totals.relative.high, -0.3) << "what comes of adding up";
}

TEST(Quantile, AChangeIsFoundInEachRole) {
  Stream stream;
  simulate::Random draws(9);
  phase(stream, draws, "u", 4'000, 0.5, kStart, {800, 0.8});
  for (const char* const method : {"fixed-horizon", "always-valid"}) {
    const std::uint32_t version = method == std::string("always-valid") ? 2 : 1;
    const Report found = judged(loads(0.9), stream, {method, version});
    EXPECT_EQ(found.results.at(0).conclusion, "better") << method;
    EXPECT_NEAR(*found.results.at(0).relative.estimate, -0.2, 0.06);
    storage::Metric guard = loads(0.9);
    guard.direction = storage::Direction::increase;
    storage::Experiment asked = experiment({"a", "b"}, {guard});
    asked.plan.method = {method, version};
    asked.plan.metrics[0].role = storage::MetricRole::guardrail;
    asked.plan.metrics[0].margin = 0.05;
    EXPECT_EQ(judge(asked, std::vector{guard}, stream.events).results.at(0).conclusion, "harmed") << method;
    asked.plan.metrics[0].margin = 0.4;
    EXPECT_EQ(judge(asked, std::vector{guard}, stream.events).results.at(0).conclusion, "safe") << method;
  }
}

TEST(Quantile, IsJudgedByWhatIsKnownNow) {
  Stream stream = visitors();
  stream.happen("clock", "other", kStart + 96h);
  for (const std::optional<Micros> length : {std::optional<Micros>(24h), std::optional<Micros>()}) {
    const Report found = judged(loads(0.5, length), stream, {"always-valid", 2});
    const AlwaysValid& row = found.results.at(0).always_valid;
    EXPECT_EQ(row.method, "confidence_sequence");
    EXPECT_EQ(row.absolute.status, "ok");
    EXPECT_LT(*row.absolute.low, *found.results.at(0).absolute.low);
    EXPECT_EQ(row.immature_units, std::nullopt);
  }
  const Row strict = judged(loads(0.9), stream, {"strict", 1}).results.at(0);
  EXPECT_EQ(strict.always_valid.method, "none");
  EXPECT_EQ(strict.always_valid.absolute.status, "no_sequential_method");
  EXPECT_EQ(strict.absolute.status, "ok");
}

TEST(Quantile, SeveralTreatmentsShareAlphaAsTheirPlanSays) {
  const std::vector metrics{loads(0.5)};
  storage::Experiment asked = experiment({"a", "b", "c"}, metrics);
  asked.plan.corrections.goals = storage::GoalCorrection::dunnett;
  Stream stream = visitors();
  for (int i = 0; i < 70; ++i) {
    stream.expose("c" + std::to_string(i), "c", kStart + i * 1min);
    load(stream, "c" + std::to_string(i), kStart + i * 1min, 100 + i * 7919 % 1000);
  }
  const Report found = judge(asked, metrics, stream.events);
  ASSERT_EQ(found.results.size(), 2U);
  for (const Row& row : found.results) {
    EXPECT_EQ(row.fixed.correction, "dunnett");
    EXPECT_GE(*row.fixed.p_adjusted, *row.fixed.p);
    EXPECT_LE(*row.fixed.p_adjusted, 2 * *row.fixed.p + 1e-9);
  }
  EXPECT_TRUE(found.results[0].posterior.chance_best);
}

TEST(Quantile, TellsHowMuchLongerItTakes) {
  Stream stream;
  simulate::Random draws(4);
  phase(stream, draws, "u", 400, 0.5, kStart, {800, 1});
  stream.happen("clock", "other", kStart + 96h);
  storage::Experiment asked = experiment({"a", "b"}, {loads(0.9)});
  asked.plan.method = {"always-valid", 2};
  asked.plan.smallest_effect = 0.05;
  const Report found = judge(asked, std::vector{loads(0.9)}, stream.events);
  ASSERT_TRUE(found.remaining);
  EXPECT_EQ(found.remaining->metric, "load");
  EXPECT_GT(found.remaining->smallest->units, 1'000);
}

TEST(Quantile, SaysNothingWhereItKnowsNothing) {
  Stream few;
  few.expose("1", "a", kStart).expose("2", "b", kStart);
  EXPECT_EQ(judged(loads(0.9), few).results.at(0).status, "no_data");
  load(few, "1", kStart + 1h, 800);
  load(few, "2", kStart + 1h, 900);
  const Row row = judged(loads(0.9), few).results.at(0);
  EXPECT_EQ(row.status, "insufficient_data");
  EXPECT_EQ(row.arms[0].mean, std::nullopt);
  EXPECT_EQ(row.arms[0].n, 1U);
  Stream beyond = visitors();
  beyond.expose("huge", "a", kStart).happen("huge", "page_load", kStart + 1h, {}, R"({"ms":1e300})");
  EXPECT_EQ(judged(loads(0.9), beyond).results.at(0).status, "out_of_range");
}

TEST(Quantile, HasNoSegmentsNoCourseAndNoDoubts) {
  const std::vector metrics{loads(0.9)};
  storage::Experiment asked = experiment({"a", "b"}, metrics);
  asked.plan.method = {"always-valid", 2};
  asked.plan.segments = {{"New", "tenure", "new"}};
  Aggregates live;
  live.put(asked, metrics);
  live.apply(visitors().events);
  live.bring_current();
  const Report found = *live.report("checkout");
  ASSERT_EQ(found.segments.size(), 1U);
  EXPECT_TRUE(found.segments[0].results.empty());
  EXPECT_TRUE(std::ranges::none_of(found.trust, [](const Check& check) { return check.metric == "load"; }));
  EXPECT_TRUE(over_time(*live.sight("checkout"), CoursesOf::all).courses.empty());
}

}  // namespace
}  // namespace touchstone::judge
