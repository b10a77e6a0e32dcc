#include "service/judge/totals.hpp"

#include <gtest/gtest.h>

#include "stats/multiplicity.hpp"

namespace touchstone::judge {
namespace {

using What = TotalsAlarm::What;

ArmTotal converted(std::int64_t units, std::int64_t conversions) {
  return {units, static_cast<double>(conversions) / static_cast<double>(units), 0, conversions};
}

/// Day by day, every arm with so many new units, of which so many convert.
TotalsStream growing(const std::vector<double>& rates, int days, std::int64_t units = 1000) {
  TotalsStream stream{"checkout", "bought", {}, {}, true, {}};
  for (std::size_t v = 0; v < rates.size(); ++v) stream.variants.push_back("v" + std::to_string(v));
  stream.weights.assign(rates.size(), 1);
  for (int day = 1; day <= days; ++day) {
    TotalsLook look{static_cast<double>(day), {}};
    for (const double rate : rates)
      look.arms.push_back(converted(day * units, static_cast<std::int64_t>(rate * static_cast<double>(day * units))));
    stream.looks.push_back(look);
  }
  return stream;
}

TotalsJudgement judged(const TotalsStream& stream) { return judge_totals({&stream, 1}, {}).front(); }

TEST(JudgeTotals, DeclaresOnceThePromisedIntervalExcludesNoChange) {
  const TotalsJudgement found = judged(growing({0.10, 0.12}, 30));
  ASSERT_EQ(found.rows.size(), 1U);
  ASSERT_TRUE(found.rows[0].declared);
  EXPECT_GT(*found.rows[0].declared, 1);
  EXPECT_EQ(found.rows[0].sign, 1);
  EXPECT_FALSE(found.rows[0].reversed);
  const TotalsJudgement before = judged(growing({0.10, 0.12}, static_cast<int>(*found.rows[0].declared) - 1));
  EXPECT_FALSE(before.rows[0].declared);
  EXPECT_LT(before.rows[0].always_valid.absolute.interval.low, 0);
}

TEST(JudgeTotals, SharesItsErrorAmongTheTreatments) {
  const TotalsJudgement found = judged(growing({0.10, 0.115, 0.10, 0.12}, 10));
  std::vector<double> p;
  for (const TotalsRow& row : found.rows) p.push_back(row.always_valid.absolute.p);
  const std::vector<double> adjusted = stats::holm(p);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(found.rows[i].adjusted_p, adjusted[i]);
}

TEST(JudgeTotals, AnArmThatStandsStillIsNotComparedWithOneThatMoves) {
  TotalsStream stream = growing({0.10, 0.10}, 20);
  TotalsStream other = stream;
  other.metric = "visited";
  stream.looks[9].arms[0] = stream.looks[8].arms[0];
  stream.looks[9].arms[1] = converted(10'000, 2'000);
  other.looks[9].arms[1] = converted(10'000, 2'000);
  const auto found = judge_totals(std::vector{stream, other}, {});
  EXPECT_EQ(found[0].alarms, (std::vector<TotalsAlarm>{{What::stood_still, 0, 10}, {What::fell, 1, 11}}));
  EXPECT_FALSE(found[0].rows[0].declared);
  EXPECT_FALSE(found[1].rows[0].declared) << "what arrived late for one metric may have for the others";
  other.experiment = "another";
  EXPECT_TRUE(judge_totals(std::vector{stream, other}, {})[1].rows[0].declared);
}

TEST(JudgeTotals, AnEffectThatTurnsIsSaidToHave) {
  TotalsStream stream = growing({0.10, 0.14}, 20);
  for (std::size_t day = 10; day < 20; ++day) stream.looks[day].arms[1].conversions = 1'400 + 60 * (day - 9);
  const TotalsJudgement found = judged(stream);
  EXPECT_TRUE(found.rows[0].declared);
  EXPECT_EQ(found.rows[0].sign, 1);
  EXPECT_TRUE(found.rows[0].reversed);
}

TEST(JudgeTotals, AnEmptyArmIsNotComparedYet) {
  const TotalsJudgement found =
      judged(TotalsStream{"checkout", "", {"a", "b"}, {1, 1}, true, {{0, {converted(10, 1), ArmTotal{0, 0, 0, 0}}}}});
  EXPECT_EQ(found.rows[0].fixed.absolute.status, stats::Status::insufficient_data);
  EXPECT_FALSE(found.rows[0].declared);
}

}  // namespace
}  // namespace touchstone::judge
