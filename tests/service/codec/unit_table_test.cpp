#include "service/codec/unit_table.hpp"

#include <gtest/gtest.h>

#include "assign/key.hpp"
#include "service/codec/unit_cell.hpp"

namespace touchstone::codec {
namespace {

using storage::MetricKind;

UnitTableLayout layout(std::vector<UnitColumn> metrics) {
  UnitTableLayout made;
  made.experiment = "page";
  made.variant = "group";
  made.metrics = std::move(metrics);
  return made;
}

std::string refusal(std::string_view cell, MetricKind kind) {
  const auto read = read_cell(cell, kind);
  return read ? "accepted" : read.error().message;
}

TEST(UnitCell, ProportionsAreYesOrNo) {
  for (const auto* yes : {"1", "true", "TRUE", "Yes", " yes "})
    EXPECT_TRUE(read_cell(yes, MetricKind::proportion)->happened) << yes;
  for (const auto* no : {"0", "false", "FALSE", "No"})
    EXPECT_FALSE(read_cell(no, MetricKind::proportion)->happened) << no;
  for (const auto* neither : {"", "2", "-1", "ye", "yess"})
    EXPECT_EQ(refusal(neither, MetricKind::proportion), "is neither yes nor no") << neither;
}

TEST(UnitCell, CountsAreWholeAndZeroIsNoEvent) {
  EXPECT_EQ(read_cell("12", MetricKind::count)->value, 12);
  EXPECT_FALSE(read_cell("0", MetricKind::count)->happened);
  EXPECT_EQ(refusal("1.5", MetricKind::count), "is not a count");
  EXPECT_EQ(refusal("-1", MetricKind::count), "is not a count");
  EXPECT_EQ(refusal("", MetricKind::count), "holds no number");
}

TEST(UnitCell, AnEmptyMeanIsNoValueAndAZeroIsOne) {
  EXPECT_FALSE(read_cell("", MetricKind::mean)->happened);
  EXPECT_TRUE(read_cell("0", MetricKind::mean)->happened);
  EXPECT_EQ(read_cell("0", MetricKind::mean)->value, 0);
  EXPECT_EQ(read_cell("-2.5e3", MetricKind::sum)->value, -2500);
  EXPECT_FALSE(read_cell("0.0", MetricKind::sum)->happened);
}

TEST(UnitCell, NumbersAreFiniteAndPlain) {
  for (const auto* bad : {"1,000", "12 EUR", "nan", "inf", "0x10", "1e999", "."})
    EXPECT_EQ(refusal(bad, MetricKind::sum), "is not a number") << bad;
  EXPECT_EQ(refusal("2e15", MetricKind::sum), "is beyond 1e15");
}

TEST(UnitTable, KeysComeFromTexts) {
  EXPECT_EQ(as_key("Mens E-Mail"), "Mens-E-Mail");
  EXPECT_EQ(as_key("gate_30"), "gate_30");
  EXPECT_EQ(as_key("(none)"), "none");
  EXPECT_EQ(as_key("a  &  b"), "a-b");
  EXPECT_EQ(as_key("кнопка"), "");
  EXPECT_TRUE(assign::valid_key(as_key(std::string(500, 'x'))));
}

TEST(UnitTable, UnknownAndDoubledColumnsAreRefused) {
  const auto unknown = UnitTable::open("id,group,x", layout({{"y", "y", MetricKind::sum}}));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().message, "the table has no column \"y\"");
  EXPECT_EQ(unknown.error().hint, "its columns are id, group, x");
  EXPECT_FALSE(UnitTable::open("group,x,x", layout({{"x", "x", MetricKind::sum}})));
}

TEST(UnitTable, ErrorsNameRowAndColumn) {
  auto table = UnitTable::open("\xEF\xBB\xBFgroup,x\r", layout({{"x", "x", MetricKind::sum}})).value();
  storage::EventBatch batch;
  ASSERT_TRUE(table.read("A,1\r", batch));
  const auto bad = table.read("A,much\r", batch);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().message, "row 2, column x: \"much\" is not a number");
  EXPECT_EQ(bad.error().pointer, "/2/x");
  const auto shorter = table.read("A", batch);
  ASSERT_FALSE(shorter);
  EXPECT_EQ(shorter.error().message, "row 3: 1 fields, where the header has 2");
}

TEST(UnitTable, VariantsThatBecomeOneKeyAreRefused) {
  auto table = UnitTable::open("group", layout({})).value();
  storage::EventBatch batch;
  ASSERT_TRUE(table.read("No E-Mail", batch));
  ASSERT_TRUE(table.read("No E-Mail", batch));
  const auto same = table.read("No-E-Mail", batch);
  ASSERT_FALSE(same);
  EXPECT_EQ(same.error().message, "row 3, column group: \"No-E-Mail\" and \"No E-Mail\" are both read as No-E-Mail");
}

TEST(UnitTable, AttributesTravelWithTheExposure) {
  auto asked = layout({});
  asked.attributes = {"page", "country"};
  auto table = UnitTable::open("group,country,page", asked).value();
  storage::EventBatch batch;
  ASSERT_TRUE(table.read("A,UK,\"old \"\"page\"\"\"", batch));
  EXPECT_EQ(batch.events.at(0).attributes, R"({"country":"UK","page":"old \"page\""})");
}

TEST(UnitTable, IdsStayWithinTheirLimit) {
  auto asked = layout({{"x", std::string(120, 'x'), MetricKind::proportion}});
  asked.experiment = std::string(120, 'e');
  auto table = UnitTable::open("group,x", asked).value();
  storage::EventBatch batch;
  ASSERT_TRUE(table.read("A,1", batch));
  ASSERT_EQ(batch.events.size(), 2U);
  EXPECT_EQ(batch.events[0].id, std::string(120, 'e') + ":1");
  EXPECT_LE(batch.events[1].id.size(), 128U);
  EXPECT_NE(batch.events[1].id, batch.events[0].id);
}

}  // namespace
}  // namespace touchstone::codec
