// `touchstone simulate` as a person uses it.

#include <array>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.hpp"
#include "tests/e2e/service.hpp"

namespace touchstone::e2e {
namespace {

Outcome simulated(std::vector<std::string> options) {
  options.insert(options.begin(), {program(), "simulate", "--repetitions", "200"});
  return run(options);
}

nlohmann::json document(std::vector<std::string> options) {
  options.emplace_back("--json");
  const Outcome told = simulated(options);
  EXPECT_EQ(told.exit_code, 0) << told.err;
  return nlohmann::json::parse(told.out);
}

TEST(SimulateCommand, TellsErrorPowerAndDuration) {
  const auto told = simulated({"--rate", "20%", "--change", "30%", "--per-day", "100", "--looks", "10"});
  ASSERT_EQ(told.exit_code, 0) << told.err;
  for (const auto* word : {"false alarm in ", "found       in ", "planned for 80 %", "wrong way", "days", "10 looks"})
    EXPECT_NE(told.out.find(word), std::string::npos) << told.out;
  EXPECT_EQ(told.err, "") << "no progress is drawn where nobody looks";
}

// Plans of sample-size are kept: .8 and 4.5 standard errors of 200 courses, .127.
TEST(SimulateCommand, KeepsWhatSampleSizePromises) {
  const auto made = document({"--rate", "20%", "--change", "30%", "--method", "fixed-horizon"});
  EXPECT_NEAR(made["with_change"]["power"]["value"].get<double>(), 0.8, 0.127);
  EXPECT_NEAR(made["without_change"]["false_alarms"]["value"].get<double>(), 0.05, 0.07);
  EXPECT_GT(made["with_change"]["power"]["se"].get<double>(), 0);
  EXPECT_EQ(made["with_change"]["units_at_decision"]["value"], made["units"]);
}

TEST(SimulateCommand, IsTheSameOnAnyNumberOfThreads) {
  const std::vector<std::string> options{"--mean", "10", "--deviation", "20", "--units", "500", "--difference", "4"};
  auto one = options;
  one.insert(one.end(), {"--threads", "1"});
  auto three = options;
  three.insert(three.end(), {"--threads", "3"});
  EXPECT_EQ(document(one), document(three));
  three.insert(three.end(), {"--seed", "8"});
  EXPECT_NE(document(one)["with_change"], document(three)["with_change"]);
}

TEST(SimulateCommand, PlaysTheUnitsOfAFile) {
  const TemporaryDirectory directory;
  const auto path = (directory.path() / "customers.csv").string();
  std::ofstream file(path);
  file << "bought,spent\n";
  for (int row = 0; row < 600; ++row) file << (row % 5 == 0 ? "1,12.5\n" : "0,0\n");
  file.close();
  const auto made = document({path, "--metric", "bought:proportion", "--change", "60%"});
  EXPECT_EQ(made["source"], "past");
  EXPECT_EQ(made["units"], 600);
  EXPECT_NEAR(made["mean"].get<double>(), 0.2, 1e-12);
  EXPECT_LE(made["without_change"]["false_alarms"]["value"].get<double>(), 0.05 + 0.07);
  EXPECT_GT(made["with_change"]["power"]["value"].get<double>(), 0.5);
  EXPECT_EQ(document({path, "--metric", "spent:sum", "--units", "900"})["units"], 900);
}

std::string now() {
  const std::time_t at = std::time(nullptr) + 1;  // whole seconds: not before the start
  std::tm parts{};
  gmtime_r(&at, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%FT%TZ", &parts)};
}

/// 300 units in each of two variants, of whom a fifth bought.
void run_experiment(Service& service) {
  service.must_post("/v1/metrics", R"({"key":"paid","kind":"proportion","event":"buy"})");
  service.must_post("/v1/experiments?start",
                    R"({"key":"e","variants":[{"key":"a"},{"key":"b"}],"exposure":"client","plan":{"metrics":)"
                    R"([{"metric":"paid"}],"smallest_effect":0.5,"horizon":{"units":900}}})");
  const std::string head = R"([{"ts":")" + now() + R"(",)";
  const std::string next = ",{" + head.substr(2);
  std::string events;
  for (int i = 0; i < 600; ++i) {
    const auto unit = "u" + std::to_string(i);
    events += (i == 0 ? head : next) + R"("id":"x)" + unit + R"(","type":"exposure","unit":")" + unit +
              R"(","experiment":"e","variant":")" + (i % 2 == 0 ? "a" : "b") + R"("})";
    if (i % 10 < 2) events += next + R"("id":"b)" + unit + R"(","type":"event","unit":")" + unit + R"(","name":"buy"})";
  }
  events += "]";
  service.must_post("/v1/events", events);
}

TEST(SimulateCommand, PlaysThePlanOfAnExperimentOnAModelOrOnItsOwnPast) {
  const TemporaryDirectory data;
  Service service(data.path());
  run_experiment(service);
  const std::vector<std::string> like{"--like", "e", "--data", data.path().string()};
  auto past = like;
  past.emplace_back("--past");
  for (const auto& options : {like, past}) {
    const auto made = document(options);
    EXPECT_EQ(made["units"], 900);
    EXPECT_NEAR(made["mean"].get<double>(), 0.2, 1e-12);
    EXPECT_NEAR(made["with_change"]["difference"].get<double>(), 0.1, 1e-12);
    EXPECT_GT(made["with_change"]["power"]["value"].get<double>(), 0.6);
  }
  EXPECT_EQ(document(past)["source"], "past");
  EXPECT_NE(simulated({"--past", "--units", "100"}).err.find("--like"), std::string::npos);
  EXPECT_EQ(simulated({"--like", "nothing", "--data", data.path().string()}).exit_code, 3);
}

TEST(SimulateCommand, PlaysThePlanOfADocument) {
  const TemporaryDirectory data;
  const auto file = (data.path() / "checkout.json").string();
  std::ofstream(file)
      << R"({"key":"checkout","variants":[{"key":"a","weight":800000},{"key":"b","weight":200000}],"plan":)"
         R"({"metrics":[{"metric":"paid"}],"alpha":0.1,"smallest_effect":0.5,"horizon":{"units":900}}})";
  const auto played = document({"--plan", file, "--rate", "20%"});
  EXPECT_EQ(played["units"], 900);
  EXPECT_NEAR(played["with_change"]["difference"].get<double>(), 0.1, 1e-12);
  const auto same = document({"--split", "800000,200000", "--alpha", "0.1", "--change", "50%", "--units", "900",
                              "--goals", "1", "--method", "always-valid", "--rate", "20%"});
  EXPECT_EQ(played, same) << "the same plan, said by options";
  EXPECT_NE(document({"--plan", file, "--rate", "20%", "--alpha", "0.01"}), played) << "an option goes before it";
  std::ofstream(file) << R"({"key":"checkout","variants":[{"key":"a"},{"key":"b"}],"plan":{"alpha":7}})";
  const auto wrong = simulated({"--plan", file, "--rate", "20%"});
  EXPECT_NE(wrong.exit_code, 0);
  EXPECT_NE(wrong.err.find("/plan/alpha"), std::string::npos) << wrong.err;
  EXPECT_EQ(simulated({"--plan", file + ".none", "--rate", "20%"}).exit_code, 3);
}

TEST(SimulateCommand, NamesTheOptionThatIsWrong) {
  EXPECT_NE(simulated({}).err.find("--rate"), std::string::npos);
  EXPECT_NE(simulated({"--rate", "5%", "--units", "100", "--ramp", "95"}).err.find("--ramp"), std::string::npos);
  EXPECT_NE(simulated({"--rate", "5%", "--units", "100", "--ramp", "1,2,3:5%"}).err.find("3 weights for 2"),
            std::string::npos);
  EXPECT_NE(simulated({"--rate", "60%", "--units", "100", "--change", "90%"}).err.find("--change"), std::string::npos);
  EXPECT_NE(simulated({"--mean", "1", "--deviation", "1", "--units", "100", "--paying", "5%"}).err.find("zeros"),
            std::string::npos);
  EXPECT_NE(simulated({"nowhere.csv", "--metric", "a:sum"}).exit_code, 0);
}

}  // namespace
}  // namespace touchstone::e2e
