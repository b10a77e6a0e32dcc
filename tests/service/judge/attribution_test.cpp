#include "service/judge/attribution.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;

/// One person's events against one experiment, without the live view around it.
UnitRecord attributed(const storage::Experiment& experiment, const std::vector<storage::Metric>& metrics,
                      const Stream& stream) {
  Names names;
  const Question asked = question(experiment, metrics, names);
  Timeline timeline;
  for (const storage::StoredEvent& stored : stream.events) {
    if (stored.event.type == storage::EventType::exposure)
      timeline.exposures.push_back(exposure_of(stored, names));
    else
      timeline.occurrences.push_back(occurrence_of(stored, names));
  }
  return attribute_unit(asked, names, timeline);
}

std::int64_t value(const storage::Metric& metric, const Stream& stream) {
  return attributed(experiment({"a", "b"}, {metric}), {metric}, stream).amounts.at(0).value;
}

AmountState state(const storage::Metric& metric, const Stream& stream) {
  return attributed(experiment({"a", "b"}, {metric}), {metric}, stream).amounts.at(0).state;
}

Participation part(const storage::Experiment& asked, const Stream& stream) {
  return attributed(asked, {}, stream).part;
}

TEST(Attribution, NobodyIsInWithoutAnExposure) {
  Stream stream;
  stream.happen("u", "buy", kStart + 1h);
  const UnitRecord record = attributed(experiment({"a", "b"}, {}), {}, stream);
  EXPECT_EQ(record.part.exposures, 0U);
  EXPECT_TRUE(record.amounts.empty());
}

TEST(Attribution, TheEarliestExposureFixesTheVariantWhateverTheOrder) {
  Stream stream;
  stream.expose("u", "b", kStart + 2h).expose("u", "a", kStart + 1h).expose("u", "b", kStart + 3h);
  const Participation taken = part(experiment({"a", "b"}, {}), stream);
  EXPECT_EQ(taken.variant, 0U);
  EXPECT_EQ(taken.exposed_at, kStart + 1h);
  EXPECT_EQ(taken.exposures, 3U);
  EXPECT_TRUE(taken.crossed);
}

TEST(Attribution, TheSmallerIdGoesFirstAtTheSameTime) {
  Stream stream;
  stream.expose("u", "b", kStart + 1h).expose("u", "a", kStart + 1h);
  stream.events[0].event.id = "y";
  stream.events[1].event.id = "x";
  EXPECT_EQ(part(experiment({"a", "b"}, {}), stream).variant, 0U);
}

TEST(Attribution, SeeingOneVariantTwiceIsNoCrossover) {
  Stream stream;
  stream.expose("u", "b", kStart + 1h).expose("u", "b", kStart + 2h);
  EXPECT_FALSE(part(experiment({"a", "b"}, {}), stream).crossed);
}

TEST(Attribution, ExposuresThatDoNotFitAreCountedAndLeftOut) {
  storage::Experiment asked = experiment({"a", "b"}, {});
  asked.phases[0].ended_at = kStart + 24h;
  Stream stream;
  stream.expose("u", "c", kStart + 1h);   // unknown variant
  stream.expose("u", "a", kStart - 1us);  // before the first phase
  stream.expose("u", "a", kStart + 24h);  // the end is exclusive
  stream.expose("u", "a", kStart + 2h);
  stream.last().event.unit.type = "device";
  const Participation taken = part(asked, stream);
  EXPECT_EQ(taken.exposures, 0U);
  EXPECT_EQ(taken.unattributed, 4U);
}

TEST(Attribution, AnUnattributedExposureToAnotherVariantIsNoCrossover) {
  Stream stream;
  stream.expose("u", "b", kStart - 1h).expose("u", "a", kStart + 1h);
  const Participation taken = part(experiment({"a", "b"}, {}), stream);
  EXPECT_FALSE(taken.crossed);
  EXPECT_EQ(taken.unattributed, 1U);
}

TEST(Attribution, ThePhaseIsThatOfTheFirstExposure) {
  storage::Experiment asked = experiment({"a", "b"}, {});
  asked.phases[0].ended_at = kStart + 24h;
  asked.phases.push_back(asked.phases[0]);
  asked.phases[1].started_at = kStart + 24h;
  asked.phases[1].ended_at.reset();
  Stream stream;
  stream.expose("u", "a", kStart + 30h).expose("u", "a", kStart + 25h);
  EXPECT_EQ(part(asked, stream).phase, 1U);
  stream.expose("u", "a", kStart + 23h);
  EXPECT_EQ(part(asked, stream).phase, 0U);
}

TEST(Attribution, AnExposureContradictsOnlyWithAnotherValueThanExpected) {
  storage::Experiment asked = experiment({"a", "b"}, {});
  asked.expects["page"] = {{"a", "\"old\""}, {"b", "\"new\""}};
  Stream stream;
  stream.expose("u", "a", kStart + 1h, R"({"page":"old"})");
  stream.expose("u", "a", kStart + 2h, R"({"page":"new"})");
  stream.expose("u", "b", kStart + 3h, R"({"page":"old","x":1})");
  stream.expose("u", "b", kStart + 4h, R"({"x":1})");
  stream.expose("u", "b", kStart + 5h);
  EXPECT_EQ(part(asked, stream).contradictions, 2U);
}

struct WindowCase {
  const char* name;
  std::chrono::microseconds delay;
  std::optional<Micros> length;
  std::chrono::microseconds after;
  bool counts;
};

class Windows : public testing::TestWithParam<WindowCase> {};

TEST_P(Windows, OpenAtTheDelayAndCloseBeforeTheEnd) {
  storage::Metric bought = metric("bought", MetricKind::proportion, "buy");
  bought.window = {GetParam().delay, GetParam().length};
  Stream stream;
  stream.expose("u", "a", kStart + 1h).happen("u", "buy", kStart + 1h + GetParam().after);
  EXPECT_EQ(value(bought, stream), GetParam().counts ? 1 : 0);
}

INSTANTIATE_TEST_SUITE_P(
    Edges, Windows,
    testing::Values(WindowCase{"AtExposure", 0us, {}, 0us, true}, WindowCase{"BeforeExposure", 0us, {}, -1us, false},
                    WindowCase{"LongAfter", 0us, {}, 10000h, true}, WindowCase{"BeforeDelay", 1h, 2h, 1h - 1us, false},
                    WindowCase{"AtDelay", 1h, 2h, 1h, true}, WindowCase{"LastInside", 1h, 2h, 3h - 1us, true},
                    WindowCase{"AtEnd", 1h, 2h, 3h, false}),
    [](const auto& tested) { return tested.param.name; });

Stream three_purchases() {
  Stream stream;
  stream.expose("u", "a", kStart);
  stream.happen("u", "buy", kStart + 1h, 10.25, R"({"margin":1.5})");
  stream.happen("u", "buy", kStart + 2h, 0.1, R"({"margin":"none"})");
  stream.happen("u", "buy", kStart + 3h);
  stream.happen("u", "visit", kStart + 4h, 1000);
  return stream;
}

TEST(Amounts, AProportionAsksWhetherACountHowOften) {
  EXPECT_EQ(value(metric("m", MetricKind::proportion, "buy"), three_purchases()), 1);
  EXPECT_EQ(value(metric("m", MetricKind::count, "buy"), three_purchases()), 3);
  EXPECT_EQ(value(metric("m", MetricKind::proportion, "refund"), three_purchases()), 0);
  EXPECT_EQ(value(metric("m", MetricKind::count, "refund"), three_purchases()), 0);
}

TEST(Amounts, ASumAddsFixedPointValuesOfEventsThatHaveOne) {
  EXPECT_EQ(value(metric("m", MetricKind::sum, "buy"), three_purchases()), 10'350'000);
  storage::Metric cents = metric("m", MetricKind::sum, "buy");
  cents.decimals = 2;
  EXPECT_EQ(value(cents, three_purchases()), 1035);
  EXPECT_EQ(value(metric("m", MetricKind::sum, "refund"), three_purchases()), 0);
}

TEST(Amounts, APropertyTakesThePlaceOfTheValue) {
  storage::Metric margin = metric("m", MetricKind::sum, "buy");
  margin.property = "margin";
  EXPECT_EQ(value(margin, three_purchases()), 1'500'000);
}

TEST(Amounts, AMeanIsTheUnitsAverageToTheMillionth) {
  EXPECT_EQ(value(metric("m", MetricKind::mean, "buy"), three_purchases()), 5'175'000);
  storage::Metric whole = metric("m", MetricKind::mean, "score");
  whole.decimals = 0;
  Stream stream;
  stream.expose("u", "a", kStart);
  for (const double score : {7.0, 7.0, 9.0}) stream.happen("u", "score", kStart + 1h, score);
  EXPECT_EQ(value(whole, stream), 7'666'667);
  stream.happen("u", "score", kStart + 1h, -46);
  EXPECT_EQ(value(whole, stream), -5'750'000);
}

TEST(Amounts, AMeanWithoutAValueIsAbsent) {
  EXPECT_EQ(state(metric("m", MetricKind::mean, "refund"), three_purchases()), AmountState::absent);
}

TEST(Amounts, ATotalBeyondTheRangeIsNoAmount) {
  Stream stream;
  stream.expose("u", "a", kStart).happen("u", "buy", kStart + 1h, 6e8).happen("u", "buy", kStart + 2h, 6e8);
  EXPECT_EQ(state(metric("m", MetricKind::sum, "buy"), stream), AmountState::beyond);
  EXPECT_EQ(state(metric("m", MetricKind::mean, "buy"), stream), AmountState::present);
  stream.happen("u", "buy", kStart + 3h, -6e8);
  EXPECT_EQ(state(metric("m", MetricKind::sum, "buy"), stream), AmountState::present);
  stream.happen("u", "buy", kStart + 4h, 1e15);
  EXPECT_EQ(state(metric("m", MetricKind::sum, "buy"), stream), AmountState::beyond);
}

TEST(Question, MetricsMustBeThoseOfThePlan) {
  Names names;
  const storage::Metric bought = metric("bought", MetricKind::proportion, "buy");
  EXPECT_THROW((void)question(experiment({"a", "b"}, {bought}), {}, names), std::invalid_argument);
}

}  // namespace
}  // namespace touchstone::judge
