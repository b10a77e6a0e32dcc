// The demo as a user starts it: each planted experiment reaches the verdict that it deserves, and customers keep
// coming.

#include <csignal>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "service/http/client.hpp"
#include "service/simulate/planted.hpp"
#include "tests/e2e/program.hpp"

namespace touchstone::e2e {
namespace {

std::string shop_in(const TemporaryDirectory& folder) { return (folder.path() / "shop").string(); }

nlohmann::json report_on(const std::string& experiment, const std::string& shop) {
  const Outcome outcome = run({program(), "report", experiment, "--json", "--data", shop});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return nlohmann::json::parse(outcome.out);
}

void expect_planted_verdicts(const std::string& seed, const std::string& customers) {
  const TemporaryDirectory folder;
  const auto shop = shop_in(folder);
  const Outcome outcome = run({program(), "demo", "--exit", "--seed", seed, "--customers", customers, "--keep", shop,
                               "--listen", "127.0.0.1:0"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  for (const auto& planted : simulate::planted_experiments())
    EXPECT_EQ(report_on(std::string(planted.key), shop).at("verdict").at("code"), planted.verdict) << planted.key;
}

TEST(Demo, EveryExperimentReachesItsVerdict) { expect_planted_verdicts("7", "50000"); }

TEST(Demo, AnotherSeedReachesThemToo) { expect_planted_verdicts("11", "40000"); }

class SmallDemo : public testing::Test {
 protected:
  static Process served(const std::string& shop) {
    return Process({program(), "demo", "--customers", "500", "--keep", shop, "--listen", "127.0.0.1:0"});
  }

  const TemporaryDirectory folder_;
  const std::string shop_ = shop_in(folder_);
};

TEST_F(SmallDemo, CustomersKeepComing) {
  Process demo = served(shop_);
  demo.wait_for(std::regex("Touchstone serves"));
  const auto units = [&] { return report_on("recommender", shop_).at("counts").at("units").get<int>(); };
  const int before = units();
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (units() < before + 3) ASSERT_LT(std::chrono::steady_clock::now(), until) << "nobody came";
  demo.signal(SIGTERM);
  EXPECT_EQ(demo.wait(), 0);
}

TEST_F(SmallDemo, AKeptShopOpensAgain) {
  const std::vector<std::string> command{program(), "demo", "--exit",   "--customers", "500",
                                         "--keep",  shop_,  "--listen", "127.0.0.1:0"};
  ASSERT_EQ(run(command).exit_code, 0);
  const auto units = report_on("hero-image", shop_).at("counts").at("units");
  const Outcome again = run(command);
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_NE(again.out.find("the shop that was kept"), std::string::npos) << again.out;
  EXPECT_EQ(report_on("hero-image", shop_).at("counts").at("units"), units);
}

TEST_F(SmallDemo, LeavesOtherDataAlone) {
  ASSERT_EQ(run({program(), "keys", "create", "--kind", "admin", "--data", shop_}).exit_code, 0);
  const Outcome refused = run({program(), "demo", "--exit", "--keep", shop_, "--listen", "127.0.0.1:0"});
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_NE(refused.err.find("Name a new folder"), std::string::npos) << refused.err;
}

TEST_F(SmallDemo, TellsTheTruthWhereItIsAskedFor) {
  ASSERT_EQ(
      run({program(), "demo", "--exit", "--customers", "500", "--keep", shop_, "--listen", "127.0.0.1:0"}).exit_code,
      0);
  const auto report = [&](std::vector<std::string> further) {
    std::vector<std::string> command{program(), "report", "coupon-popup", "--data", shop_};
    command.insert(command.end(), further.begin(), further.end());
    return run(command).out;
  };
  EXPECT_EQ(report({}).find("Simulated truth"), std::string::npos);
  EXPECT_NE(report({"--truth"}).find("Simulated truth: 6 % more purchases"), std::string::npos);
}

}  // namespace
}  // namespace touchstone::e2e
