#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sdk/wire/replay.hpp"

// Expected values: the vendors' own SDKs, one line of JSON per assignment.
namespace touchstone::wire {
namespace {

namespace fs = std::filesystem;

fs::path vectors_folder() {
  const char* const shared = std::getenv("TOUCHSTONE_SHARED");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return fs::path(shared != nullptr ? shared : TOUCHSTONE_SOURCE_DIR "/../shared") / "vectors";
}

std::vector<fs::path> vector_files() {
  std::vector<fs::path> files;
  std::error_code missing;
  for (const auto& entry : fs::recursive_directory_iterator(vectors_folder(), missing))
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

struct Tally {
  int matched = 0;
  int total = 0;
  std::string first_difference;
};

TEST(VendorVectors, AssignEveryUnitAsTheVendorDoes) {
  const auto files = vector_files();
  if (files.empty()) GTEST_SKIP() << "no vectors/*.jsonl; set TOUCHSTONE_SHARED";
  std::map<std::string, Tally> categories;
  for (const auto& file : files) {
    Replay replay;
    std::ifstream lines(file);
    for (std::string text; std::getline(lines, text);) {
      if (text.empty()) continue;
      const auto replayed = replay.line(text);
      ASSERT_TRUE(replayed) << file << ": " << replayed.error().message << " in " << text;
      auto& tally = categories[replayed->vendor + ", " + replayed->category];
      ++tally.total;
      tally.matched += int{replayed->matched};
      if (tally.first_difference.empty()) tally.first_difference = replayed->difference;
    }
  }
  for (const auto& [category, tally] : categories) {
    std::cout << category << ": " << tally.matched << " of " << tally.total << '\n';
    EXPECT_EQ(tally.matched, tally.total) << category << ": " << tally.first_difference;
  }
}

constexpr const char* same =
    R"({"vendor":"configcat","experiment":{"key":"k","percentageOptions":[{"value":"a","percentage":100}]},)"
    R"("unit":"u","variant":"a"})";

TEST(Replay, WithoutAlgorithmOrEncodingUsesTheVendorsOwn) {
  const auto replayed = Replay().line(same);
  ASSERT_TRUE(replayed) << replayed.error().message;
  EXPECT_TRUE(replayed->matched) << replayed->difference;
}

TEST(Replay, TellsWhatDiffers) {
  std::string other = same;
  other.replace(other.rfind("\"a\""), 3, "\"b\"");
  const auto replayed = Replay().line(other);
  ASSERT_TRUE(replayed) << replayed.error().message;
  EXPECT_FALSE(replayed->matched);
  EXPECT_EQ(replayed->difference, R"(unit "u": expected "b", given "a")");
}

TEST(Replay, AnExperimentThatCannotBeReadIsAMismatch) {
  const auto replayed = Replay().line(R"({"vendor":"nobody","experiment":{},"unit":"u","variant":"a"})");
  ASSERT_TRUE(replayed) << replayed.error().message;
  EXPECT_FALSE(replayed->matched);
  EXPECT_NE(replayed->difference.find("unknown vendor"), std::string::npos) << replayed->difference;
}

TEST(Replay, RefusesALineThatIsNoAssignment) {
  EXPECT_FALSE(Replay().line("{"));
  const auto refused = Replay().line(R"({"vendor":"vwo","experiment":{},"variant":null})");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("unit"), std::string::npos) << refused.error().message;
}

}  // namespace
}  // namespace touchstone::wire
