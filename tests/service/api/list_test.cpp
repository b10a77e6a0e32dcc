#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;

void add_layer(Running& running, const std::string& key) {
  ASSERT_EQ(running.post("/v1/layers", R"({"key":")" + key + "\"}").status, 201);
}

/// The member `name` of every item, from the first page to the last; `between` is called after each page.
template <class Between>
std::vector<std::string> walk(Running& running, const std::string& list, const std::string& name, Between between) {
  std::vector<std::string> all;
  std::string target = list + "?limit=2";
  for (int page = 0; page < 100; ++page) {
    const auto answer = json::parse(running.get(target).body);
    for (const auto& item : answer.at("items")) all.push_back(item.at(name).dump());
    if (!answer.contains("next")) return all;
    EXPECT_EQ(answer.at("items").size(), 2U);
    target = list + "?limit=2&after=" + answer.at("next").get<std::string>();
    between(page);
  }
  ADD_FAILURE() << "the pages do not end";
  return all;
}

TEST(ApiList, PagesHoldStillWhileThingsAreAdded) {
  Running running;
  for (const std::string key : {"b", "d", "f", "h", "j"}) add_layer(running, key);
  const auto keys = walk(running, "/v1/layers", "key", [&running](int page) {
    if (page == 0) add_layer(running, "a");
    if (page == 1) add_layer(running, "i");
  });
  EXPECT_EQ(keys, (std::vector<std::string>{"\"b\"", "\"d\"", "\"f\"", "\"h\"", "\"i\"", "\"j\""}));
}

TEST(ApiList, TheAuditAndTheKeysComeInPagesToo) {
  Running running;
  for (const std::string key : {"a", "b", "c", "d"}) add_layer(running, key);
  for (int i = 0; i < 4; ++i) ASSERT_EQ(running.post("/v1/keys", R"({"kind":"client"})").status, 201);
  const auto seqs = walk(running, "/v1/changes", "seq", [](int) {});
  ASSERT_EQ(seqs.size(), 9U);  // four layers, four keys, and the one that asks
  for (std::size_t i = 1; i < seqs.size(); ++i) EXPECT_EQ(std::stoi(seqs[i]), std::stoi(seqs[i - 1]) + 1);
  const auto ids = walk(running, "/v1/keys", "id", [&running](int page) {
    if (page != 0) return;
    ASSERT_EQ(running.post("/v1/keys", R"({"kind":"sdk"})").status, 201);
  });
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 6U);
  EXPECT_EQ(ids.size(), 6U);
}

TEST(ApiList, TheAuditIsReadBackwardsAndByWhatWasChanged) {
  Running running;
  for (const std::string key : {"a", "b", "c"}) add_layer(running, key);
  for (const std::string name : {"1", "2", "3"})
    ASSERT_EQ(running.patch("/v1/layers/b", R"({"name":")" + name + "\"}").status, 200);
  const auto forwards = walk(running, "/v1/changes", "seq", [](int) {});
  std::vector<std::string> backwards;
  for (std::string after;;) {
    const auto page = json::parse(running.get("/v1/changes?newest&limit=2" + after).body);
    for (const auto& item : page.at("items")) backwards.push_back(item.at("seq").dump());
    if (!page.contains("next")) break;
    if (after.empty()) add_layer(running, "d");  // which the pages to come do not show
    after = "&after=" + page.at("next").get<std::string>();
  }
  std::ranges::reverse(backwards);
  EXPECT_EQ(backwards, forwards);

  const auto of_b = json::parse(running.get("/v1/changes?newest&entity=layer&key=b").body).at("items");
  ASSERT_EQ(of_b.size(), 4U);
  EXPECT_EQ(of_b[0].at("document").at("name"), "3");
  EXPECT_EQ(of_b[3].at("version"), 1);
  EXPECT_EQ(json::parse(running.get("/v1/changes?entity=layer").body).at("items").size(), 7U);
  EXPECT_EQ(json::parse(running.get("/v1/changes?entity=key").body).at("items").size(), 1U);
  EXPECT_TRUE(json::parse(running.get("/v1/changes?entity=flag&newest").body).at("items").empty());
}

TEST(ApiList, TheLastPageHasNoNextAlsoWhereOnlyHiddenThingsFollow) {
  Running running;
  for (const std::string key : {"a", "b"})
    ASSERT_EQ(
        running.post("/v1/experiments", R"({"key":")" + key + R"(","variants":[{"key":"c"},{"key":"t"}]})").status,
        201);
  ASSERT_EQ(running.post("/v1/experiments/b:archive", "").status, 200);
  EXPECT_EQ(member(running.get("/v1/experiments?limit=1").body, "/next"), "");
  EXPECT_NE(member(running.get("/v1/experiments?limit=1&archived").body, "/next"), "");
}

TEST(ApiList, LimitsAndCursorsThatCannotBeAreRefused) {
  Running running;
  for (const std::string list : {"/v1/layers", "/v1/changes", "/v1/keys"}) {
    EXPECT_EQ(running.get(list + "?limit=1000").status, 200);
    for (const std::string query : {"?limit=0", "?limit=1001", "?limit=-1", "?limit=", "?limit=1&limit=2"}) {
      const auto refused = running.get(list + query);
      EXPECT_EQ(refused.status, 422) << list << query;
      EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/limit") << list << query;
    }
    for (const std::string query : {"?after=%21", "?after=a"}) {
      const auto refused = running.get(list + query);
      EXPECT_EQ(refused.status, 422) << list << query;
      EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/after") << list << query;
    }
  }
  EXPECT_EQ(running.get("/v1/changes?after=YQ").status, 422) << "a cursor of another list";
}

}  // namespace
}  // namespace touchstone::api
