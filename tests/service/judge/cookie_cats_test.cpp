#include <algorithm>
#include <charconv>

#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "tests/service/judge/agreement.hpp"
#include "tests/service/judge/shared_data.hpp"
#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {
namespace {

using storage::MetricKind;

/// Quarters of the players by the rounds that they played in the fourteen days after.
std::string_view band(double rounds) {
  if (rounds < 5) return R"({"rounds":"below 5"})";
  if (rounds < 16) return R"({"rounds":"5 to 15"})";
  return rounds < 51 ? R"({"rounds":"16 to 50"})" : R"({"rounds":"above 50"})";
}

Stream table(const std::string& content) {
  Stream made;
  const auto rows = lines(content);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto row = fields(rows[i]);
    double rounds = 0;
    std::from_chars(row.at(2).data(), row.at(2).data() + row.at(2).size(), rounds);
    made.expose(row.at(0), row.at(1), kStart, band(rounds));
    if (row.at(3) == "TRUE") made.happen(row.at(0), "day_1", kStart);
    if (row.at(4) == "TRUE") made.happen(row.at(0), "day_7", kStart);
    if (rounds != 0) made.happen(row.at(0), "rounds", kStart, rounds);
  }
  return made;
}

class CookieCats : public testing::Test {
 protected:
  void SetUp() override {
    const auto folder = data_set("cookie-cats");
    if (folder.empty()) GTEST_SKIP() << "no cookie-cats data: set TOUCHSTONE_SHARED";
    yardstick_ = expected(folder);
    const Stream made = table(inflated(folder / "cookie_cats.csv.gz"));
    report_ = judge(experiment({"gate_30", "gate_40"}, metrics_), metrics_, made.events);
  }
  const Check& check(std::string_view code) { return *std::ranges::find(report_.checks, code, &Check::code); }

  std::vector<storage::Metric> metrics_{metric("retention_1", MetricKind::proportion, "day_1"),
                                        metric("retention_7", MetricKind::proportion, "day_7"),
                                        metric("sum_gamerounds_raw", MetricKind::sum, "rounds")};
  nlohmann::json yardstick_;
  Report report_;
};

TEST_F(CookieCats, AgreesWithThePublishedFigures) {
  ASSERT_EQ(report_.results.size(), 3U);
  for (const Row& row : report_.results) expect_agreement(row, yardstick_["metrics"][row.metric]);
  EXPECT_EQ(report_.verdict.code, "roll_back");
}

TEST_F(CookieCats, ABorderlineSplitDoesNotAlarmAtOneInAThousand) {
  expect_close(check("srm").value, yardstick_["srm"]["p"], kFromTails, "srm");
  EXPECT_EQ(check("srm").limit, 0.001);
  EXPECT_EQ(check("srm").level, CheckLevel::ok);
}

// The published analysis that cuts players into quarters by rounds; chi-square of the 4 x 2 counts in exact fractions.
TEST_F(CookieCats, RefusesASegmentThatIsMeasuredAfterExposure) {
  const Check& found = *std::ranges::find(report_.trust, "rounds", &Check::attribute);
  EXPECT_EQ(found.code, "post_exposure");
  EXPECT_EQ(found.level, CheckLevel::warn);
  const auto chi2 = std::ranges::find(found.figures, "mix_chi2", &Figure::name);
  EXPECT_NEAR(chi2->value.value_or(0), 30.789181983414636, 1e-9);
}

TEST_F(CookieCats, NamesTheOneOutlier) {
  const Check& outlier = check("outlier");
  ASSERT_EQ(outlier.units.size(), 1U);
  EXPECT_EQ(outlier.units[0], (NamedUnit{"6390605", "gate_30", 49'854}));
  EXPECT_EQ(outlier.level, CheckLevel::warn);
  EXPECT_GT(*outlier.value, 0.8);
}

}  // namespace
}  // namespace touchstone::judge
