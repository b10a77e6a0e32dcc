// Expected values: tests/vectors/reference.py, a second implementation that shares no code with this one.

#include <fstream>
#include <map>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "sdk/cpp/client.hpp"
#include "sdk/wire/document_node.hpp"
#include "tests/assign/subject_json.hpp"

namespace touchstone::sdk {
namespace {

using wire::Node;

const Node& vectors() {
  static const Node all = [] {
    std::ifstream file(TOUCHSTONE_SOURCE_DIR "/tests/vectors/touchstone-1.json");
    return Node::parse(file);
  }();
  return all;
}

using Clients = std::map<std::string, std::unique_ptr<Client>>;

Clients offline_clients() {
  Clients clients;
  for (const auto& [name, snapshot] : vectors()["snapshots"].items())
    clients[name] = std::make_unique<Client>(Options{.bootstrap = snapshot.dump()});
  return clients;
}

Node expected_of(Node decision) {
  decision.erase("exposure");
  return decision;
}

Node node_of(const Answer<std::string_view>& answer) {
  Node node = {{"reason", name_of(answer.reason)}, {"cause", name_of(answer.cause)}};
  if (!answer.value.empty()) node["value"] = Node::parse(answer.value);
  if (!answer.variant.empty()) node["variant"] = answer.variant;
  if (!answer.experiment.empty()) node["experiment"] = answer.experiment;
  if (answer.problem != Problem::none) node["problem"] = name_of(answer.problem);
  return node;
}

TEST(SdkVectors, EveryDecisionIsAsTheVectorsSay) {
  const auto clients = offline_clients();
  std::size_t cases = 0;
  for (const auto& test : vectors()["decisions"]) {
    const tests::OwnedSubject subject(test["subject"]);
    const auto answer =
        clients.at(test["snapshot"])->json(test["flag"].get<std::string>(), subject.view(), std::string_view());
    EXPECT_EQ(node_of(answer), expected_of(test["expect"])) << test;
    ++cases;
  }
  EXPECT_GE(cases, 500U);
}

/// The value in the type of its flag, by the member that reads that type.
Node typed(const Client& client, const std::string& type, const std::string& flag, const assign::Subject& subject) {
  if (type == "bool") return client.boolean(flag, subject, false).value;
  if (type == "int") return client.integer(flag, subject, 0).value;
  if (type == "float") return client.number(flag, subject, 0).value;
  if (type == "string") return client.text(flag, subject, "").value;
  return Node::parse(client.json(flag, subject, "null").value);
}

TEST(SdkVectors, TypedValuesAreTheSame) {
  const auto clients = offline_clients();
  for (const auto& test : vectors()["decisions"]) {
    if (!test["expect"].contains("value")) continue;
    const tests::OwnedSubject subject(test["subject"]);
    const auto flag = test["flag"].get<std::string>();
    const auto type = vectors()["snapshots"][test["snapshot"]]["flags"][flag]["type"].get<std::string>();
    EXPECT_EQ(typed(*clients.at(test["snapshot"]), type, flag, subject.view()), test["expect"]["value"]) << test;
  }
}

TEST(SdkVectors, AllFlagsAtOnceAreTheSame) {
  const Client client(Options{.bootstrap = vectors()["snapshots"]["shop"].dump()});
  const assign::Unit unit{"user", "user-1"};
  std::size_t flags = 0;
  client.all({{&unit, 1}, {}}, [&](std::string_view flag, const Answer<std::string_view>& answer) {
    EXPECT_EQ(node_of(answer), node_of(client.json(flag, {{&unit, 1}, {}}, {}))) << flag;
    ++flags;
  });
  EXPECT_EQ(flags, vectors()["snapshots"]["shop"]["flags"].size());
}

}  // namespace
}  // namespace touchstone::sdk
