// `touchstone sample-size` as a person uses it.

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.hpp"

namespace touchstone::e2e {
namespace {

Outcome sized(std::vector<std::string> options) {
  options.insert(options.begin(), {program(), "sample-size"});
  return run(options);
}

// 2 (z_.975 + z_.8)^2 (.04 .96 + .042 .958)/.002^2 by hand: 308,626.
TEST(SampleSizeCommand, TellsUnitsDaysAndWhatLookingCosts) {
  const auto told = sized({"--rate", "4%", "--change", "+5%", "--per-day", "6000"});
  ASSERT_EQ(told.exit_code, 0) << told.err;
  EXPECT_NE(told.out.find("+5.00 %: from 4 % to 4.2 %"), std::string::npos) << told.out;
  EXPECT_NE(told.out.find("would need 308,6"), std::string::npos) << told.out;
  EXPECT_NE(told.out.find("days"), std::string::npos) << told.out;
}

TEST(SampleSizeCommand, SaysWhatSoManyUnitsCanFind) {
  const auto told =
      sized({"--mean", "31", "--deviation", "55", "--units", "80000", "--split", "90,10", "--drop", "--json"});
  ASSERT_EQ(told.exit_code, 0) << told.err;
  const auto answer = nlohmann::json::parse(told.out);
  EXPECT_EQ(answer["solved"], "effect");
  EXPECT_EQ(answer["per_variant"], nlohmann::json({72000, 8000}));
  EXPECT_LT(answer["effect"]["relative"], 0);
}

// rpact 3.3.4, beta spending after O'Brien and Fleming at five looks: bounds of Z 2.28982 and 1.52649 at the fourth.
TEST(SampleSizeCommand, SaysWhenToGiveUp) {
  const auto told =
      sized({"--rate", "4%", "--change", "+5%", "--method", "group-sequential", "--futility", "non-binding"});
  ASSERT_EQ(told.exit_code, 0) << told.err;
  EXPECT_NE(told.out.find("z above 2.29 claims, at most 1.526 ends"), std::string::npos) << told.out;
  EXPECT_NE(told.out.find("gives up   before the last look in 9"), std::string::npos) << told.out;
  EXPECT_NE(sized({"--rate", "4%", "--change", "5%", "--futility-spending", "pocock"}).exit_code, 0);
}

TEST(SampleSizeCommand, NamesTheFieldThatIsWrong) {
  EXPECT_NE(sized({"--rate", "4%"}).err.find("neither an effect nor units"), std::string::npos);
  EXPECT_NE(sized({"--rate", "four", "--change", "5%"}).err.find("--rate"), std::string::npos);
  EXPECT_NE(sized({"--rate", "4%", "--change", "5%", "--split", "50"}).err.find("/weights"), std::string::npos);
  EXPECT_NE(sized({"--rate", "4%", "--mean", "3"}).exit_code, 0);
  EXPECT_NE(sized({}).exit_code, 0);
}

}  // namespace
}  // namespace touchstone::e2e
