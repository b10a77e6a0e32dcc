#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sdk/wire/document_node.hpp"
#include "sdk/wire/vendor_json.hpp"

// Expected values: the vendors' own SDKs, one line of JSON per assignment.
namespace touchstone::wire {
namespace {

namespace fs = std::filesystem;

fs::path vectors_folder() {
  const char* const shared = std::getenv("TOUCHSTONE_SHARED");
  return fs::path(shared != nullptr ? shared : TOUCHSTONE_SOURCE_DIR "/../shared") / "vectors";
}

std::vector<fs::path> vector_files() {
  std::vector<fs::path> files;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(vectors_folder(), missing)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with("bucketing-") && name.ends_with(".jsonl")) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct Tally {
  int matched = 0;
  int total = 0;
  std::string first_difference;
};

/// Programs are compiled once per experiment, as an import would.
class Replay {
 public:
  void line(const Node& expected, Tally& tally) {
    ++tally.total;
    const auto given = variant(expected);
    if (given == expected["variant"])
      ++tally.matched;
    else if (tally.first_difference.empty())
      tally.first_difference = expected.dump() + " but got " + given.dump();
  }

 private:
  Node variant(const Node& line) {
    const auto& program = compiled(line);
    if (!program) return program.error().pointer + ": " + program.error().message;
    const auto given = assign::dialect::variant_of(*program, line["unit"].get<std::string>());
    if (!given) return nullptr;
    return line["variant"].is_string() ? Node(*given) : Node::parse(*given, nullptr, false);
  }

  const Result<assign::dialect::Program>& compiled(const Node& line) {
    const std::string vendor = line["vendor"];
    const std::string algorithm = line["algorithm"];
    const std::string encoding = line["encoding"];
    const auto json = line["experiment"].dump();
    const auto key = vendor + '\n' + algorithm + '\n' + encoding + '\n' + json;
    const auto known = programs_.find(key);
    if (known != programs_.end()) return known->second;
    return programs_.emplace(key, read_vendor_experiment(vendor, algorithm, encoding, json)).first->second;
  }

  std::map<std::string, Result<assign::dialect::Program>> programs_;
};

TEST(VendorVectors, AssignEveryUnitAsTheVendorDoes) {
  const auto files = vector_files();
  if (files.empty()) GTEST_SKIP() << "no vectors/bucketing-*.jsonl; set TOUCHSTONE_SHARED";
  std::map<std::string, Tally> vendors;
  for (const auto& file : files) {
    Replay replay;
    std::ifstream lines(file);
    for (std::string text; std::getline(lines, text);) {
      if (text.empty()) continue;
      const auto line = Node::parse(text);
      replay.line(line, vendors[line["vendor"]]);
    }
  }
  for (const auto& [vendor, tally] : vendors) {
    std::cout << vendor << ": " << tally.matched << " of " << tally.total << '\n';
    EXPECT_GT(tally.total, 0) << vendor;
    EXPECT_EQ(tally.matched, tally.total) << vendor << ": " << tally.first_difference;
  }
}

}  // namespace
}  // namespace touchstone::wire
