#include "sdk/wire/snapshot_json.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "assign/snapshot.hpp"

namespace touchstone::wire {
namespace {

// The example of the data model, its salts written out, with every optional member once; members sorted by byte.
constexpr std::string_view example =
    R"({"config_version":4294967310,"environment":"production","experiments":{"checkout":{"enrolling":true,)"
    R"("entry":[[0,400000]],"exposure":{"event":"basket","filter":["value","gt",0.5]},"fallback":"device",)"
    R"("layer":"L1","overrides":[{"variant":"one-page","when":{"segment":"vip"}}],"phase":2,"salt":"p9aaaaaaaaaaaaaaaaaaaaa",)"
    R"("scheme":"touchstone-1","slots":[[0,500000,0],[500000,1000000,1]],"source_key":"alt/Kasse","sticky":true,)"
    R"("unit":"user","variants":[{"key":"control","values":{"checkout":false}},{"key":"one-page","values":{"checkout":true}}],)"
    R"("when":{"segment":"pro"}}},"flags":{"checkout":{"default":false,"enabled":true,"off":false,)"
    R"("rules":[{"value":true,"when":["country","is","DE"]},{"rollout":{"salt":"r9aaaaaaaaaaaaaaaaaaaaa","slots":[[0,10000]],)"
    R"("unit":"user","value":true}},{"experiment":"checkout"}],"type":"bool"},"theme":{"default":{"a":[1,2.5,null],"é":"\u0000"},)"
    R"("enabled":false,"off":{},"rules":[],"type":"json"}},"format":1,"holdouts":{"year":{"salt":"h9aaaaaaaaaaaaaaaaaaaaa",)"
    R"("slots":[[0,50000]]}},"layers":{"L1":{"holdout":[[950000,1000000]],"salt":"k3aaaaaaaaaaaaaaaaaaaaa"}},"project":"default",)"
    R"("published_at":"2026-11-21T14:00:00Z","segments":{"pro":{"all":[["plan","in",["pro","team"]]]},)"
    R"("vip":{"list":{"ids":["u1"],"unit":"user"}}}})";

TEST(SnapshotJson, WritesTheBytesItRead) {
  const auto document = read_snapshot(example);
  ASSERT_TRUE(document) << document.error().pointer << ": " << document.error().message;
  EXPECT_EQ(write_snapshot(*document), example);
  EXPECT_TRUE(assign::Snapshot::compile(*document));
}

TEST(SnapshotJson, ReadsWhatItMeans) {
  const auto document = *read_snapshot(example);
  EXPECT_EQ(document.config_version, 4294967310);
  EXPECT_EQ(assign::to_text(document.published_at), "2026-11-21T14:00:00Z");
  const auto& experiment = document.experiments.at("checkout");
  EXPECT_EQ(experiment.phase, 2U);
  EXPECT_EQ(experiment.fallback, "device");
  EXPECT_EQ(std::get<assign::ExposureEvent>(experiment.exposure).event, "basket");
  EXPECT_EQ(experiment.variants[1].values.at("checkout"), "true");
  EXPECT_EQ(document.flags.at("theme").default_value, R"({"a":[1,2.5,null],"é":"\u0000"})");
}

/// The example after the first occurrence of `from` became `to`.
std::string example_with(std::string_view from, std::string_view to) {
  std::string json(example);
  return json.replace(json.find(from), from.size(), to);
}

TEST(SnapshotJson, IgnoresMembersItDoesNotKnow) {
  const auto document = read_snapshot(example_with(R"("format":1)", R"("format":1,"later":{"deep":[1,{}]})"));
  ASSERT_TRUE(document);
  EXPECT_EQ(*document, *read_snapshot(example));
}

TEST(SnapshotJson, FillsInWhatAWriterMayLeaveOut) {
  const auto document = read_snapshot(
      R"({"format":1,"project":"p","environment":"e","config_version":1,"published_at":"2026-01-01T00:00:00Z",)"
      R"("experiments":{"e":{"unit":"user","scheme":"external","variants":[{"key":"a"}]}}})");
  ASSERT_TRUE(document) << document.error().pointer;
  EXPECT_TRUE(document->experiments.at("e").enrolling);
  EXPECT_TRUE(std::holds_alternative<assign::ExposedByEvaluate>(document->experiments.at("e").exposure));
  EXPECT_TRUE(document->flags.empty());
}

TEST(SnapshotJson, RefusesOtherShapesWithThePlace) {
  const std::vector<std::pair<std::string, std::string_view>> table = {
      {example_with(R"("format":1)", R"("format":2)"), ""},
      {example_with(R"("format":1,)", ""), ""},
      {example_with(R"("config_version":4294967310)", R"("config_version":"1")"), "/config_version"},
      {example_with(R"("published_at":"2026-11-21T14:00:00Z")", R"("published_at":"now")"), "/published_at"},
      {example_with(R"([0,400000])", R"([0])"), "/experiments/checkout/entry/0"},
      {example_with(R"([0,400000])", R"([-1,400000])"), "/experiments/checkout/entry/0/0"},
      {example_with(R"([0,500000,0])", R"([0,500000,0.5])"), "/experiments/checkout/slots/0/2"},
      {example_with(R"("unit":"user","variants")", R"("variants")"), "/experiments/checkout"},
      {example_with(R"({"segment":"pro"})", R"({"segment":1})"), "/experiments/checkout/when/segment"},
      {example_with(R"("type":"bool")", R"("type":"text")"), "/flags/checkout/type"},
      {example_with(R"({"experiment":"checkout"})", R"({"experiment":"checkout","value":1})"),
       "/flags/checkout/rules/2"},
      {example_with(R"({"experiment":"checkout"})", R"({})"), "/flags/checkout/rules/2"},
      {example_with(R"("layers":{)", R"("layers":[],"x":{)"), "/layers"},
  };
  for (const auto& [json, pointer] : table) {
    const auto document = read_snapshot(json);
    ASSERT_FALSE(document) << pointer;
    EXPECT_EQ(document.error().pointer, pointer) << document.error().message;
    EXPECT_FALSE(document.error().hint.empty());
  }
}

TEST(SnapshotJson, RefusesDuplicateMembersAndDepth) {
  EXPECT_FALSE(read_snapshot(example_with(R"("format":1)", R"("format":1,"format":1)")));
  const auto deep = read_snapshot(example_with(R"("format":1)", R"("format":1,"x":)" + std::string(5'000, '[')));
  ASSERT_FALSE(deep);
  EXPECT_EQ(deep.error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace touchstone::wire
