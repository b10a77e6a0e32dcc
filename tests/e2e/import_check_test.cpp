// Another vendor's assignments replayed by the built program.

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/e2e/program.hpp"

namespace touchstone::e2e {
namespace {

std::string assignment(const std::string& variant) {
  return R"({"vendor":"configcat","category":"gates","experiment":{"key":"k","percentageOptions":)"
         R"([{"value":"a","percentage":100}]},"unit":"u","variant":")" +
         variant + "\"}\n";
}

class ImportCheck : public testing::Test {
 protected:
  Outcome check(const std::string& lines) {
    const auto file = folder_.path() / "assignments.jsonl";
    std::ofstream(file) << lines;
    return run({program(), "import-check", file.string()});
  }

 private:
  TemporaryDirectory folder_;
};

TEST_F(ImportCheck, CountsPerVendorAndCategory) {
  const auto outcome = check(assignment("a") + "\n" + assignment("a"));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "configcat: 2 of 2\n  gates: 2 of 2\nall: 2 of 2\n");
}

TEST_F(ImportCheck, OneDifferenceFailsAndIsShown) {
  const auto outcome = check(assignment("a") + assignment("b"));
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_NE(outcome.out.find("configcat: 1 of 2"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find(R"(:2: unit "u": expected "b", given "a")"), std::string::npos) << outcome.out;
}

TEST_F(ImportCheck, NothingToCheckIsNoSuccess) { EXPECT_EQ(check("").exit_code, 4); }

TEST_F(ImportCheck, ABrokenLineIsNamed) {
  const auto outcome = check(assignment("a") + "{\"vendor\":");
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_NE(outcome.err.find("assignments.jsonl:2:"), std::string::npos) << outcome.err;
}

TEST_F(ImportCheck, AMissingFileIsNotFound) { EXPECT_EQ(run({program(), "import-check", "/nowhere"}).exit_code, 3); }

TEST_F(ImportCheck, WarnsOfSchemesWhoseExperimentsCorrelate) {
  const auto outcome = check(
      R"({"vendor":"harness","experiment":{"key":"k","variations":[{"variation":"a","weight":100}]},"unit":"u","variant":"a"})"
      "\n");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_NE(outcome.out.find("all pairs of experiments correlate (phi 1.000)"), std::string::npos) << outcome.out;
}

TEST_F(ImportCheck, EveryVendorsOwnVectorsMatch) {
  const auto shared = shared_data();
  if (shared.empty()) GTEST_SKIP() << "no shared vectors; set TOUCHSTONE_SHARED";
  std::vector<std::string> command{program(), "import-check"};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(shared / "vectors"))
    if (entry.path().extension() == ".jsonl") command.push_back(entry.path().string());
  const auto outcome = run(command);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
}

}  // namespace
}  // namespace touchstone::e2e
