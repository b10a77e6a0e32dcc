#include "tests/sdk/wire/growthbook_corpus.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace touchstone::wire {
namespace {

std::vector<std::filesystem::path> case_files() {
  const char* const shared = std::getenv("TOUCHSTONE_SHARED");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  const std::filesystem::path folder = shared != nullptr ? shared : TOUCHSTONE_SOURCE_DIR "/../shared";
  std::vector<std::filesystem::path> files;
  std::error_code missing;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "vectors", missing))
    if (entry.path().filename().string().starts_with("growthbook-cases") && entry.path().extension() == ".json")
      files.push_back(entry.path());
  return files;
}

}  // namespace

void GrowthBookCases::SetUp() {
  if (case_files().empty()) GTEST_SKIP() << "no vectors/growthbook-cases*.json; set TOUCHSTONE_SHARED";
}

std::vector<Node> GrowthBookCases::cases(const std::string& category) {
  std::vector<Node> all;
  for (const auto& path : case_files()) {
    std::ifstream file(path);
    const Node document = Node::parse(file);
    for (const auto& one : document.value(category, Node::array())) all.push_back(one);
  }
  std::cout << category << ": " << all.size() << " cases\n";
  return all;
}

/// A category that no test asks for would pass unseen.
TEST_F(GrowthBookCases, HaveNoOtherCategories) {
  const std::vector<std::string> known = {"specVersion",
                                          "evalCondition",
                                          "hash",
                                          "getBucketRange",
                                          "feature",
                                          "run",
                                          "chooseVariation",
                                          "inNamespace",
                                          "getEqualWeights",
                                          "decrypt",
                                          "stickyBucket",
                                          "urlRedirect",
                                          "getQueryStringOverride"};
  for (const auto& path : case_files()) {
    std::ifstream file(path);
    const Node document = Node::parse(file);
    for (const auto& [category, cases] : document.items())
      EXPECT_NE(std::find(known.begin(), known.end(), category), known.end()) << category;
  }
}

}  // namespace touchstone::wire
