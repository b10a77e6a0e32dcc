#include "service/judge/trust.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "service/judge/aggregates.hpp"
#include "service/judge/judge.hpp"
#include "tests/service/judge/kinds.hpp"
#include "tests/service/judge/season.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;

const std::vector<storage::Metric> kBought{within(metric("bought", MetricKind::proportion, "buy"), 0h, 1h)};

const Check& doubt(const Report& report, std::string_view code) {
  const auto found = std::ranges::find(report.trust, code, &Check::code);
  if (found == report.trust.end()) throw std::out_of_range(std::string(code));
  return *found;
}

std::size_t count(const Report& report, std::string_view code) {
  return static_cast<std::size_t>(std::ranges::count(report.trust, code, &Check::code));
}

std::optional<double> figure_of(const Check& check, std::string_view name) {
  const auto found = std::ranges::find(check.figures, name, &Figure::name);
  return found == check.figures.end() ? std::nullopt : found->value;
}

/// Lets so many units of each arm enter, who carry these attributes.
void enter(Stream& stream, int a, int b, std::string_view attributes) {
  for (int i = 0; i < a + b; ++i)
    stream.expose("u" + std::to_string(stream.events.size()), i < a ? "a" : "b", kStart + 1min, attributes);
}

Report judged(const Stream& stream, const storage::Experiment& asked = experiment({"a", "b"}, kBought)) {
  return judge(asked, kBought, stream.events);
}

constexpr std::string_view kGermany = R"({"country":"DE"})";
constexpr std::string_view kFrance = R"({"country":"FR"})";
constexpr std::string_view kItaly = R"({"country":"IT"})";

TEST(SliceSplit, NamesTheSliceThatLosesUnits) {
  Stream stream;
  enter(stream, 5010, 4990, kGermany);
  enter(stream, 400, 250, kFrance);
  enter(stream, 2003, 2001, kItaly);
  const Report report = judged(stream);
  EXPECT_EQ(report.checks.front().level, CheckLevel::ok) << "the whole hides it";
  const Check& split = doubt(report, "slice_split");
  EXPECT_EQ(split.level, CheckLevel::warn);
  EXPECT_LT(*split.value, 0.001);
  EXPECT_EQ(split.attribute, "country");
  EXPECT_EQ(split.slice, R"("FR")");
  EXPECT_EQ(figure_of(split, "units:b"), 250);
  EXPECT_EQ(figure_of(split, "expected:b"), 325);
  EXPECT_NE(report.verdict.code, "do_not_trust") << "a doubt changes no verdict";
}

TEST(SliceSplit, OfAnHonestExperimentIsFine) {
  Stream stream;
  enter(stream, 1010, 990, R"({"country":"DE","pro":true})");
  enter(stream, 510, 530, R"({"country":"FR","list":[1],"of":{"a":1}})");
  enter(stream, 20, 22, "");
  const Report report = judged(stream);
  EXPECT_EQ(count(report, "slice_split"), 2U) << "lists and objects make no slices";
  for (const auto& [attribute, slices] : std::map<std::string, double>{{"country", 3}, {"pro", 2}}) {
    const auto split = std::ranges::find(report.trust, attribute, &Check::attribute);
    ASSERT_NE(split, report.trust.end());
    EXPECT_EQ(split->level, CheckLevel::ok);
    EXPECT_EQ(figure_of(*split, "slices"), slices) << "with those who carry none";
    EXPECT_TRUE(split->slice.empty());
  }
}

/// All slices off alike is what the check srm is for.
TEST(SliceSplit, ThatIsOffEverywhereIsNoMatterOfSlices) {
  Stream stream;
  enter(stream, 3400, 3000, kGermany);
  enter(stream, 2200, 2000, kFrance);
  const Report report = judged(stream);
  EXPECT_EQ(report.checks.front().level, CheckLevel::block);
  EXPECT_LT(*doubt(report, "slice_split").value, 0.001);
  EXPECT_EQ(doubt(report, "slice_split").level, CheckLevel::ok);
}

/// Units that the treatment turns from one value to the other: no slice alone explains it.
TEST(PostExposure, AnAttributeThatTheVariantChangesIsNoDimension) {
  Stream stream;
  enter(stream, 3000, 2700, R"({"active":false})");
  enter(stream, 2000, 2300, R"({"active":true})");
  const Report report = judged(stream);
  EXPECT_EQ(doubt(report, "post_exposure").attribute, "active");
  EXPECT_EQ(doubt(report, "post_exposure").level, CheckLevel::warn);
  EXPECT_EQ(count(report, "slice_split"), 0U);
}

/// Also where a few units met the one and were shown the other.
TEST(PostExposure, WhatNamesTheVariantIsLabelledAndNoAlarm) {
  Stream stream;
  enter(stream, 1000, 5, R"({"page":"old","shown":1})");
  enter(stream, 4, 1000, R"({"page":"new","shown":2})");
  storage::Experiment asked = experiment({"a", "b"}, kBought);
  asked.expects["page"] = {{"a", R"("old")"}, {"b", R"("new")"}};
  const Report report = judged(stream, asked);
  EXPECT_EQ(count(report, "slice_split"), 0U);
  EXPECT_EQ(count(report, "post_exposure"), 1U) << "the page is expected";
  EXPECT_EQ(doubt(report, "post_exposure").attribute, "shown");
  EXPECT_EQ(doubt(report, "post_exposure").status, "names_variant");
  EXPECT_EQ(doubt(report, "post_exposure").level, CheckLevel::ok);
}

TEST(SliceSplit, NeedsAttributesOfFewValues) {
  Stream stream;
  for (int i = 0; i < 100; ++i) {
    const std::string age = R"({"age":)" + std::to_string(i) + R"(,"pro":)" + (i % 3 == 0 ? "true}" : "false}");
    stream.expose("u" + std::to_string(i), i % 2 == 0 ? "a" : "b", kStart + 1min, age);
  }
  EXPECT_EQ(count(judged(stream), "slice_split"), 1U) << "pro, not age";
  for (int i = 0; i < 4100; ++i)
    stream.expose("v" + std::to_string(i), i % 2 == 0 ? "a" : "b", kStart + 1min,
                  R"({"id":)" + std::to_string(i) + "}");
  EXPECT_EQ(doubt(judged(stream), "slice_split").status, "too_many_values");
}

/// An earlier exposure that comes late takes its unit to another slice: live and rebuilt agree.
TEST(SliceSplit, FollowsTheFirstExposure) {
  Stream stream;
  stream.expose("u", "a", kStart + 2min, kGermany).expose("v", "b", kStart + 2min, kGermany);
  stream.expose("u", "a", kStart + 1min, kFrance);
  Aggregates live;
  live.put(experiment({"a", "b"}, kBought), kBought);
  for (const storage::StoredEvent& event : stream.events) {
    live.apply({&event, 1});
    live.bring_current();
  }
  const Dimensions found = live.sight("checkout")->facts.dimensions;
  ASSERT_EQ(found.known.size(), 1U);
  EXPECT_EQ(found.known[0].values, (std::vector<Dimension::Value>{{R"("DE")", {0, 1}}, {R"("FR")", {1, 0}}}));
  EXPECT_EQ(live.report("checkout")->trust, judged(stream).trust);
}

/// So many in a thousand of the units of each arm buy.
Stream buyers(int units, int a_rate, int b_rate) {
  Stream stream;
  for (int i = 0; i < 2 * units; ++i) {
    const std::string unit = std::to_string(i);
    const bool first = i < units;
    stream.expose(unit, first ? "a" : "b", kStart + 1min);
    if (i % 1000 < (first ? a_rate : b_rate)) stream.happen(unit, "buy", kStart + 2min);
  }
  return stream;
}

TEST(Twyman, DoubtsWhatIsCertainlyMoreThanDouble) {
  const Check found = doubt(judged(buyers(4000, 100, 300)), "twyman");
  EXPECT_EQ(found.level, CheckLevel::warn);
  EXPECT_EQ(found.variant, "b");
  EXPECT_NEAR(*figure_of(found, "change:b"), 2, 1e-12);
  EXPECT_EQ(found.limit, 2);
  EXPECT_GT(*found.value, 2);
  EXPECT_LT(*found.value, 3);
  EXPECT_EQ(doubt(judged(buyers(4000, 300, 100)), "twyman").level, CheckLevel::warn) << "or less than half";
  EXPECT_EQ(doubt(judged(buyers(20, 500, 1000)), "twyman").level, CheckLevel::ok) << "few units say little";
}

/// 0.4 % against 0.7 % is +75 %: not surprising of something rare.
TEST(Twyman, LeavesWhatIsRareToMove) {
  const Report report = judged(buyers(60'000, 4, 7));
  EXPECT_NEAR(*figure_of(doubt(report, "twyman"), "change:b"), 0.75, 1e-12);
  EXPECT_GT(*report.results.at(0).relative.low, 0.4);
  EXPECT_EQ(doubt(report, "twyman").level, CheckLevel::ok);
  EXPECT_GT(*doubt(report, "twyman").value, 1);
  EXPECT_EQ(doubt(judged(buyers(60'000, 2, 7)), "twyman").level, CheckLevel::warn) << "0.2 % against 0.7 %";
}

TEST(Twyman, DoubtsWhatHadNeverHappened) {
  const Check found = doubt(judged(buyers(1000, 0, 100)), "twyman");
  EXPECT_EQ(found.level, CheckLevel::warn);
  EXPECT_EQ(figure_of(found, "change:b"), std::nullopt) << "no share of nothing";
  EXPECT_EQ(doubt(judged(buyers(1000, 100, 0)), "twyman").level, CheckLevel::warn);
  EXPECT_EQ(doubt(judged(buyers(1000, 0, 4)), "twyman").level, CheckLevel::ok);
}

TEST(Twyman, AsksScoresByTheirRange) {
  const std::vector metrics{nps()};
  Stream stream;
  for (int i = 0; i < 400; ++i) {
    const std::string unit = std::to_string(i);
    stream.expose(unit, i % 2 == 0 ? "a" : "b", kStart + 1min);
    stream.happen(unit, "answer", kStart + 2min, i % 2 == 0 ? 3 + i % 7 : 9 + i % 4 / 2);
  }
  const Report report = judge(experiment({"a", "b"}, metrics), metrics, stream.events);
  EXPECT_NEAR(*doubt(report, "twyman").limit, 20, 1e-12) << "a tenth of -100 to 100";
  EXPECT_EQ(doubt(report, "twyman").level, CheckLevel::warn);
}

/// Two phases of 90/10 and 10/90, as the rate falls from 50 % to 10 %: within each b is better by five points.
Report reversal(int second_rate) {
  storage::Experiment asked = experiment({"a", "b"}, kBought);
  asked.phases.front().ended_at = kStart + 1h;
  asked.phases.front().weights = {900'000, 100'000};
  asked.phases.push_back(asked.phases.front());
  asked.phases.back().started_at = kStart + 1h;
  asked.phases.back().ended_at.reset();
  asked.phases.back().weights = {100'000, 900'000};
  Stream stream;
  int number = 0;
  const auto come = [&](std::string_view variant, Time at, int units, int percent) {
    for (int i = 0; i < units; ++i) {
      const std::string unit = std::to_string(number++);
      stream.expose(unit, variant, at);
      if (i % 100 < percent) stream.happen(unit, "buy", at + 1min);
    }
  };
  come("a", kStart + 1min, 9'000, 50);
  come("b", kStart + 1min, 1'000, 55);
  come("a", kStart + 61min, 1'000, second_rate);
  come("b", kStart + 61min, 9'000, second_rate + 5);
  return judged(stream, asked);
}

// a: (4500 + 100)/10000, b: (550 + 1350)/10000; within: +.05 in both.
TEST(Simpson, TellsThatTotalsPointTheOtherWay) {
  const Report report = reversal(10);
  const Check& found = doubt(report, "simpson");
  EXPECT_EQ(found.level, CheckLevel::warn);
  EXPECT_NEAR(*figure_of(found, "added_up:b"), 0.19 - 0.46, 1e-12);
  EXPECT_NEAR(*figure_of(found, "within_phases:b"), 0.05, 1e-12);
  EXPECT_GT(*report.results.at(0).absolute.estimate, 0) << "the result itself is of phases";
  EXPECT_EQ(doubt(reversal(50), "simpson").level, CheckLevel::ok) << "rates that stay";
  EXPECT_EQ(count(judged(buyers(100, 100, 100)), "simpson"), 0U) << "one phase has nothing to turn";
}

/// Half of the units buy where they come from Germany, a tenth from France, and five points more with b; of Germany
/// `share` percent meet b, of France the others.
Report two_countries(int share) {
  storage::Experiment asked = experiment({"a", "b"}, kBought);
  asked.plan.segments = {{"Germany", "country", R"("DE")"}, {"France", "country", R"("FR")"}};
  Stream stream;
  int number = 0;
  const auto come = [&](std::string_view variant, std::string_view country, int units, int percent) {
    for (int i = 0; i < units; ++i) {
      const std::string unit = std::to_string(number++);
      stream.expose(unit, variant, kStart + 1min, country);
      if (i % 100 < percent) stream.happen(unit, "buy", kStart + 2min);
    }
  };
  come("a", kGermany, 100 * (100 - share), 50);
  come("b", kGermany, 100 * share, 55);
  come("a", kFrance, 100 * share, 10);
  come("b", kFrance, 100 * (100 - share), 15);
  return judged(stream, asked);
}

// The same figures as in phases: +.05 in each country.
TEST(Simpson, TellsThatTotalsOverSegmentsPointTheOtherWay) {
  const Report report = two_countries(10);
  const Check& found = doubt(report, "simpson");
  EXPECT_EQ(found.level, CheckLevel::warn);
  EXPECT_EQ(found.attribute, "country");
  EXPECT_EQ(found.metric, "bought");
  EXPECT_EQ(found.variant, "b");
  EXPECT_NEAR(*figure_of(found, "added_up:b"), 0.19 - 0.46, 1e-12);
  EXPECT_NEAR(*figure_of(found, "within_segments:b"), 0.05, 1e-12);
  EXPECT_LT(*report.results.at(0).absolute.estimate, 0) << "so is the result itself";
  EXPECT_EQ(doubt(two_countries(50), "simpson").level, CheckLevel::ok) << "as planned";
  EXPECT_NEAR(*doubt(two_countries(50), "simpson").value, 1, 1e-12);
}

/// A treatment whose effect goes from the one to the other as units enter.
std::vector<Check> course(double first, double last, std::string_view name) {
  const Season season{.users = 600};
  const simulate::Trial trial = season.trial();
  const simulate::Behaviour behave = [&](const simulate::Entrant& who, simulate::Random& random, auto& amounts) {
    const double effect = who.variant == 0 ? 1 : first + (last - first) * who.when;
    const double rate = 0.2 + 0.1 * std::sin(20 * who.when);
    amounts = {simulate::yes(random.uniform() < rate * effect)};
  };
  simulate::Course run(trial, behave, simulate::Random(seed_of(name)));
  run.enter(trial.units);
  const Facts facts{{}, simulate::opening() + (season.looks + 1) * kTickWithoutEnd + simulate::kUnitWindow};
  const Asked asked;
  return trust(Case{trial.experiment, trial.metrics, run.cells(), facts, asked});
}

const Check& drift_in(const std::vector<Check>& trust) { return *std::ranges::find(trust, "drift", &Check::code); }

TEST(Drift, IsFoundWhereTheNoveltyWearsOff) {
  const auto fading = course(1.6, 1.0, "fading");
  EXPECT_LT(drift_in(fading).value.value_or(2), 0.001);
  EXPECT_EQ(drift_in(fading).level, CheckLevel::warn);
  EXPECT_EQ(drift_in(fading).variant, "treatment-1");
  EXPECT_NEAR(*figure_of(drift_in(fading), "first:treatment-1"), 0.6, 0.2);
  EXPECT_NEAR(*figure_of(drift_in(fading), "last:treatment-1"), 0.0, 0.2);
  EXPECT_LT(*figure_of(drift_in(fading), "per_day:treatment-1"), 0);
  EXPECT_EQ(drift_in(course(1.3, 1.3, "steady")).level, CheckLevel::ok) << "while rates go up and down";
  storage::Experiment asked = experiment({"a", "b"}, kBought);
  asked.plan.method = {};
  EXPECT_EQ(doubt(judged(buyers(100, 100, 100), asked), "drift").status, "insufficient_data") << "one tick";
}

}  // namespace
}  // namespace touchstone::judge
