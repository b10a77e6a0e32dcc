#include "service/judge/judge.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {
namespace {

using namespace std::chrono_literals;
using storage::MetricKind;
using storage::MetricRole;

const storage::Metric kBought = metric("bought", MetricKind::proportion, "buy");

/// `units` people of one variant from `from` on, the first `buyers` of whom do what `event` says.
struct Group {
  std::string_view variant;
  int units = 0;
  int buyers = 0;
  Time from = kStart;
  std::string_view event = "buy";
};

Stream people(std::initializer_list<Group> groups) {
  Stream made;
  int number = 0;
  for (const Group& group : groups)
    for (int i = 0; i < group.units; ++i) {
      const std::string unit = "u" + std::to_string(number++);
      const Time te = group.from + std::chrono::seconds(i);
      made.expose(unit, group.variant, te);
      if (i < group.buyers) made.happen(unit, group.event, te + 1h, 1);
    }
  return made;
}

Report judged(const storage::Experiment& asked, std::initializer_list<Group> groups,
              const std::vector<storage::Metric>& metrics = {kBought}) {
  return judge(asked, metrics, people(groups).events);
}

const Check& check(const Report& report, std::string_view code) {
  return *std::ranges::find(report.checks, code, &Check::code);
}

double shown(const Check& check, std::string_view name) {
  return std::ranges::find(check.figures, name, &Figure::name)->value.value();
}

TEST(Verdict, NamesTheMissingLinkOfTheChain) {
  const storage::Experiment asked = experiment({"a", "b"}, {kBought});
  const auto reason = [&](std::initializer_list<Group> groups) {
    const Report report = judged(asked, groups);
    EXPECT_EQ(report.verdict.code, "no_data");
    return report.verdict.reasons.at(0).code;
  };
  EXPECT_EQ(reason({}), "no_single_evaluation");
  EXPECT_EQ(reason({{"a", 8, 2}}), "one_group_only");
  EXPECT_EQ(reason({{"a", 50, 0}, {"b", 50, 0}}), "no_goal_events");
}

TEST(Verdict, OneLookAtTheEndClaimsWhatTheTestRejects) {
  const storage::Experiment asked = experiment({"a", "b"}, {kBought});
  EXPECT_EQ(judged(asked, {{"a", 1000, 100}, {"b", 1000, 150}}).verdict.code, "ship");
  EXPECT_EQ(judged(asked, {{"a", 1000, 150}, {"b", 1000, 100}}).verdict.code, "roll_back");
  EXPECT_EQ(judged(asked, {{"a", 1000, 100}, {"b", 1000, 110}}).verdict.code, "inconclusive");
}

TEST(Verdict, LessIsBetterWhereThePlanSaysSo) {
  storage::Metric refunds = kBought;
  refunds.direction = storage::Direction::decrease;
  const Report report = judged(experiment({"a", "b"}, {refunds}), {{"a", 1000, 150}, {"b", 1000, 100}}, {refunds});
  EXPECT_EQ(report.verdict.code, "ship");
  EXPECT_GT(*report.results[0].posterior.chance_to_beat_control, 0.99);
  EXPECT_LT(*report.results[0].posterior.loss_choose_variant, *report.results[0].posterior.loss_choose_control);
}

TEST(Verdict, ASingleLookMayNotBeTakenBeforeThePlannedEnd) {
  storage::Experiment asked = experiment({"a", "b"}, {kBought});
  asked.plan.horizon.units = 4000;
  EXPECT_EQ(judged(asked, {{"a", 1000, 100}, {"b", 1000, 150}}).verdict.code, "keep_running");
  asked.plan.horizon.units = 2000;
  EXPECT_EQ(judged(asked, {{"a", 1000, 100}, {"b", 1000, 150}}).verdict.code, "ship");
}

TEST(Verdict, ThePlannedEndIsReadOffTheClockOfTheData) {
  storage::Experiment asked = experiment({"a", "b"}, {kBought});
  asked.plan.horizon.ends_at = kStart + 24h;
  Stream made = people({{"a", 1000, 100}, {"b", 1000, 150}});
  EXPECT_EQ(judge(asked, std::vector{kBought}, made.events).verdict.code, "keep_running");
  Asked later;
  later.until = kStart + 24h;
  EXPECT_EQ(judge(asked, std::vector{kBought}, made.events, later).verdict.code, "ship");
  made.happen("stranger", "buy", kStart + 25h);
  EXPECT_EQ(judge(asked, std::vector{kBought}, made.events).verdict.code, "ship");
}

TEST(Verdict, AlwaysValidClaimsAtAnyTimeButNeedsMore) {
  storage::Experiment asked = experiment({"a", "b"}, {kBought});
  asked.plan.method = {"always-valid", 1};
  const Report early = judged(asked, {{"a", 1000, 110}, {"b", 1000, 140}});
  EXPECT_LT(*early.results[0].fixed.p, 0.05);
  EXPECT_GT(*early.results[0].always_valid.p, 0.05);
  EXPECT_EQ(early.verdict.code, "keep_running");
  EXPECT_EQ(judged(asked, {{"a", 1000, 100}, {"b", 1000, 200}}).verdict.code, "ship");
}

TEST(Verdict, HolmSharesTheErrorOverVariants) {
  const std::initializer_list<Group> groups{{"a", 1000, 100}, {"b", 1000, 128}, {"c", 1000, 101}};
  const Report report = judged(experiment({"a", "b", "c"}, {kBought}), groups);
  const Fixed& fixed = report.results[0].fixed;
  EXPECT_LT(*fixed.p, 0.05) << "alone it would be a claim";
  EXPECT_DOUBLE_EQ(*fixed.p_adjusted, 2 * *fixed.p);
  EXPECT_EQ(report.verdict.code, "inconclusive");
}

TEST(Verdict, ShipNamesTheVariantWithTheSmallestLoss) {
  const Report report =
      judged(experiment({"a", "b", "c"}, {kBought}), {{"a", 1000, 100}, {"b", 1000, 200}, {"c", 1000, 250}});
  EXPECT_EQ(report.verdict.code, "ship");
  EXPECT_EQ(report.verdict.variant, "c");
  EXPECT_GT(*report.results[1].posterior.chance_best, 0.9);
}

/// Half again as many buyers at the cost of some refunds, which are to rise by `margin` at most.
std::string guarded(double margin, int refunds_a, int refunds_b) {
  storage::Metric refunds = metric("refunds", MetricKind::proportion, "refund");
  refunds.direction = storage::Direction::decrease;
  const std::vector metrics{kBought, refunds};
  storage::Experiment asked = experiment({"a", "b"}, metrics);
  asked.plan.metrics[1].role = MetricRole::guardrail;
  asked.plan.metrics[1].margin = margin;
  Stream made = people({{"a", 5000, 500}, {"b", 5000, 750}});
  for (int i = 0; i < refunds_a; ++i) made.happen("u" + std::to_string(i), "refund", kStart + 5h);
  for (int i = 0; i < refunds_b; ++i) made.happen("u" + std::to_string(5000 + i), "refund", kStart + 5h);
  return judge(asked, metrics, made.events).verdict.code;
}

TEST(Verdict, GuardrailsAreJudgedAgainstTheirMargin) {
  EXPECT_EQ(guarded(0.2, 1000, 1000), "ship");
  EXPECT_EQ(guarded(0.02, 1000, 1010), "ship_with_care");
  EXPECT_EQ(guarded(0.02, 1000, 1500), "trade_off");
}

TEST(Verdict, AnEffectTooSmallToMatterIsNoDifference) {
  storage::Experiment asked = experiment({"a", "b"}, {kBought});
  asked.plan.smallest_effect = 0.1;
  EXPECT_EQ(judged(asked, {{"a", 20000, 10000}, {"b", 20000, 10050}}).verdict.code, "no_difference");
}

TEST(Phases, ARampWithAMovingBaseRateFakesNothing) {
  storage::Experiment asked = experiment({"a", "b"}, {kBought});
  asked.phases[0].weights = {900'000, 100'000};
  asked.phases[0].ended_at = kStart + 24h;
  asked.phases.push_back(asked.phases[0]);
  asked.phases[1].started_at = kStart + 24h;
  asked.phases[1].ended_at.reset();
  asked.phases[1].weights = {500'000, 500'000};
  const Time later = kStart + 24h;
  // 10 % before and 30 % after, in both arms alike; the totals are 12.9 % against 26.7 %.
  const Report report =
      judged(asked, {{"a", 9000, 900}, {"b", 1000, 100}, {"a", 5000, 1500, later}, {"b", 5000, 1500, later}});
  const Row& row = report.results[0];
  EXPECT_EQ(report.verdict.code, "inconclusive");
  EXPECT_NEAR(*row.absolute.estimate, 0, 1e-12);
  EXPECT_NEAR(*row.fixed.p, 1, 1e-9);
  EXPECT_EQ(row.fixed.test, "cochran_mantel_haenszel");
  EXPECT_NEAR(*row.posterior.chance_to_beat_control, 0.5, 1e-9);
  EXPECT_NEAR(*row.arms[0].mean, *row.arms[1].mean, 1e-12);
  EXPECT_GT(*check(report, "srm").value, 0.99) << "the split is that of each phase";
}

TEST(Checks, ABrokenSplitBlocks) {
  const Report report = judged(experiment({"a", "b"}, {kBought}), {{"a", 5000, 500}, {"b", 4500, 450}});
  EXPECT_EQ(check(report, "srm").level, CheckLevel::block);
  EXPECT_DOUBLE_EQ(shown(check(report, "srm"), "expected:a"), 4750);
  EXPECT_EQ(report.verdict.code, "do_not_trust");
  EXPECT_EQ(report.verdict.reasons.at(0).code, "check_srm");
}

/// 1,000 units a side, of which the first `crossed_a` and `crossed_b` meet the other variant an hour later.
Report crossed(int crossed_a, int crossed_b) {
  Stream made = people({{"a", 1000, 100}, {"b", 1000, 100}});
  for (int i = 0; i < crossed_a; ++i) made.expose("u" + std::to_string(i), "b", kStart + 2h);
  for (int i = 0; i < crossed_b; ++i) made.expose("u" + std::to_string(1000 + i), "a", kStart + 2h);
  return judge(experiment({"a", "b"}, {kBought}), std::vector{kBought}, made.events);
}

TEST(Checks, CrossoverWarnsAndBlocksWhereItIsCommonOrUneven) {
  EXPECT_EQ(check(crossed(0, 0), "crossover").level, CheckLevel::ok);
  EXPECT_EQ(check(crossed(30, 30), "crossover").level, CheckLevel::warn);
  EXPECT_EQ(check(crossed(30, 0), "crossover").level, CheckLevel::block);
  EXPECT_EQ(check(crossed(101, 101), "crossover").level, CheckLevel::block);
}

TEST(Checks, ContradictionsBlockAboveFivePercent) {
  storage::Experiment asked = experiment({"a", "b"}, {kBought});
  asked.expects["page"] = {{"a", "1"}};
  const auto level = [&](std::size_t contradictions) {
    Stream made = people({{"a", 100, 10}, {"b", 100, 10}});
    for (std::size_t i = 0; i < contradictions; ++i) made.events[2 * i].event.attributes = R"({"page":2})";
    return check(judge(asked, std::vector{kBought}, made.events), "contradictions").level;
  };
  EXPECT_EQ(level(0), CheckLevel::ok);
  EXPECT_EQ(level(10), CheckLevel::warn);
  EXPECT_EQ(level(11), CheckLevel::block);
}

TEST(Checks, ASilentDayBlocks) {
  Stream made = people({});
  for (int hour = 0; hour < 100; ++hour)
    if (hour < 40 || hour >= 70)
      made.expose("u" + std::to_string(hour), hour % 2 == 0 ? "a" : "b", kStart + std::chrono::hours(hour));
  const Check gap = check(judge(experiment({"a", "b"}, {kBought}), std::vector{kBought}, made.events), "gap");
  EXPECT_EQ(gap.level, CheckLevel::block);
  EXPECT_EQ(gap.value, 30);
}

TEST(Checks, AUnitOutOfRangeBlocksItsMetric) {
  const storage::Metric revenue = metric("revenue", MetricKind::sum, "buy");
  Stream made = people({{"a", 50, 10}, {"b", 50, 10}});
  made.happen("u1", "buy", kStart + 3h, 1e12);
  const Report report = judge(experiment({"a", "b"}, {revenue}), std::vector{revenue}, made.events);
  EXPECT_EQ(check(report, "range").level, CheckLevel::block);
  EXPECT_EQ(report.results[0].status, "out_of_range");
  EXPECT_FALSE(report.results[0].absolute.estimate);
  EXPECT_EQ(report.verdict.code, "do_not_trust");
}

TEST(Checks, AnOutlierIsNamedOnlyInALargeArm) {
  const storage::Metric revenue = metric("revenue", MetricKind::sum, "buy");
  const auto named = [&](int units) {
    Stream made = people({{"a", units, units / 2}, {"b", units, units / 2}});
    made.happen("u3", "buy", kStart + 3h, 500);
    return check(judge(experiment({"a", "b"}, {revenue}), std::vector{revenue}, made.events), "outlier").units;
  };
  EXPECT_TRUE(named(99).empty());
  ASSERT_EQ(named(100).size(), 1U);
  EXPECT_EQ(named(100)[0], (NamedUnit{"u3", "a", 501}));
}

TEST(Rows, SayWhyANumberIsMissing) {
  const storage::Metric revenue = metric("revenue", MetricKind::sum, "buy");
  const Report report = judged(experiment({"a", "b"}, {revenue}), {{"a", 1, 1}, {"b", 1, 1}}, {revenue});
  EXPECT_EQ(report.results[0].status, "insufficient_data");
  EXPECT_FALSE(report.results[0].absolute.estimate);
  EXPECT_FALSE(report.results[0].fixed.p);
  EXPECT_EQ(report.results[0].arms[0].mean, 1);
}

}  // namespace
}  // namespace touchstone::judge
