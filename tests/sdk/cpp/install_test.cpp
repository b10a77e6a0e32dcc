// What somebody else does who has installed the SDK: find_package, link, run.

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.hpp"
#include "tests/e2e/service.hpp"

namespace touchstone::e2e {
namespace {

void must(const std::vector<std::string>& command) {
  const Outcome outcome = run(command);
  ASSERT_EQ(outcome.exit_code, 0) << command.front() << ' ' << command[1] << '\n' << outcome.out << outcome.err;
}

TEST(SdkInstalled, TheExampleIsBuiltFromWhatWasInstalledAndRuns) {
  const TemporaryDirectory directory;
  const auto prefix = (directory.path() / "prefix").string();
  const auto build = (directory.path() / "build").string();
  const auto example = std::string(TOUCHSTONE_SOURCE_DIR) + "/sdk/cpp/example";
  must({TOUCHSTONE_CMAKE, "--install", TOUCHSTONE_BINARY_DIR, "--component", "sdk", "--prefix", prefix});
  must({TOUCHSTONE_CMAKE, "-G", "Ninja", "-S", example, "-B", build, "-DCMAKE_PREFIX_PATH=" + prefix,
        "-DCMAKE_BUILD_TYPE=Debug"});
  must({TOUCHSTONE_CMAKE, "--build", build});

  Service service(directory.path() / "data");
  service.must_post("/v1/metrics", R"({"key": "purchase", "kind": "proportion", "event": "purchase"})");
  service.must_post("/v1/experiments?start",
                    R"({"key": "checkout", "variants": [{"key": "control"}, {"key": "one-page"}],)"
                    R"( "plan": {"metrics": [{"metric": "purchase"}]}})");
  const auto ran =
      run({build + "/shop", "http://127.0.0.1:" + std::to_string(service.port()), service.key(), "c1", "c2"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_NE(ran.out.find("c1: "), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("(SPLIT)"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("4 stored"), std::string::npos) << ran.out;
  const auto report = nlohmann::json::parse(service.must_get("/v1/experiments/checkout/report").body);
  EXPECT_EQ(report.at("counts").at("units"), 2);
}

}  // namespace
}  // namespace touchstone::e2e
