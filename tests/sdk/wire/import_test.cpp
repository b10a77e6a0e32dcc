#include "sdk/wire/import.hpp"

#include <array>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "assign/decide.hpp"
#include "assign/growthbook/evaluator.hpp"
#include "sdk/wire/document_node.hpp"
#include "tests/sdk/wire/growthbook_corpus.hpp"

namespace touchstone::wire {
namespace {

using assign::Attribute;
using assign::Subject;
using assign::Unit;

std::shared_ptr<const assign::Snapshot> compiled(const Imported& imported) {
  auto snapshot = assign::Snapshot::compile(snapshot_of(imported));
  if (!snapshot) throw std::runtime_error(snapshot.error().pointer + ": " + snapshot.error().message);
  return *snapshot;
}

Imported imported(std::string_view vendor, const Node& file) {
  auto result = import_configuration(vendor, file.dump());
  if (!result) throw std::runtime_error(result.error().message);
  return *std::move(result);
}

std::string value_for(const assign::Snapshot& snapshot, std::string_view flag, std::string_view user,
                      std::vector<Attribute> attributes = {}) {
  const Unit unit{"user", user};
  return std::string(assign::decide(snapshot, flag, Subject{{&unit, 1}, attributes, {}}).value);
}

/// A GrowthBook context's plain attributes; nothing where one has no form here.
bool plain(const Node& attributes) {
  for (const auto& [name, value] : attributes.items())
    if (value.is_object() || value.is_array() || value.is_null()) return false;
  return true;
}

struct Person {
  explicit Person(const Node& from) {
    texts.reserve(2 * from.size());
    for (const auto& [name, value] : from.items()) add(name, value);
  }

  void add(const std::string& name, const Node& value) {
    const auto keep = [this](std::string text) -> std::string_view { return texts.emplace_back(std::move(text)); };
    const auto key = keep(name);
    const auto text = keep(value.is_string() ? value.get<std::string>() : value.dump());
    units.push_back({key == "id" ? std::string_view("user") : key, text});
    if (value.is_boolean())
      attributes.push_back({key, value.get<bool>()});
    else if (value.is_number())
      attributes.push_back({key, value.get<double>()});
    else
      attributes.push_back({key, text});
  }

  [[nodiscard]] Subject view() const { return {units, attributes, {}}; }

  std::vector<std::string> texts;
  std::vector<Unit> units;
  std::vector<Attribute> attributes;
};

// Expected values: GrowthBook's own corpus; what an import says it cannot carry is counted, never wrong.
TEST_F(GrowthBookCases, ImportedFeaturesGiveWhatGrowthBookGives) {
  int carried = 0;
  int left_out = 0;
  for (const auto& test : cases("feature")) {
    const auto& context = test[1];
    if (!context.contains("features") || !plain(context.value("attributes", Node::object()))) continue;
    const auto result = imported("growthbook", context);
    const std::string flag = test[2];
    const bool gated = test[3]["source"] == "prerequisite";
    if (!result.flags.contains(flag) || gated) {
      EXPECT_FALSE(result.left_out.empty() && result.warnings.empty() && !gated && context["features"].contains(flag))
          << test;
      ++left_out;
      continue;
    }
    const auto snapshot = assign::Snapshot::compile(snapshot_of(result));
    if (!snapshot) {
      EXPECT_EQ(snapshot.error().message, "its prerequisites lead back to itself") << test;
      continue;
    }
    const Person person(context.value("attributes", Node::object()));
    const auto decision = assign::decide(**snapshot, flag, person.view());
    EXPECT_EQ(Node::parse(decision.value), test[3]["value"]) << test;
    ++carried;
  }
  std::cout << carried << " carried, " << left_out << " left out or unknown\n";
  EXPECT_GT(carried, left_out);
}

Node growthbook_file() {
  return Node::parse(R"({"features":{
    "price":{"defaultValue":10,"rules":[
      {"condition":{"$and":[{"country":"DE"},{"id":{"$inGroup":"staff"}}]},"force":1},
      {"force":5,"coverage":0.3,"hashAttribute":"id","seed":"roll","hashVersion":2},
      {"key":"price-test","variations":[10,12,15],"weights":[0.4,0.3,0.3],"coverage":0.8,"hashVersion":2,
       "filters":[{"seed":"layer","ranges":[[0,0.7]]}],"meta":[{"key":"a"},{"key":"b"},{"key":"c"}]}]},
    "old":{"defaultValue":false,"rules":[{"variations":[false,true],"namespace":["n",0,0.5]}]},
    "child":{"defaultValue":"x","rules":[{"parentConditions":[{"id":"old","condition":{"value":true}}],"force":"y"}]},
    "strange":{"defaultValue":1,"rules":[{"force":2,"contextualBandit":{}}]}},
    "savedGroups":{"staff":["u7","u8"]},
    "experiments":[{"key":"red-button","variations":[{},{}]}]})");
}

/// GrowthBook's own answer, by the evaluator that passes its corpus.
Node growthbook_says(const Node& file, const std::string& feature, const std::string& user,
                     const std::string& country) {
  assign::growthbook::Context context;
  context.features = tree_of(file["features"]);
  context.saved_groups = tree_of(file["savedGroups"]);
  context.attributes = tree_of({{"id", user}, {"country", country}});
  return node_of(assign::growthbook::Evaluator(context).feature(feature).value);
}

TEST(ImportGrowthBook, EveryUnitKeepsWhatItHas) {
  const auto file = growthbook_file();
  const auto snapshot = compiled(imported("growthbook", file));
  std::set<std::string> seen;
  for (int i = 0; i < 3'000; ++i) {
    const auto user = i % 20 == 0 ? "\xC3\xBC" + std::to_string(i) : "u" + std::to_string(i);
    for (const auto* country : {"DE", "FR"})
      for (const auto* feature : {"price", "old", "child"}) {
        const auto value = value_for(*snapshot, feature, user, {{"country", std::string_view(country)}});
        ASSERT_EQ(Node::parse(value), growthbook_says(file, feature, user, country)) << feature << " " << user;
        seen.insert(feature + value);
      }
  }
  EXPECT_EQ(seen.size(), 9U) << "every value of price (5), old (2) and child (2) was met";
}

TEST(ImportGrowthBook, SaysWhatItLeavesOutAndWarnsOfCorrelation) {
  const auto result = imported("growthbook", growthbook_file());
  EXPECT_EQ(result.experiments.at("price-test").weights, (std::vector<std::uint32_t>{400'000, 300'000, 300'000}));
  ASSERT_EQ(result.left_out.size(), 2U);
  EXPECT_EQ(result.left_out[0].where, "feature strange");
  EXPECT_NE(result.left_out[1].where.find("red-button"), std::string::npos);
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].where, "feature old, rule 1");
  EXPECT_NE(result.warnings[0].what.find("53 to 57 %"), std::string::npos);
}

TEST(ImportGrowthBook, OneExperimentMayDriveSeveralFlags) {
  auto file = growthbook_file();
  const Node rule = {{"key", "both"}, {"hashVersion", 2}, {"variations", {1, 2}}};
  file["features"] = {{"one", {{"defaultValue", 0}, {"rules", {rule}}}},
                      {"two", {{"defaultValue", 0}, {"rules", {rule}}}}};
  const auto same = imported("growthbook", file);
  ASSERT_TRUE(same.experiments.contains("both"));
  EXPECT_EQ(same.experiments.at("both").document.variants[1].values.size(), 2U);
  file["features"]["two"]["rules"][0]["coverage"] = 0.5;
  const auto other = imported("growthbook", file);
  ASSERT_EQ(other.left_out.size(), 2U) << "beside the experiment on pages";
  EXPECT_EQ(other.left_out[0].where, "feature two");
}

/// The variant that a line of the vendor's own vectors gives, from a file around the same experiment.
TEST(ImportUnleash, RolloutsVariantsAndConstraintsCarry) {
  const auto file = Node::parse(
      R"({"version":2,"segments":[{"id":1,"constraints":[{"contextName":"plan","operator":"IN","values":["pro"]}]}],
    "features":[
      {"name":"half","enabled":true,"strategies":[{"name":"flexibleRollout","parameters":{"rollout":"50","stickiness":"userId","groupId":"half"}}]},
      {"name":"split","enabled":true,"strategies":[{"name":"flexibleRollout","segments":[1],"parameters":{"rollout":"100","stickiness":"default","groupId":"split"},
        "variants":[{"name":"red","weight":500,"stickiness":"default"},{"name":"blue","weight":500,"stickiness":"default"}]}]},
      {"name":"staff","enabled":true,"strategies":[{"name":"userWithId","parameters":{"userIds":"u1, u2"}}]},
      {"name":"needs","enabled":true,"dependencies":[{"feature":"staff"}],"strategies":[{"name":"default"}]},
      {"name":"dice","enabled":true,"strategies":[{"name":"gradualRolloutRandom","parameters":{"percentage":"50"}}]},
      {"name":"off","enabled":false,"strategies":[]}]})");
  const auto result = imported("unleash", file);
  ASSERT_EQ(result.left_out.size(), 1U);
  EXPECT_EQ(result.left_out[0].where, "feature dice");
  const auto snapshot = compiled(result);
  int on = 0;
  int red = 0;
  for (int i = 0; i < 1'000; ++i) {
    const auto user = "u" + std::to_string(i);
    on += value_for(*snapshot, "half", user) == "true" ? 1 : 0;
    red += value_for(*snapshot, "split", user, {{"plan", std::string_view("pro")}}) == R"("red")" ? 1 : 0;
    EXPECT_EQ(value_for(*snapshot, "split", user), R"("disabled")");
    EXPECT_EQ(value_for(*snapshot, "needs", user), i == 1 || i == 2 ? "true" : "false");
  }
  EXPECT_NEAR(on, 500, 65);
  EXPECT_NEAR(red, 500, 65);
  EXPECT_EQ(value_for(*snapshot, "off", "u1"), "false");
}

TEST(ImportFlagd, TargetsSplitsAndDefaultsCarry) {
  const auto file = Node::parse(R"({"flags":{
    "colour":{"state":"ENABLED","variants":{"r":"red","b":"blue","g":"grey"},"defaultVariant":"g","targeting":
      {"if":[{"ends_with":[{"var":"email"},"@example.com"]},"r",{"in":[{"var":"country"},["DE","FR"]]},{"fractional":[["r",50],["b",50]]}]}},
    "plain":{"state":"DISABLED","variants":{"on":true,"off":false},"defaultVariant":"on"},
    "odd":{"state":"ENABLED","variants":{"on":true,"off":false},"defaultVariant":"off","targeting":{"if":[{"<":[{"var":"age"},5]},"on"]}}}})");
  const auto result = imported("flagd", file);
  ASSERT_EQ(result.left_out.size(), 1U);
  EXPECT_EQ(result.left_out[0].where, "flag odd");
  const auto snapshot = compiled(result);
  EXPECT_EQ(value_for(*snapshot, "colour", "u1", {{"email", std::string_view("a@example.com")}}), R"("red")");
  EXPECT_EQ(value_for(*snapshot, "colour", "u1"), R"("grey")");
  std::set<std::string> split;
  for (int i = 0; i < 50; ++i)
    split.insert(value_for(*snapshot, "colour", "u" + std::to_string(i), {{"country", std::string_view("DE")}}));
  EXPECT_EQ(split, (std::set<std::string>{R"("blue")", R"("red")"}));
  EXPECT_EQ(value_for(*snapshot, "plain", "u1"), "true");
}

// Unit 1007919 gets `treatment` of experiment 11111 in the vendor's own vectors ("opt_ab": shared vectors, optimizely).
TEST(ImportOptimizely, ExperimentsAudiencesAndRolloutsCarry) {
  const auto file = Node::parse(
      R"({"version":"4","audiences":[{"id":"a1","name":"de","conditions":"[\"or\",{\"type\":\"custom_attribute\",\"match\":\"exact\",\"name\":\"country\",\"value\":\"DE\"}]"}],
    "experiments":[
      {"id":"11111","key":"opt_ab","status":"Running","audienceIds":[],"forcedVariations":{"qa":"treatment"},
       "variations":[{"id":"1111100","key":"control","featureEnabled":false},{"id":"1111101","key":"treatment","featureEnabled":true}],
       "trafficAllocation":[{"entityId":"1111100","endOfRange":5000},{"entityId":"1111101","endOfRange":10000}]},
      {"id":"2","key":"later","status":"Not started","audienceIds":[],"variations":[],"trafficAllocation":[]}],
    "rollouts":[{"id":"r1","experiments":[
      {"id":"r11","key":"r11","status":"Running","audienceIds":["a1"],"variations":[{"id":"v1","key":"on","featureEnabled":true}],"trafficAllocation":[{"entityId":"v1","endOfRange":10000}]},
      {"id":"r12","key":"r12","status":"Running","audienceIds":[],"variations":[{"id":"v2","key":"off","featureEnabled":false}],"trafficAllocation":[{"entityId":"v2","endOfRange":10000}]}]}],
    "featureFlags":[{"id":"f1","key":"checkout","experimentIds":["11111"],"rolloutId":"","variables":[]},
                    {"id":"f2","key":"banner","experimentIds":[],"rolloutId":"r1","variables":[]}]})");
  const auto result = imported("optimizely", file);
  const auto snapshot = compiled(result);
  EXPECT_EQ(value_for(*snapshot, "checkout", "1007919"), "true");
  EXPECT_EQ(value_for(*snapshot, "banner", "u1", {{"country", std::string_view("DE")}}), "true");
  EXPECT_EQ(value_for(*snapshot, "banner", "u1"), "false");
  ASSERT_EQ(result.left_out.size(), 2U);
  EXPECT_NE(result.left_out[0].what.find("forced"), std::string::npos);
  EXPECT_EQ(result.left_out[1].what, "does not run");
}

TEST(ImportEppo, AllocationsRulesAndSplitsCarry) {
  const auto file =
      Node::parse(R"({"flags":{"eppo-ab":{"key":"eppo-ab","enabled":true,"variationType":"STRING","totalShards":10000,
    "variations":{"control":{"key":"control","value":"c"},"treatment":{"key":"treatment","value":"t"}},
    "allocations":[
      {"key":"staff","rules":[{"conditions":[{"attribute":"email","operator":"MATCHES","value":"@example\\.com$"}]}],"splits":[{"variationKey":"treatment","shards":[]}]},
      {"key":"test","splits":[
        {"variationKey":"control","shards":[{"salt":"s","ranges":[{"start":0,"end":5000}]}]},
        {"variationKey":"treatment","shards":[{"salt":"s","ranges":[{"start":5000,"end":10000}]}]}]}]}}})");
  const auto result = imported("eppo", file);
  EXPECT_TRUE(result.left_out.empty());
  EXPECT_EQ(result.experiments.at("eppo-ab-test").weights, (std::vector<std::uint32_t>{500'000, 500'000}));
  const auto snapshot = compiled(result);
  EXPECT_EQ(value_for(*snapshot, "eppo-ab", "u1", {{"email", std::string_view("a@example.com")}}), R"("t")");
  std::set<std::string> split;
  for (int i = 0; i < 50; ++i) split.insert(value_for(*snapshot, "eppo-ab", "u" + std::to_string(i)));
  EXPECT_EQ(split, (std::set<std::string>{R"("c")", R"("t")"}));
}

TEST(Import, AFlagWithoutTheOneItNeedsIsLeftOutWithIts) {
  const auto file = Node::parse(R"({"flags":[
    {"key":"lost","active":true,"filters":{"groups":[{"properties":[{"key":"x","operator":"unheard of"}]}]}},
    {"key":"child","active":true,"filters":{"multivariate":{"variants":[{"key":"a","rollout_percentage":100}]},
      "groups":[{"properties":[{"key":"lost","type":"flag","value":true}]}]}},
    {"key":"grandchild","active":true,"filters":{"groups":[{"properties":[{"key":"child","type":"flag","value":"a"}]}]}},
    {"key":"other","active":true,"filters":{"groups":[{"properties":[]}]}}]})");
  const auto result = imported("posthog", file);
  EXPECT_EQ(result.flags.size(), 1U);
  EXPECT_TRUE(result.flags.contains("other"));
  EXPECT_TRUE(result.experiments.empty());
  ASSERT_EQ(result.left_out.size(), 3U);
  EXPECT_EQ(result.left_out[1], (ImportNote{"flag child", "needs the flag lost, which is left out"}));
  EXPECT_EQ(result.left_out[2], (ImportNote{"flag grandchild", "needs the flag child, which is left out"}));
}

TEST(Import, RefusesUnknownVendorsAndOtherFiles) {
  EXPECT_FALSE(import_configuration("nobody", "{}"));
  for (const auto vendor : importers()) {
    EXPECT_FALSE(import_configuration(vendor, "[1]")) << vendor;
    EXPECT_FALSE(import_configuration(vendor, "{\"other\":1}")) << vendor;
    EXPECT_FALSE(import_configuration(vendor, "nonsense")) << vendor;
  }
}

}  // namespace
}  // namespace touchstone::wire
