// `touchstone survival` and `touchstone lifetime` on data whose answers are published, and on tables that are not what
// they should be.

#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.hpp"

namespace touchstone::e2e {
namespace {

using nlohmann::json;

/// What the program says of a table with these options.
Outcome told(const std::string& command, const std::string& table, std::vector<std::string> options = {}) {
  const TemporaryDirectory folder;
  const auto file = folder.path() / "table.csv";
  std::ofstream(file) << table;
  options.insert(options.begin(), {program(), command, file.string()});
  return run(options);
}

/// Freireich et al. 1963, weeks of remission; as R's survival and every textbook have them.
std::string remissions() {
  std::string table = "drug,weeks,relapsed\n";
  for (const char* const week : {"1", "1", "2",  "2",  "3",  "4",  "4",  "5",  "5",  "8", "8",
                                 "8", "8", "11", "11", "12", "12", "15", "17", "22", "23"})
    table.append("placebo,").append(week).append(",1\n");
  for (const char* const week : {"6", "6", "6", "7", "10", "13", "16", "22", "23"})
    table.append("6-MP,").append(week).append(",yes\n");
  for (const char* const week : {"6", "9", "10", "11", "17", "19", "20", "25", "32", "32", "34", "35"})
    table.append("6-MP,").append(week).append(",no\n");
  return table;
}

const std::vector<std::string> columns{"--column", "variant=drug",   "--column",  "time=weeks",
                                       "--column", "ended=relapsed", "--control", "placebo"};

std::vector<std::string> with(std::vector<std::string> options, const std::vector<std::string>& more) {
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

TEST(Survival, TheFiguresOfTheTextbooks) {
  const Outcome outcome = told("survival", remissions(), with(columns, {"--json"}));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json document = json::parse(outcome.out);
  EXPECT_EQ(document["control"], "placebo");
  const json& treated = document["variants"][1];
  EXPECT_EQ(treated["customers"], 21);
  EXPECT_EQ(treated["ended"], 9);
  EXPECT_EQ(treated["median"]["time"], 23);
  EXPECT_NEAR(treated["curve"][0]["survival"].get<double>(), 0.857, 5e-4);  // Klein and Moeschberger, table 4.1A
  EXPECT_NEAR(treated["curve"][6]["survival"].get<double>(), 0.448, 5e-4);
  const json& result = document["results"][0];
  EXPECT_NEAR(std::log(result["hazard_ratio"]["ratio"].get<double>()), -1.572125, 1e-5);  // R: coxph, ties by Efron
  EXPECT_NEAR(std::pow(result["log_rank"]["z"].get<double>(), 2), 16.79, 0.005);
  EXPECT_LT(result["hazard_ratio"]["high"].get<double>(), 1);
}

TEST(Survival, IsToldInWords) {
  const Outcome outcome = told("survival", remissions(), columns);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("6-MP against placebo: leave at 0.208 times the rate"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("stay longer"), std::string::npos) << outcome.out;
}

TEST(Survival, StrataAreComparedWithinThemselves) {
  const std::string table =
      "time,ended,variant,stratum\n1,1,a,x\n2,1,b,x\n3,1,a,x\n4,0,b,x\n9,1,a,y\n7,1,b,y\n8,1,a,y\n5,true,b,y\n";
  const json whole = json::parse(told("survival", table, {"--json", "--column", "stratum=stratum"}).out);
  EXPECT_EQ(whole["variants"][0]["customers"], 4);
  EXPECT_EQ(whole["results"][0]["hazard_ratio"]["status"], "ok");
}

TEST(Survival, WhatIsWrongIsNamedWithItsRow) {
  const auto refused = [](const std::string& table, const std::string& what, std::vector<std::string> options = {}) {
    const Outcome outcome = told("survival", table, std::move(options));
    EXPECT_NE(outcome.exit_code, 0);
    EXPECT_NE(outcome.err.find(what), std::string::npos) << outcome.err;
  };
  refused("time,variant\n", "no column \"ended\"");
  refused("time,ended,variant\n-1,1,a\n", "row 1, column time: \"-1\" is negative");
  refused("time,ended,variant\n1,maybe,a\n", "row 1, column ended: \"maybe\"");
  refused("time,ended,variant\n1,1,\n", "row 1, column variant: \"\" is empty");
  refused("time,ended,variant\nsoon,1,a\n", "is not a number");
  refused("time,ended,variant,stratum\n1,1,a,\n", "column stratum: \"\" is empty");
  refused("time,ended,variant\n1,1,a\n", "fewer than two variants");
  refused("time,ended,variant\n1,1,a\n1,1,b\n", "no variant \"c\"", {"--control", "c"});
  refused("time,ended,variant\n", "is not what a table of stays says", {"--column", "tiem=time"});
  refused("time,ended,variant\n", "names no column", {"--column", "time"});
}

TEST(Survival, WithoutEndingsNothingIsComputable) {
  const Outcome outcome = told("survival", "time,ended,variant\n1,0,a\n2,0,b\n");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("not computable (no_data)"), std::string::npos) << outcome.out;
}

class Cdnow : public testing::Test {
 protected:
  void SetUp() override {
    if (shared_data().empty()) GTEST_SKIP() << "the shared data sets are not at hand";
  }
  static std::vector<std::string> command(const std::vector<std::string>& more) {
    const auto file = shared_data() / "data" / "cdnow-ltv" / "cdnow_transactions.csv.gz";
    return with({program(), "lifetime", file.string(), "--column", "customer=customer_id", "--column", "amount=spend",
                 "--until", "1997-09-30", "--horizon", "39w"},
                more);
  }
  static json expected() { return json::parse(std::ifstream(shared_data() / "data" / "cdnow-ltv" / "expected.json")); }
};

// Fader, Hardie and Lee 2005 and the data's own record; weeks from days, so within the .5 % of their rounding.
TEST_F(Cdnow, IsProjectedAsPublished) {
  const Outcome outcome = run(command({"--json"}));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const json found = json::parse(outcome.out);
  const json given = expected();
  EXPECT_EQ(found["customers"], given["customers"]);
  EXPECT_EQ(found["repeaters"], given["gamma_gamma_mle_on_repeat_buyers"]["customers"]);
  for (const char* const name : {"r", "alpha", "a", "b"}) {
    const double wanted = given["bg_nbd_mle"][name];
    EXPECT_NEAR(found["buying"][name].get<double>(), wanted, 0.005 * wanted) << name;
  }
  for (const char* const name : {"p", "q", "v"}) {
    const double wanted = given["gamma_gamma_mle_on_repeat_buyers"][name];
    EXPECT_NEAR(found["spending"][name].get<double>(), wanted, 0.005 * wanted) << name;
  }
  EXPECT_EQ(found["came"]["purchases"], given["holdout_transactions_1997-10-01_to_1998-06-30"]);
  EXPECT_NEAR(found["expected"]["purchases"].get<double>(), 1653.4, 10);  // lifetimes 0.11.3
}

TEST_F(Cdnow, IsToldInWords) {
  const Outcome outcome = run(command({}));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  for (const char* const words : {"until 1997-09-30   2,357 customers, 946 of them came back", "next 273 days",
                                  "came               1,882 purchases", "BG/NBD", "Gamma-Gamma"})
    EXPECT_NE(outcome.out.find(words), std::string::npos) << outcome.out;
}

TEST(Lifetime, VariantsAreProjectedEachForItself) {
  const Outcome outcome =
      told("lifetime",
           "customer,date,amount,variant\n1,2026-01-01,5,a\n1,2026-01-08T10:00:00Z,7,a\n2,2026-01-02,"
           "9,b\n2,2026-01-02,1,b\n",
           {"--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto end = outcome.out.find('\n');
  const json a = json::parse(outcome.out.substr(0, end));
  const json b = json::parse(outcome.out.substr(end));
  EXPECT_EQ(a["variant"], "a");
  EXPECT_EQ(a["repeaters"], 1);
  EXPECT_EQ(a["spent"], 12);
  EXPECT_EQ(b["purchases"], 1);  // two on one day are one
  EXPECT_EQ(b["buying"]["status"], "insufficient_data");
  EXPECT_TRUE(b["expected"]["purchases"].is_null());
}

TEST(Lifetime, WhatCannotBeProjectedIsSaidByName) {
  const Outcome outcome = told("lifetime", "customer,date\n1,2026-01-01\n2,2026-01-02\n");
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("not computable (insufficient_data)"), std::string::npos) << outcome.out;
  const Outcome early = told("lifetime", "customer,date\n1,2026-01-01\n", {"--until", "2025-01-01"});
  EXPECT_NE(early.out.find("nobody bought until 2025-01-01"), std::string::npos) << early.out;
}

TEST(Lifetime, WhatIsWrongIsNamedWithItsRow) {
  const auto refused = [](const std::string& table, const std::string& what, std::vector<std::string> options = {}) {
    const Outcome outcome = told("lifetime", table, std::move(options));
    EXPECT_NE(outcome.exit_code, 0);
    EXPECT_NE(outcome.err.find(what), std::string::npos) << outcome.err;
  };
  refused("customer\n", "no column \"date\"");
  refused("customer,date\n1,yesterday\n", "row 1, column date: \"yesterday\" is no date");
  refused("customer,date,amount\n1,2026-01-01,-3\n", "column amount: \"-3\" is negative");
  refused("customer,date,amount\n1,2026-01-01,much\n", "is not a number");
  refused("customer,date\n,2026-01-01\n", "column customer: \"\" is empty");
  refused("customer,date,variant\n1,2026-01-01,\n", "column variant: \"\" is empty");
  refused("customer,date,variant\n1,2026-01-01,a\n1,2026-01-02,b\n", "bought under another variant before");
  refused("customer,date\n1,2026-01-01\n", "is no date", {"--until", "soon"});
  refused("customer,date\n1,2026-01-01\n", "--horizon", {"--horizon", "long"});
  refused("customer,date\n1,2026-01-01\n", "less than a day", {"--horizon", "5m"});
}

}  // namespace
}  // namespace touchstone::e2e
