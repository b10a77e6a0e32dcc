#include "service/page/number_text.hpp"

#include <gtest/gtest.h>

#include "service/page/change_text.hpp"

namespace touchstone::page {
namespace {

judge::Interval between(double low, double estimate, double high) { return {"ok", estimate, low, high}; }

TEST(NumberText, GroupsThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(144300), "144,300");
  EXPECT_EQ(grouped(1234567890), "1,234,567,890");
  EXPECT_EQ(decimal(1234.5, 1), "1,234.5");
}

TEST(NumberText, HasARealMinusAndNeverMinusZero) {
  EXPECT_EQ(decimal(-1.157, 2), "−1.16");
  EXPECT_EQ(decimal(-0.0004, 2), "0.00");
  EXPECT_EQ(signed_decimal(-0.0004, 1), "0.0");
  EXPECT_EQ(signed_decimal(1.25, 1), "+1.2");
  EXPECT_EQ(signed_decimal(0, 0), "0");
  EXPECT_EQ(significant(-0.88544, 4), "−0.8854");
}

TEST(NumberText, ShowsTwoDigitsOfTheUncertainty) {
  EXPECT_EQ(decimals_for(between(-0.0311, -0.0121, 0.0075), 100), 1);       // half width 1.9 points
  EXPECT_EQ(decimals_for(between(-3.72, -1.157, 1.405), 1), 1);             // half width 2.6
  EXPECT_EQ(decimals_for(between(-150, 20, 190), 1), 0);                    // half width 170
  EXPECT_EQ(decimals_for(between(0.0048, 0.005, 0.0052), 1), 5);            // half width 0.0002
  EXPECT_EQ(decimals_for({"ok", 0.25, std::nullopt, std::nullopt}, 1), 2);  // unbounded: of the value
}

TEST(ChangeText, IsRelativeWhereThatHasAMeaning) {
  judge::Row row;
  row.kind = storage::MetricKind::proportion;
  row.absolute = between(-0.0038, -0.00146, 0.00091);
  EXPECT_EQ(change_text(row).estimate, "−0.15 points");
  EXPECT_EQ(change_text(row).range(), "−0.38 points to +0.09 points");
  row.relative = between(-0.0314, -0.01206, 0.0077);
  EXPECT_EQ(change_text(row).estimate, "−1.2 %");
  EXPECT_EQ(change_text(row).scale, "relative");
}

TEST(ChangeText, SaysWhereARangeIsOpen) {
  judge::Row row;
  row.kind = storage::MetricKind::mean;
  row.relative = {"ok", 0.25, -0.5, std::nullopt};
  EXPECT_EQ(change_text(row).range(), "−50 % to +∞");
}

TEST(ChangeText, NeverCallsAChanceCertain) {
  EXPECT_EQ(chance_text(0.114), "11 %");
  EXPECT_EQ(chance_text(0.00078), "0.08 %");
  EXPECT_EQ(chance_text(0.9992), "99.92 %");
  EXPECT_EQ(chance_text(1), "more than 99.99 %");
  EXPECT_EQ(chance_text(0), "less than 0.01 %");
}

}  // namespace
}  // namespace touchstone::page
