// What the README tells a stranger to type, typed.

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.hpp"

namespace touchstone::e2e {
namespace {

std::vector<std::string> shell_blocks() {
  std::ifstream in(std::filesystem::path(TOUCHSTONE_SOURCE_DIR) / "README.md");
  std::vector<std::string> blocks;
  bool inside = false;
  for (std::string line; std::getline(in, line);) {
    if (line == "```sh") {
      inside = true;
      blocks.emplace_back();
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string free_port() {
  const TemporaryDirectory data;
  Process server({program(), "serve", "--data", data.path().string(), "--listen", "127.0.0.1:0"});
  return server.wait_for(std::regex(R"(http://127\.0\.0\.1:(\d+))"));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

class Readme : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(blocks_.size(), 10U) << "the README has other commands than this test knows";
    std::filesystem::create_directory(folder_.path() / "bin");
    std::filesystem::create_symlink(program(), folder_.path() / "bin" / "touchstone");
  }

  Outcome type(const std::string& script) {
    const std::string all = "set -eu\ncd '" + folder_.path().string() + "'\nPATH=\"$PWD/bin:$PATH\"\n" + script;
    return run({"bash", "-c", all});
  }

  const std::vector<std::string> blocks_ = shell_blocks();
  TemporaryDirectory folder_;
};

TEST_F(Readme, NamesCommandsThatDevHas) {
  const Outcome listed = run({(std::filesystem::path(TOUCHSTONE_SOURCE_DIR) / "dev").string()});
  ASSERT_EQ(listed.exit_code, 0);
  for (const auto& line : lines_of(blocks_[0]))
    EXPECT_NE(listed.out.find(line.substr(0, 10)), std::string::npos) << line;
}

TEST_F(Readme, OwnExperimentInFiveRequests) {
  ASSERT_LE(lines_of(blocks_[2]).size(), 5U);
  const std::string port = free_port();
  const std::string wait = "curl -s -o health --retry 40 --retry-connrefused --retry-delay 1 localhost:8080/healthz\n";
  std::string script = blocks_[1] + "trap 'kill %1; wait' EXIT\n" + wait;
  int number = 0;
  for (const auto& line : lines_of(blocks_[2])) script += line + " -f > answer" + std::to_string(number++) + "\n";
  script += "touchstone report checkout --data my-shop\n" + blocks_[7];
  const Outcome outcome = type(replaced(script, "8080", port));
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err << outcome.out;
  EXPECT_NE(outcome.out.find("checkout"), std::string::npos);
  EXPECT_NE(outcome.out.find("recomputed from the journal, and the same"), std::string::npos) << outcome.out;

  const auto answer = [&](int i) {
    std::ifstream in(folder_.path() / ("answer" + std::to_string(i)));
    return nlohmann::json::parse(in);
  };
  EXPECT_EQ(answer(1).at("state"), "running");
  EXPECT_EQ(answer(2).at("reason"), "SPLIT");
  EXPECT_EQ(answer(3).at("stored"), 1);
  EXPECT_EQ(answer(4).at("experiment"), "checkout");
  EXPECT_EQ(answer(4).at("ledger").at("refused"), 0);
}

TEST_F(Readme, JudgesFiles) {
  std::ofstream log(folder_.path() / "events.ndjson");
  std::ofstream table(folder_.path() / "customers.csv");
  table << "customer,group,bought,spend\n";
  for (int i = 0; i < 200; ++i) {
    const std::string unit = std::to_string(i);
    log << R"({"type":"exposure","unit":")" << unit << R"(","experiment":"checkout","variant":")"
        << (i % 2 == 0 ? "control" : "b") << R"(","ts":"2026-01-01T00:00:00Z"})"
        << "\n";
    if (i % 5 == 0)
      log << R"({"type":"event","name":"purchase","unit":")" << unit << R"(","ts":"2026-01-01T01:00:00Z"})"
          << "\n";
    table << unit << (i % 2 == 0 ? ",A," : ",B,") << i % 3 % 2 << "," << i % 7 << "\n";
  }
  log.close();
  table.close();
  const Outcome outcome = type(blocks_[3]);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("Can we believe it?"), std::string::npos);
}

TEST_F(Readme, JudgesTotals) {
  std::ofstream(folder_.path() / "arms.csv") << "variant,visitors,orders\ncontrol,5000,500\nb,5000,700\n";
  const Outcome outcome = type(blocks_[4]);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("higher"), std::string::npos) << outcome.out;
}

TEST_F(Readme, SaysHowManyUnitsAnExperimentNeeds) {
  const Outcome outcome = type(blocks_[5]);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("from 4.2 % to 4.41 %"), std::string::npos) << outcome.out;
}

TEST_F(Readme, FollowsCustomersOverTime) {
  std::ofstream stays(folder_.path() / "customers.csv");
  std::ofstream purchases(folder_.path() / "purchases.csv");
  stays << "variant,months,cancelled\n";
  purchases << "customer,date,amount\n";
  for (int i = 0; i < 200; ++i) {
    stays << (i % 2 == 0 ? "control," : "b,") << 1 + i % 12 + (i % 2) * (i % 5) << "," << (i % 3 == 0 ? 0 : 1) << "\n";
    for (int day = i % 28; day < 28; day += 3 + i % 11)
      purchases << i << ",2026-02-" << (day < 9 ? "0" : "") << day + 1 << "," << 5 + i % 9 << "\n";
  }
  stays.close();
  purchases.close();
  const Outcome outcome = type(blocks_[6]);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("b against control"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("next 182 days"), std::string::npos) << outcome.out;
}

TEST_F(Readme, PlaysAPlan) {
  std::ofstream(folder_.path() / "customers.csv") << "bought\n1\n0\n0\n1\n0\n0\n0\n0\n0\n0\n";
  const Outcome outcome = type(blocks_[8]);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("false alarm in"), std::string::npos) << outcome.out;
}

TEST_F(Readme, BringsFilesIn) {
  std::ofstream(folder_.path() / "purchases.csv") << "customer,date,amount\nc1,2026-01-01,9.5\nc2,2026-01-02,3\n";
  std::ofstream(folder_.path() / "customers.csv") << "customer,date,plan\nc1,2024-01-01,pro\n";
  const Outcome outcome = type(blocks_[9]);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("--map 'amount=value'"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("2 events sent = 2 stored"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("segment vip: 1 units"), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace touchstone::e2e
