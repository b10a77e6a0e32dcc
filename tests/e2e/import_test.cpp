// Another vendor's configuration, imported by the built program into a directory that is then served.

#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/e2e/program.hpp"

namespace touchstone::e2e {
namespace {

constexpr const char* features = R"({"features":{
  "price":{"defaultValue":10,"rules":[
    {"force":5,"coverage":0.3,"seed":"roll","hashVersion":2},
    {"key":"price-test","hashVersion":2,"variations":[10,12]}]},
  "old":{"defaultValue":false,"rules":[{"variations":[false,true]}]},
  "strange":{"defaultValue":1,"rules":[{"force":2,"contextualBandit":{}}]}}})";

class Import : public testing::Test {
 protected:
  Outcome import(const std::vector<std::string>& more) {
    const auto file = folder_.path() / "features.json";
    std::ofstream(file) << features;
    std::vector<std::string> command{program(), "import", "--from", "growthbook", "--data", data(), file.string()};
    command.insert(command.end(), more.begin(), more.end());
    return run(command);
  }

  [[nodiscard]] std::string data() const { return (folder_.path() / "data").string(); }

 private:
  TemporaryDirectory folder_;
};

TEST_F(Import, SaysWhatItCarriesWhatToLookAtAndWhatIsLeftOut) {
  const auto outcome = import({"--dry-run"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("growthbook: 2 flags, 2 experiments, 1 parts left out"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("feature old, rule 1: uses GrowthBook's first hash"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("feature strange: a rule has the member contextualBandit"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(data()));
}

TEST_F(Import, WhatItCreatesIsServed) {
  const auto outcome = import({"--start"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  const auto key = run({program(), "keys", "create", "--kind", "admin", "--data", data()});
  ASSERT_EQ(key.exit_code, 0) << key.err;
  Process server({program(), "serve", "--data", data(), "--listen", "127.0.0.1:0"});
  const auto port = server.wait_for(std::regex(R"(http://127\.0\.0\.1:(\d+))"));
  const auto token = key.out.substr(0, key.out.find('\n'));
  const auto answer = run({"curl", "-s", "-H", "Authorization: Bearer " + token,
                           "http://127.0.0.1:" + port + "/v1/explain?flag=price&unit=someone"});
  EXPECT_NE(answer.out.find("\"steps\":[{"), std::string::npos) << answer.out;
  EXPECT_NE(answer.out.find("\"experiment\":\"price-test\""), std::string::npos) << answer.out;
}

TEST_F(Import, AnUnknownVendorIsRefused) {
  const auto outcome = run({program(), "import", "--from", "nobody", "/dev/null"});
  EXPECT_NE(outcome.exit_code, 0);
}

}  // namespace
}  // namespace touchstone::e2e
