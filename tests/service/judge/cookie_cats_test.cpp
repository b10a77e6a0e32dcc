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

Stream table(const std::string& content) {
  Stream made;
  const auto rows = lines(content);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto row = fields(rows[i]);
    made.expose(row.at(0), row.at(1), kStart);
    if (row.at(3) == "TRUE") made.happen(row.at(0), "day_1", kStart);
    if (row.at(4) == "TRUE") made.happen(row.at(0), "day_7", kStart);
    double rounds = 0;
    std::from_chars(row.at(2).data(), row.at(2).data() + row.at(2).size(), rounds);
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

TEST_F(CookieCats, NamesTheOneOutlier) {
  const Check& outlier = check("outlier");
  ASSERT_EQ(outlier.units.size(), 1U);
  EXPECT_EQ(outlier.units[0], (NamedUnit{"6390605", "gate_30", 49'854}));
  EXPECT_EQ(outlier.level, CheckLevel::warn);
  EXPECT_GT(*outlier.value, 0.8);
}

}  // namespace
}  // namespace touchstone::judge
