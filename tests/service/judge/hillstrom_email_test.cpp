#include <charconv>

#include <gtest/gtest.h>

#include "service/judge/judge.hpp"
#include "tests/service/judge/agreement.hpp"
#include "tests/service/judge/shared_data.hpp"
#include "tests/service/judge/stream.hpp"

namespace touchstone::judge {
namespace {

using storage::MetricKind;

double number(std::string_view field) {
  double value = 0;
  std::from_chars(field.data(), field.data() + field.size(), value);
  return value;
}

/// Each row of the table as a unit: an exposure, and an event for each measure that is not zero. The columns are
/// counted from the right, for a field on the left holds a comma.
Stream table(const std::string& content) {
  Stream made;
  const auto rows = lines(content);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto row = fields(rows[i]);
    const auto right = row.rbegin();  // spend, conversion, visit, arm
    const std::string unit = std::to_string(i);
    made.expose(unit, right[3], kStart);
    if (right[2] == "1") made.happen(unit, "visit", kStart);
    if (right[1] == "1") made.happen(unit, "conversion", kStart);
    if (number(right[0]) != 0) made.happen(unit, "spend", kStart, number(right[0]));
  }
  return made;
}

TEST(HillstromEmail, AgreesWithThePublishedFigures) {
  const auto folder = data_set("hillstrom-email");
  if (folder.empty()) GTEST_SKIP() << "no hillstrom-email data: set TOUCHSTONE_SHARED";
  const std::vector metrics{metric("visit", MetricKind::proportion, "visit"),
                            metric("conversion", MetricKind::proportion, "conversion"),
                            metric("spend", MetricKind::sum, "spend")};
  const Stream made = table(inflated(folder / "hillstrom.csv.gz"));
  const Report report = judge(experiment({"No E-Mail", "Mens E-Mail", "Womens E-Mail"}, metrics), metrics, made.events);
  const nlohmann::json yardstick = expected(folder);

  ASSERT_EQ(report.results.size(), 6U);
  for (const Row& row : report.results) {
    expect_agreement(row, yardstick["metrics"][row.metric]);
    EXPECT_LT(*row.fixed.p_adjusted, 0.05) << "all six survive Holm";
  }
  expect_close(report.checks.at(0).value, yardstick["srm"]["p"], 1e-4, "srm: thirds are rounded to slots");
  EXPECT_EQ(report.verdict.code, "ship");
  EXPECT_EQ(report.verdict.variant, "Mens E-Mail");
}

}  // namespace
}  // namespace touchstone::judge
