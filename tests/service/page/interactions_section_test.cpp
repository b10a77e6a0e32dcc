#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "service/page/sections.hpp"

namespace touchstone::page {
namespace {

using judge::InteractionRow;
using judge::Interactions;
using judge::OtherExperiment;
using judge::Report;

InteractionRow row(double difference, bool stands_out) {
  InteractionRow made;
  made.metric = "bought";
  made.variant = "one-page";
  made.control = "control";
  made.other_variant = "ten-percent";
  made.without = {"ok", 0.01, -0.02, 0.04};
  made.with = {"ok", 0.01 + difference, difference - 0.02, difference + 0.04};
  made.difference = {"ok", difference, difference - 0.05, difference + 0.05};
  made.p = stands_out ? 0.001 : 0.7;
  made.p_adjusted = made.p;
  made.stands_out = stands_out;
  return made;
}

OtherExperiment coupon() {
  OtherExperiment made;
  made.key = "coupon";
  made.control = "none";
  made.units = 12'345;
  made.status = "ok";
  made.p = 0.5;
  return made;
}

std::string section(Interactions found) {
  ReportHeading heading;
  heading.interactions = std::move(found);
  return interactions_section(Report{}, heading).text;
}

bool says(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

TEST(InteractionsSection, IsLeftOutWhereNobodyIsShared) {
  EXPECT_EQ(interactions_section(Report{}, ReportHeading{}).text, "");
  EXPECT_EQ(section({}), "");
}

TEST(InteractionsSection, TellsOfWhatStandsOutAlone) {
  OtherExperiment other = coupon();
  other.rows = {row(0.4, true), row(0.02, false)};
  const std::string text = section({.others = {other}, .left_out = 0, .goals_left_out = {}});
  EXPECT_TRUE(says(text, "<bdi>ten-percent</bdi> of <bdi>coupon</bdi>")) << text;
  EXPECT_EQ(text.find("Apart by"), text.rfind("Apart by")) << text;
  EXPECT_TRUE(says(text, "coupon shared most of them, 12,345. A hint, which decides nothing.")) << text;
}

TEST(InteractionsSection, SaysThatNothingShowsWhereSomethingCouldBeTold) {
  OtherExperiment told = coupon();
  told.rows = {row(0.02, false)};
  OtherExperiment untold = coupon();
  untold.rows = {InteractionRow{}};
  EXPECT_TRUE(says(section({.others = {told, untold}, .left_out = 0, .goals_left_out = {}}),
                   "Nothing shows that 1 other experiment on the same units"));
}

TEST(InteractionsSection, SaysWhyNothingIsTold) {
  OtherExperiment few = coupon();
  few.rows = {InteractionRow{}};
  EXPECT_TRUE(says(section({.others = {few, few}, .left_out = 0, .goals_left_out = {}}),
                   "Too few of the units that 2 other experiments shared count yet"));
  const std::string none = section({.others = {coupon()}, .left_out = 0, .goals_left_out = {"per visit", "median"}});
  EXPECT_TRUE(says(none, "No goal here can be told by parts of its units.")) << none;
  EXPECT_TRUE(says(none, "Not told of ratios, quantiles and caps by percentile: per visit, median.")) << none;
}

TEST(InteractionsSection, WarnsOfAssignmentsThatDependOnEachOther) {
  OtherExperiment other = coupon();
  other.dependent = true;
  other.p = 1e-6;
  const std::string text = section({.others = {other}, .left_out = 3, .goals_left_out = {}});
  EXPECT_TRUE(says(text, "Who got what here has to do with who got what in <bdi>coupon</bdi>")) << text;
  EXPECT_TRUE(says(text, "at 4 other experiments that shared units")) << text;
  EXPECT_TRUE(says(text, "3 with fewer were left out.")) << text;
}

}  // namespace
}  // namespace touchstone::page
