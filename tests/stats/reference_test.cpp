#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/stats/reference/comparison.hpp"
#include "tests/stats/reference/table.hpp"
#include "tests/stats/shared_data.hpp"

namespace touchstone::stats::reference {
namespace {

using nlohmann::json;

constexpr std::size_t shown_differences = 12;

bool is_table(const std::filesystem::path& path) {
  return path.extension() == ".json" && path.filename().string().rfind("simulation_anchors", 0) != 0;
}

std::vector<std::filesystem::path> tables(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (is_table(entry.path())) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// How many rows of a table miss their reference.
std::size_t failed_rows(const json& table, Answer answer) {
  std::size_t failed = 0;
  std::size_t shown = 0;
  for (const json& row : table.at("rows")) {
    const std::vector<std::string> missed = differences(table.at("header"), row, answer(row));
    failed += missed.empty() ? 0 : 1;
    for (const std::string& line : missed) {
      if (shown++ < shown_differences) std::cout << "    " << line << '\n';
    }
  }
  return failed;
}

// Every table of the shared references, every row, within the tolerance of the table's own header.
TEST(stats_reference, every_row_of_every_table) {
  const std::filesystem::path folder = shared_data() / "reference" / "stats";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no reference tables in " << folder;
  std::size_t run = 0;
  for (const std::filesystem::path& path : tables(folder)) {
    const json table = json::parse(std::ifstream(path));
    const std::string name = table.at("header").at("table");
    const std::size_t rows = table.at("rows").size();
    const Answer answer = answer_for(name);
    if (answer == nullptr) {
      std::cout << name << ": not implemented, " << rows << " rows\n";
      continue;
    }
    const std::size_t failed = failed_rows(table, answer);
    std::cout << name << ": " << rows << " rows run, " << failed << " failed\n";
    EXPECT_EQ(failed, 0U) << name;
    run += rows;
  }
  std::cout << run << " rows run in all\n";
  EXPECT_GT(run, 0U);
}

}  // namespace
}  // namespace touchstone::stats::reference
