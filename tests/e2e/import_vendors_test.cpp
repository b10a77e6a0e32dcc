// Configurations of other vendors, imported by the built program while it serves, evaluated over HTTP beside what the
// vendors' own SDKs give for the same people. Expected values: tests/vectors/import, written by those SDKs.

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/program.hpp"
#include "tests/e2e/service.hpp"

namespace touchstone::e2e {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

class ImportVendors : public testing::TestWithParam<const char*> {
 protected:
  static json vectors() {
    std::ifstream file(fs::path(TOUCHSTONE_SOURCE_DIR) / "tests/vectors/import" / (std::string(GetParam()) + ".json"));
    return json::parse(file);
  }

  [[nodiscard]] Outcome import(const json& configuration) const {
    const auto file = folder_.path() / "configuration.json";
    std::ofstream(file) << configuration;
    return run({program(), "import", "--from", GetParam(), "--start", "--data", folder_.path() / "data", file});
  }

  TemporaryDirectory folder_;
  Service service_{folder_.path() / "data"};
};

/// Some vendors split by attributes: the same texts are the person's units of those types.
json question_about(const json& person) {
  json question = {{"units", json::array()}, {"attributes", person["attributes"]}, {"flags", json::array()}};
  const auto add_unit = [&](const std::string& type, const json& id) {
    question["units"].push_back({{"type", type}, {"id", id}});
  };
  add_unit("user", person["unit"]);
  for (const auto& [type, id] : person["units"].items()) add_unit(type, id);
  if (person["attributes"].contains("country")) add_unit("country", person["attributes"]["country"]);
  for (const auto& [flag, value] : person["gives"].items()) question["flags"].push_back(flag);
  return question;
}

TEST_P(ImportVendors, ARunningServiceGivesWhatTheVendorGives) {
  const auto vectors = ImportVendors::vectors();
  const auto imported = import(vectors["file"]);
  ASSERT_EQ(imported.exit_code, 0) << imported.out << imported.err;
  EXPECT_NE(imported.out.find(" 0 parts left out"), std::string::npos) << imported.out;
  for (const auto& person : vectors["cases"]) {
    const auto answer = json::parse(service_.must_post("/v1/evaluate", question_about(person).dump()).body);
    for (const auto& given : answer["evaluations"])
      EXPECT_EQ(given["value"], person["gives"][given["flag"].get<std::string>()]) << given << " for " << person;
    EXPECT_EQ(answer["evaluations"].size(), person["gives"].size());
  }
}

INSTANTIATE_TEST_SUITE_P(Vendors, ImportVendors,
                         testing::Values("launchdarkly", "planout-core", "planout-js", "posthog", "statsig"),
                         [](const auto& vendor) {
                           std::string name = vendor.param;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace touchstone::e2e
