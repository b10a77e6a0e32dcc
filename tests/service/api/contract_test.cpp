#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "service/api/documented.hpp"
#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

/// Statuses by "method path".
using Operations = std::map<std::string, std::set<std::string>>;

Operations operations_of(const json& document) {
  Operations all;
  for (const auto& [path, methods] : document.at("paths").items())
    for (const auto& [method, operation] : methods.items())
      for (const auto& [status, answer] : operation.at("responses").items())
        if (status != "default") all[method + " " + path].insert(status);
  return all;
}

Operations operations_of(std::span<const Row> rows) {
  Operations all;
  for (const auto& row : rows)
    for (const auto& answer : answers_of(row))
      all[std::string(method_word(row.method)) + " " + std::string(row.pattern)].insert(std::to_string(answer.status));
  return all;
}

void collect_references(const json& node, std::set<std::string>& into) {
  if (node.is_object() && node.contains("$ref")) into.insert(node.at("$ref").get<std::string>().substr(1));
  for (const auto& child : node)
    if (child.is_structured()) collect_references(child, into);
}

TEST(ApiContract, TheDocumentSaysWhatTheTableSays) {
  Running running;
  const auto answer = running.send_as("", http::Method::get, "/openapi.json");
  ASSERT_EQ(answer.status, 200);
  const auto document = json::parse(answer.body);
  EXPECT_EQ(document.at("openapi"), "3.1.0");
  EXPECT_EQ(operations_of(document), operations_of(table()));
}

TEST(ApiContract, EveryRouteHasItsOwnNameAndSaysWhatItDoes) {
  std::set<std::string> names;
  for (const auto& row : table()) {
    EXPECT_TRUE(names.insert(row.contract.name).second) << row.contract.name;
    EXPECT_TRUE(row.contract.summary.ends_with('.')) << row.pattern;
    EXPECT_NE(std::ranges::find(groups(), row.contract.group, &Group::name), groups().end()) << row.pattern;
    EXPECT_TRUE(row.contract.reads.empty() || row.max_body > 0) << row.pattern;
  }
}

TEST(ApiContract, EveryPlaceInAPathIsDescribedWithAnExample) {
  Running running;
  const auto document = json::parse(running.get("/openapi.json").body);
  const std::regex place("\\{(\\w+)\\}");
  for (const auto& [path, methods] : document.at("paths").items())
    for (std::sregex_iterator at(path.begin(), path.end(), place), none; at != none; ++at) {
      const std::string name = (*at)[1];
      const auto described = document.at("components").at("parameters").value(name, json::object());
      EXPECT_EQ(described.value("in", ""), "path") << path;
      EXPECT_NE(described.value("example", ""), "") << path;
      const json reference = {{"$ref", "#/components/parameters/" + name}};
      for (const auto& [method, operation] : methods.items())
        EXPECT_EQ(std::ranges::count(operation.at("parameters"), reference), 1) << method << " " << path;
    }
  EXPECT_FALSE(std::regex_search(running.get("/docs").body, std::regex("localhost:8080[^ ]*\\{")));
}

TEST(ApiContract, EveryReferenceLeadsSomewhereAndEveryComponentIsUsed) {
  Running running;
  const auto document = json::parse(running.get("/openapi.json").body);
  std::set<std::string> references;
  collect_references(document, references);
  std::set<std::string> used;
  for (const auto& reference : references) {
    EXPECT_TRUE(document.contains(json::json_pointer(reference))) << reference;
    used.insert(reference.substr(0, reference.find('/', std::string_view("/components/schemas/").size())));
  }
  for (const std::string kind : {"schemas", "parameters", "headers"})
    for (const auto& [name, component] : document.at("components").at(kind).items())
      EXPECT_TRUE(references.contains("/components/" + kind + "/" + name) ||
                  used.contains("/components/" + kind + "/" + name))
          << kind << " " << name;
}

TEST(ApiContract, ThePageShowsEveryRouteAndEverySchemaWithoutScripts) {
  Running running;
  const auto page = running.send_as("", http::Method::get, "/docs");
  ASSERT_EQ(page.status, 200);
  EXPECT_NE(page.header("Content-Security-Policy").find("default-src 'none'"), std::string_view::npos);
  EXPECT_EQ(page.body.find("<script"), std::string::npos);
  EXPECT_EQ(page.body.find("http://"), std::string::npos);
  EXPECT_EQ(page.body.find("https://"), std::string::npos);
  for (const auto& row : table())
    EXPECT_NE(page.body.find("id=\"" + row.contract.name + "\""), std::string::npos) << row.pattern;
  const auto components_read = json::parse(components());
  for (const auto& [name, schema] : components_read.at("schemas").items())
    EXPECT_NE(page.body.find("id=\"schema-" + name + "\""), std::string::npos) << name;
}

/// What an example says must be right: each is sent as it stands.
TEST(ApiContract, ItsExamplesWork) {
  Running running;
  const auto schemas = json::parse(components()).at("schemas");
  const auto example = [&schemas](const std::string& name) { return schemas.at(name).at("examples").at(0).dump(); };
  EXPECT_EQ(running.post("/v1/metrics", example("NewMetric")).status, 201);
  for (const auto& [route, schema] : {std::pair{"layers", "NewLayer"},
                                      {"segments", "NewSegment"},
                                      {"flags", "NewFlag"},
                                      {"experiments", "NewExperiment"}}) {
    const auto made = running.post("/v1/" + std::string(route), example(schema));
    EXPECT_EQ(made.status, 201) << made.body;
  }
  EXPECT_EQ(running.post("/v1/keys", example("NewApiKey")).status, 201);
  EXPECT_EQ(running.post("/v1/people", example("NewPerson")).status, 201);
  EXPECT_EQ(running.patch("/v1/people/ada@example.com", example("PersonChange")).status, 200);
  EXPECT_EQ(running.patch("/v1/experiments/checkout", example("ExperimentChange")).status, 200);
  EXPECT_EQ(running.post("/v1/experiments/checkout:start", example("Move")).status, 200);
  EXPECT_EQ(running.post("/v1/evaluate", example("EvaluateRequest")).status, 200);
  EXPECT_EQ(member(running.post("/v1/events", example("Events")).body, "/stored"), "1");
}

TEST(ApiContract, WhatIsNoParameterOfARouteIsRefused) {
  Running running;
  for (const auto& row : table()) {
    if (!takes_key(row) || !row.roles.takes_keys() || row.method != http::Method::get) continue;
    const auto refused = running.get(std::string(row.pattern) + "?colour=red");
    EXPECT_TRUE(refused.status == 422 || row.pattern.find('{') != std::string_view::npos) << row.pattern;
  }
}

}  // namespace
}  // namespace touchstone::api
