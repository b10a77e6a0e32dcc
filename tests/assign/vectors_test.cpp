#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "assign/decide.hpp"
#include "assign/draw.hpp"
#include "assign/murmur3.hpp"
#include "assign/program_builder.hpp"
#include "assign/walk.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/snapshot_json.hpp"
#include "tests/assign/subject_json.hpp"

// Expected values: tests/vectors/reference.py, a second implementation that shares no code with this one.
namespace touchstone::assign {
namespace {

using tests::OwnedSubject;
using wire::Node;

const Node& vectors() {
  static const Node all = [] {
    std::ifstream file(TOUCHSTONE_SOURCE_DIR "/tests/vectors/touchstone-1.json");
    return Node::parse(file);
  }();
  return all;
}

TEST(GoldenVectors, Murmur3) {
  for (const auto& test : vectors()["murmur3"])
    EXPECT_EQ(murmur3(test["text"].get<std::string>(), test["seed"]), test["hash"].get<std::uint32_t>()) << test;
}

TEST(GoldenVectors, Slots) {
  for (const auto& test : vectors()["slots"])
    EXPECT_EQ(Draw(test["salt"].get<std::string>())(test["id"].get<std::string>()), test["slot"].get<Slot>()) << test;
}

TEST(GoldenVectors, Conditions) {
  Segments segments;
  for (const auto& [key, node] : vectors()["segments"].items())
    segments.emplace(key, *wire::segment_from(node, "/segments/" + key));
  TextArena texts;
  Programs programs;
  ProgramBuilder builder(segments, texts, programs);
  Silent silent;
  const auto no_flags = [](const assign::Test&) { return std::optional<Value>(); };
  for (const auto& test : vectors()["conditions"]) {
    const auto condition = wire::condition_from(test["condition"], "");
    ASSERT_TRUE(condition) << test << condition.error().message;
    const auto entry = builder.add(*condition, "");
    ASSERT_TRUE(entry) << test << entry.error().message;
    const OwnedSubject subject(test["subject"]);
    EXPECT_EQ(run(programs, *entry, subject.view(), silent, no_flags), test["expect"].get<bool>()) << test;
  }
}

std::string_view name_of_exposed_by(ExposedBy by) {
  return by == ExposedBy::evaluate ? "evaluate" : by == ExposedBy::client ? "client" : "event";
}

Node to_node(const Decision& decision) {
  Node node = {{"reason", name_of(decision.reason)}, {"cause", name_of(decision.cause)}};
  if (!decision.value.empty()) node["value"] = Node::parse(decision.value);
  if (!decision.variant.empty()) node["variant"] = decision.variant;
  if (!decision.experiment.empty()) node["experiment"] = decision.experiment;
  if (decision.problem != Problem::none) node["problem"] = name_of(decision.problem);
  if (const auto& exposure = decision.exposure)
    node["exposure"] = {{"unit", {{"type", exposure->unit.type}, {"id", exposure->unit.id}}},
                        {"phase", exposure->phase},
                        {"by", name_of_exposed_by(exposure->by)}};
  return node;
}

TEST(GoldenVectors, Decisions) {
  std::map<std::string, std::shared_ptr<const Snapshot>> snapshots;
  for (const auto& [name, node] : vectors()["snapshots"].items()) {
    const auto document = wire::read_snapshot(node.dump());
    ASSERT_TRUE(document) << document.error().pointer << document.error().message;
    const auto snapshot = Snapshot::compile(*document);
    ASSERT_TRUE(snapshot) << snapshot.error().pointer << snapshot.error().message;
    snapshots[name] = *snapshot;
  }
  for (const auto& test : vectors()["decisions"]) {
    const OwnedSubject subject(test["subject"]);
    const auto decision = decide(*snapshots.at(test["snapshot"]), test["flag"].get<std::string>(), subject.view());
    EXPECT_EQ(to_node(decision), test["expect"]) << test;
  }
}

TEST(GoldenVectors, AreMany) {
  std::size_t cases = 0;
  for (const auto* part : {"murmur3", "slots", "conditions", "decisions"}) {
    std::cout << part << ": " << vectors()[part].size() << " cases\n";
    cases += vectors()[part].size();
  }
  EXPECT_GE(cases, 1'000U);
}

}  // namespace
}  // namespace touchstone::assign
