#include "service/judge/measure.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/service/judge/kinds.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;
using storage::PropertyOperator;
using storage::ScoreForm;

/// What a metric says of one unit that was exposed at kStart.
Amount said(const storage::Metric& asked, const Stream& stream) {
  Names names;
  const Measure made = measure(asked, names);
  Timeline timeline;
  for (const storage::StoredEvent& stored : stream.events) timeline.occurrences.push_back(occurrence_of(stored, names));
  return amount(made, names, kStart, timeline);
}

std::int64_t value(const storage::Metric& asked, const Stream& stream) { return said(asked, stream).value; }

Stream answers(std::initializer_list<double> all) {
  Stream made;
  Micros at = 1h;
  for (const double answer : all) made.happen("u", "answer", kStart + at++, answer);
  return made;
}

TEST(Measure, AFilterLeavesOtherEventsOut) {
  storage::Metric books = metric("books", MetricKind::sum, "buy");
  books.filter = {{"category", PropertyOperator::is, {R"("books")"}}};
  Stream stream;
  stream.happen("u", "buy", kStart, 5, R"({"category":"books"})")
      .happen("u", "buy", kStart, 7, R"({"category":"toys"})");
  EXPECT_EQ(value(books, stream), 5'000'000);
}

TEST(Measure, NpsCountsPromotersAgainstDetractors) {
  for (const double promoter : {9, 10}) EXPECT_EQ(value(nps(), answers({promoter})), 100) << promoter;
  for (const double passive : {7, 8}) EXPECT_EQ(value(nps(), answers({passive})), 0) << passive;
  for (const double detractor : {0, 3, 6}) EXPECT_EQ(value(nps(), answers({detractor})), -100) << detractor;
}

TEST(Measure, TheFirstAnswerOnTheScaleCounts) {
  EXPECT_EQ(value(nps(), answers({11, 9, 2})), 100);
  Stream at_once;
  at_once.happen("u", "answer", kStart + 1h, 10).happen("u", "answer", kStart + 1h, 3);
  EXPECT_EQ(value(nps(), at_once), -100);
  EXPECT_EQ(said(nps(), answers({9})).bin, 9);
}

TEST(Measure, WhoGivesNoAnswerOnTheScaleHasNoScore) {
  EXPECT_EQ(said(nps(), {}), (Amount{0, AmountState::absent, Amount::kNoBin}));
  EXPECT_EQ(said(nps(), answers({-1, 10.5, 7.5})), (Amount{0, AmountState::absent, 11}));
}

TEST(Measure, ATopBoxIsAShareAndAMeanIsTheAnswer) {
  EXPECT_EQ(value(csat(), answers({4})), 1);
  EXPECT_EQ(value(csat(), answers({3})), 0);
  EXPECT_EQ(value(score("mean", {ScoreForm::csat_mean, 1, 5}), answers({3})), 3);
  EXPECT_EQ(value(score("ces", {ScoreForm::ces, 1, 7}), answers({6})), 6);
  EXPECT_EQ(said(score("ces", {ScoreForm::ces, 1, 7}), answers({6})).bin, 5);
}

TEST(Measure, RetentionAsksForActivityInItsWindow) {
  const storage::Metric day_7 = within(metric("d7", MetricKind::retention, "*"), 168h, 24h);
  Stream stream;
  stream.happen("u", "visit", kStart + 24h);
  EXPECT_EQ(value(day_7, stream), 0);
  stream.happen("u", "other", kStart + 168h);
  EXPECT_EQ(value(day_7, stream), 1);
}

TEST(Measure, AUnitIsLostByAnEventOrByNone) {
  storage::Metric closed = within(metric("churn", MetricKind::churn, "$churn"), 0h, 720h);
  storage::Metric silent = within(metric("silent", MetricKind::churn, "visit"), 240h, 480h);
  silent.by_inactivity = true;
  Stream stream;
  stream.happen("u", "visit", kStart + 1h);
  EXPECT_EQ(value(closed, stream), 0);
  EXPECT_EQ(value(silent, stream), 1);
  stream.happen("u", "visit", kStart + 300h).happen("u", "$churn", kStart + 300h);
  EXPECT_EQ(value(closed, stream), 1);
  EXPECT_EQ(value(silent, stream), 0);
}

TEST(Measure, ARatioHasTwoAmounts) {
  Stream stream;
  stream.happen("u", "visit", kStart).happen("u", "buy", kStart + 1h, 2.5).happen("u", "visit", kStart + 2h);
  const storage::Metric asked = revenue_per_visit();
  EXPECT_EQ(value(asked, stream), 2'500'000);
  Names names;
  const Measure made = measure(asked, names);
  Timeline timeline;
  for (const auto& stored : stream.events) timeline.occurrences.push_back(occurrence_of(stored, names));
  EXPECT_EQ(denominator(made, names, kStart, timeline).value, 2);
}

TEST(Measure, AFunnelTakesItsStepsInTheirOrder) {
  const storage::Metric asked = funnel({"view", "basket", "buy"}, 24h);
  Stream stream;
  stream.happen("u", "buy", kStart + 1h).happen("u", "view", kStart + 2h).happen("u", "basket", kStart + 3h);
  EXPECT_EQ(said(asked, stream), (Amount{0, AmountState::present, 2}));
  stream.happen("u", "buy", kStart + 3h);  // at one time both may be done
  EXPECT_EQ(said(asked, stream), (Amount{1, AmountState::present, 3}));
}

TEST(Measure, OneEventIsNotTwoSteps) {
  const storage::Metric twice = funnel({"buy", "buy"}, 24h);
  Stream stream;
  stream.happen("u", "buy", kStart + 1h);
  EXPECT_EQ(said(twice, stream).bin, 1);
  stream.happen("u", "buy", kStart + 2h);
  EXPECT_EQ(said(twice, stream).bin, 2);
}

TEST(Measure, ADurationEndsWithTheWindow) {
  const storage::Metric asked = within(metric("time", MetricKind::duration, "buy"), 0h, 24h);
  EXPECT_EQ(value(asked, {}), 86'400'000'000);
  Stream stream;
  stream.happen("u", "buy", kStart + 2h).happen("u", "buy", kStart + 1h);
  EXPECT_EQ(value(asked, stream), 3'600'000'000);
}

TEST(Measure, FirstAndLastValueGoByTime) {
  Stream stream;
  stream.happen("u", "plan", kStart + 2h, 20).happen("u", "plan", kStart + 1h, 10).happen("u", "plan", kStart + 2h, 30);
  EXPECT_EQ(value(metric("first", MetricKind::first_value, "plan"), stream), 10'000'000);
  EXPECT_EQ(value(metric("last", MetricKind::last_value, "plan"), stream), 30'000'000);
  EXPECT_EQ(said(metric("last", MetricKind::last_value, "plan"), {}).state, AmountState::absent);
}

TEST(Measure, ALifetimeValueIsCappedAfterWhatWasGivenBack) {
  storage::Metric asked = within(metric("clv", MetricKind::lifetime_value, "buy"), 0h, 720h);
  asked.others.push_back({"$refund", std::nullopt, {}, {}});
  asked.cap = 100;
  Stream stream;
  stream.happen("u", "buy", kStart + 1h, 130).happen("u", "$refund", kStart + 2h, 50);
  EXPECT_EQ(value(asked, stream), 80'000'000);
  stream.happen("u", "buy", kStart + 3h, 900).happen("u", "buy", kStart + 721h, 1);
  EXPECT_EQ(value(asked, stream), 100'000'000);
}

TEST(Measure, ACapHoldsForCountsToo) {
  storage::Metric asked = metric("orders", MetricKind::count, "answer");
  asked.cap = 2;
  EXPECT_EQ(value(asked, answers({1, 2, 3})), 2);
}

}  // namespace
}  // namespace touchstone::judge
