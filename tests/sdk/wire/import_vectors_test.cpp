// Configurations of other vendors, imported, beside what the vendors' own SDKs give for the same people. Expected
// values: tests/vectors/import, written by those SDKs.

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "assign/decide.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import.hpp"

namespace touchstone::wire {
namespace {

class ImportVectors : public testing::TestWithParam<const char*> {
 protected:
  static Node vectors() {
    std::ifstream file(std::filesystem::path(TOUCHSTONE_SOURCE_DIR) / "tests/vectors/import" /
                       (std::string(GetParam()) + ".json"));
    return Node::parse(file);
  }
};

/// A person of a case, whose texts live as long as the case.
struct Person {
  explicit Person(const Node& from) {
    units.push_back({"user", from["unit"].get_ref<const std::string&>()});
    for (const auto& [type, id] : from["units"].items()) units.push_back({type, id.get_ref<const std::string&>()});
    for (const auto& [name, value] : from["attributes"].items()) {
      attributes.push_back({name, value_of(value)});
      if (value.is_string()) units.push_back({name, value.get_ref<const std::string&>()});
    }
  }

  static assign::Value value_of(const Node& value) {
    if (value.is_number()) return value.get<double>();
    if (value.is_boolean()) return value.get<bool>();
    return std::string_view(value.get_ref<const std::string&>());
  }

  [[nodiscard]] assign::Subject view() const { return {units, attributes, {}}; }

  std::vector<assign::Unit> units;
  std::vector<assign::Attribute> attributes;
};

TEST_P(ImportVectors, EveryPersonGetsWhatTheVendorGives) {
  const auto vectors = ImportVectors::vectors();
  const auto imported = import_configuration(GetParam(), vectors["file"].dump());
  ASSERT_TRUE(imported) << imported.error().message;
  for (const auto& note : imported->left_out) ADD_FAILURE() << note.where << ": " << note.what;
  const auto snapshot = assign::Snapshot::compile(snapshot_of(*imported));
  ASSERT_TRUE(snapshot) << snapshot.error().pointer << ": " << snapshot.error().message;
  ASSERT_GE(vectors["cases"].size(), 100U);
  for (const auto& test : vectors["cases"]) {
    const Person person(test);
    for (const auto& [flag, value] : test["gives"].items()) {
      const auto decision = assign::decide(**snapshot, flag, person.view());
      EXPECT_EQ(Node::parse(decision.value, nullptr, false), value) << flag << " of " << test.dump();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Vendors, ImportVectors,
                         testing::Values("launchdarkly", "planout-core", "planout-js", "posthog", "statsig"),
                         [](const auto& vendor) {
                           std::string name = vendor.param;
                           std::erase(name, '-');
                           return name;
                         });

}  // namespace
}  // namespace touchstone::wire
