#include <string>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

const std::string kMetric = R"({"key":"purchase","kind":"proportion","event":"purchase"})";
const std::string kExperiment =
    R"({"key":"checkout","variants":[{"key":"control"},{"key":"one-page"}],"plan":{"metrics":[{"metric":"purchase"}]}})";

TEST(ApiCatalogue, EachResourceIsMadeListedShownAndChanged) {
  Running running;
  struct Resource {
    std::string list;
    std::string document;
    std::string key;
    std::string change;
    std::string pointer;
    std::string value;
  };
  for (const auto& [list, document, key, change, pointer, value] : {
           Resource{"/v1/metrics", kMetric, "purchase", R"({"name":"Purchases"})", "/name", "Purchases"},
           Resource{"/v1/layers", R"({"key":"shop"})", "shop", R"({"holdout":"5%"})", "/holdout/0/0", "950000"},
           Resource{"/v1/segments", R"({"key":"pro","when":["plan","is","pro"]})", "pro", R"({"owner":"sales"})",
                    "/owner", "sales"},
           Resource{"/v1/flags", R"({"key":"banner","type":"bool","off_value":false,"default":false})", "banner",
                    R"({"enabled":false})", "/enabled", "false"},
           Resource{"/v1/experiments", kExperiment, "checkout", R"({"hypothesis":"One page"})", "/hypothesis",
                    "One page"},
       }) {
    const auto made = running.post(list, document);
    ASSERT_EQ(made.status, 201) << list << made.body;
    EXPECT_EQ(made.header("Location"), list + "/" + key);
    EXPECT_EQ(made.header("ETag"), "\"1\"");
    const auto shown = running.get(list + "/" + key);
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(shown.body, made.body);
    EXPECT_NE(running.get(list).body.find(shown.body), std::string::npos);
    const auto changed = running.patch(list + "/" + key, change);
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(member(changed.body, pointer), value) << changed.body;
    EXPECT_EQ(changed.header("ETag"), "\"2\"");
    EXPECT_EQ(running.post(list, document).status, 409);
    EXPECT_EQ(running.get(list + "/nothing").status, 404);
    EXPECT_EQ(running.patch(list + "/nothing", change).status, 404);
  }
}

TEST(ApiCatalogue, ErrorsPointAtTheFieldAndSayWhatToDo) {
  Running running;
  ASSERT_EQ(running.post("/v1/metrics", kMetric).status, 201);
  struct Refused {
    std::string target;
    std::string body;
    int status;
    std::string pointer;
  };
  for (const auto& [target, body, status, pointer] : {
           Refused{"/v1/metrics", R"({"key":"a","kind":"proportion","event":"e","colour":1})", 422, "/colour"},
           Refused{"/v1/metrics", R"({"key":"a","kind":"median","event":"e"})", 422, "/kind"},
           Refused{"/v1/metrics", kMetric, 409, "/key"},
           Refused{"/v1/metrics", R"({"key":"PURCHASE","kind":"proportion","event":"e"})", 409, "/key"},
           Refused{"/v1/experiments", R"({"key":"a","variants":[{"key":"c"},{"key":"t"}],"layer":"none"})", 422,
                   "/layer"},
           Refused{"/v1/experiments",
                   R"({"key":"a","variants":[{"key":"c"},{"key":"t"}],"plan":{"metrics":[{"metric":"x"}]}})", 422,
                   "/plan/metrics/0/metric"},
           Refused{"/v1/flags",
                   R"({"key":"a","type":"bool","off_value":false,"default":false,"rules":[{"experiment":"x"}]})", 422,
                   "/rules/0/experiment"},
           Refused{"/v1/keys", R"({"kind":"root"})", 422, "/kind"},
       }) {
    const auto refused = running.post(target, body);
    EXPECT_EQ(refused.status, status) << body << refused.body;
    EXPECT_EQ(member(refused.body, "/errors/0/pointer"), pointer) << refused.body;
    EXPECT_NE(member(refused.body, "/errors/0/hint"), "") << refused.body;
    EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
  }
}

/// Each kind of metric with what it needs is made, shown as it was made, and may be sent back.
TEST(ApiCatalogue, EveryKindOfMetricCanBeDeclared) {
  Running running;
  for (const auto& [key, members] : std::vector<std::pair<std::string, std::string>>{
           {"nps", R"("kind":"score","score":{"as":"nps"},"filter":[["survey","is","nps"]])"},
           {"csat", R"("kind":"score","score":{"as":"csat","lowest":1,"highest":5,"top":4})"},
           {"effort", R"("kind":"score","score":{"as":"ces","lowest":1,"highest":7,"easy":"highest"})"},
           {"day-7", R"("kind":"retention","window":{"delay":"7d","length":"1d"})"},
           {"silent", R"("kind":"churn","lost_by":"inactivity","window":{"delay":"30d","length":"30d"})"},
           {"per-visit", R"("kind":"ratio","denominator":{"event":"visit","of":"occurrence"})"},
           {"steps", R"("kind":"funnel","then":[{"event":"buy"}],"window":{"length":"7d"})"},
           {"time", R"("kind":"duration","window":{"length":"7d"})"},
           {"first", R"("kind":"first_value")"},
           {"last", R"("kind":"last_value","property":"plan")"},
           {"tamed", R"("kind":"sum","cap":{"percentile":99.5,"ignore_zeros":true})"},
           {"worth", R"("kind":"lifetime_value","less":{"event":"$refund"},"cap":500,"window":{"length":"90d"})"},
       }) {
    const auto made = running.post("/v1/metrics", R"({"key":")" + key + R"(","event":"visit",)" + members + "}");
    ASSERT_EQ(made.status, 201) << key << made.body;
    EXPECT_EQ(running.get("/v1/metrics/" + key).body, made.body);
    EXPECT_EQ(running.patch("/v1/metrics/" + key, made.body).status, 200) << made.body;
  }
  const auto refused = running.post("/v1/metrics", R"({"key":"x","event":"visit","kind":"retention"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/window") << refused.body;
}

TEST(ApiCatalogue, AStaleIfMatchIsRefused) {
  Running running;
  ASSERT_EQ(running.post("/v1/metrics", kMetric).status, 201);
  const auto change = [&running](const std::string& seen) {
    return running
        .send({.method = http::Method::patch,
               .target = "/v1/metrics/purchase",
               .body = R"({"name":"n"})",
               .headers = {{"Authorization", "Bearer " + running.key(fast::KeyKind::admin)}, {"If-Match", seen}}})
        .status;
  };
  EXPECT_EQ(change("\"1\""), 200);
  EXPECT_EQ(change("\"1\""), 412);
  EXPECT_EQ(change("\"2\""), 200);
  EXPECT_EQ(change("nonsense"), 412);
  EXPECT_EQ(change("*"), 200);
}

TEST(ApiCatalogue, ListsComeInPagesAndHideWhatIsArchived) {
  Running running;
  for (const std::string key : {"a", "b", "c"})
    ASSERT_EQ(
        running.post("/v1/experiments", R"({"key":")" + key + R"(","variants":[{"key":"c"},{"key":"t"}]})").status,
        201);
  ASSERT_EQ(running.post("/v1/experiments/b:archive", "").status, 200);
  const auto first = running.get("/v1/experiments?limit=1");
  EXPECT_EQ(member(first.body, "/items/0/key"), "a");
  const auto next = member(first.body, "/next");
  const auto second = running.get("/v1/experiments?limit=1&after=" + next);
  EXPECT_EQ(member(second.body, "/items/0/key"), "c");
  EXPECT_EQ(member(second.body, "/next"), "");
  EXPECT_EQ(member(running.get("/v1/experiments?archived").body, "/items/1/key"), "b");
  EXPECT_EQ(running.get("/v1/experiments?limit=0x").status, 422);
  EXPECT_EQ(running.get("/v1/experiments?colour=red").status, 422);
}

TEST(ApiCatalogue, IllegalMovesAnswer409AndNameTheLegalOnes) {
  Running running;
  ASSERT_EQ(running.post("/v1/metrics", kMetric).status, 201);
  ASSERT_EQ(running.post("/v1/experiments", kExperiment).status, 201);
  const auto move = [&running](const std::string& action) {
    return running.post("/v1/experiments/checkout:" + action, "");
  };
  EXPECT_EQ(move("pause").status, 409);
  EXPECT_EQ(move("start").status, 200);
  const auto again = move("start");
  EXPECT_EQ(again.status, 409);
  EXPECT_NE(member(again.body, "/errors/0/hint").find("pause"), std::string::npos) << again.body;
  EXPECT_EQ(member(move("pause").body, "/state"), "paused");
  EXPECT_EQ(member(move("resume").body, "/state"), "running");
  EXPECT_EQ(member(move("stop").body, "/state"), "stopped");
  EXPECT_EQ(move("resume").status, 409);
  EXPECT_EQ(member(move("archive").body, "/state"), "archived");
  EXPECT_EQ(move("archive").status, 409);
  EXPECT_EQ(running.post("/v1/experiments/nothing:start", "").status, 404);
}

TEST(ApiCatalogue, EveryChangeIsInTheHistoryWithItsActorAndReason) {
  Running running;
  ASSERT_EQ(running.post("/v1/experiments", R"({"key":"a","variants":[{"key":"c"},{"key":"t"}]})").status, 201);
  ASSERT_EQ(running.post("/v1/experiments/a:start", R"({"reason":"spring sale"})").status, 200);
  const auto history = running.get("/v1/changes");
  ASSERT_EQ(history.status, 200);
  EXPECT_NE(history.body.find("spring sale"), std::string::npos);
  EXPECT_NE(history.body.find(running.key(fast::KeyKind::admin).substr(0, 17)), std::string::npos);
  const auto first = running.get("/v1/changes?limit=1");
  const auto rest = running.get("/v1/changes?after=" + member(first.body, "/next"));
  EXPECT_EQ(std::stoi(member(rest.body, "/items/0/seq")), std::stoi(member(first.body, "/items/0/seq")) + 1);
}

TEST(ApiCatalogue, AChangeSaysWhyInItsQuery) {
  Running running;
  ASSERT_EQ(running.post("/v1/flags", R"({"key":"banner","type":"bool","off_value":false,"default":true})").status,
            201);
  ASSERT_EQ(running.patch("/v1/flags/banner?reason=it%20hides%20the%20%E2%82%AC", R"({"enabled":false})").status, 200);
  EXPECT_EQ(member(running.get("/v1/changes?newest&limit=1").body, "/items/0/reason"), "it hides the \u20AC");
  const auto longest = std::string(1'000, 'a');
  EXPECT_EQ(running.patch("/v1/flags/banner?reason=" + longest, R"({"enabled":true})").status, 200);
  const auto refused = running.patch("/v1/flags/banner?reason=" + longest + "a", R"({"enabled":false})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/reason");
  EXPECT_EQ(member(running.get("/v1/flags/banner").body, "/enabled"), "true");
}

TEST(ApiCatalogue, TheSnapshotIsCachedByItsVersion) {
  Running running;
  const auto server = running.key(fast::KeyKind::server);
  const auto first = running.send_as(server, http::Method::get, "/v1/snapshot");
  ASSERT_EQ(first.status, 200);
  EXPECT_EQ(first.header("ETag"), "\"" + member(first.body, "/config_version") + "\"");
  const auto again = [&](std::string_view etag) {
    return running.send({.target = "/v1/snapshot",
                         .headers = {{"Authorization", "Bearer " + server}, {"If-None-Match", std::string(etag)}}});
  };
  EXPECT_EQ(again(first.header("ETag")).status, 304);
  ASSERT_EQ(running.post("/v1/layers", R"({"key":"shop"})").status, 201);
  const auto later = again(first.header("ETag"));
  EXPECT_EQ(later.status, 200);
  EXPECT_NE(later.body.find("shop"), std::string::npos);
}

TEST(ApiCatalogue, HealthIsOpenAndMetricsArePrometheusText) {
  Running running;
  for (const std::string target : {"/healthz", "/readyz", "/metrics", "/version"})
    EXPECT_EQ(running.send_as("", http::Method::get, target).status, 200) << target;
  const auto metrics = running.send_as("", http::Method::get, "/metrics").body;
  for (const std::string name : {"touchstone_build_info{version=", "touchstone_http_requests_total{class=\"2xx\"}",
                                 "touchstone_events_total{verdict=\"stored\"} 0", "touchstone_evaluations_total 0"})
    EXPECT_NE(metrics.find(name), std::string::npos) << name << metrics;
}

TEST(ApiCatalogue, WhatIsNotThereIsAProblemToo) {
  Running running;
  for (const std::string target : {"/nowhere", "/v2/experiments", "/v1/experiments/a/b/c"}) {
    const auto answer = running.get(target);
    EXPECT_EQ(answer.status, 404) << target;
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
  }
  const auto form = running.send({.method = http::Method::post,
                                  .target = "/v1/metrics",
                                  .body = kMetric,
                                  .content_type = "text/plain",
                                  .headers = {{"Authorization", "Bearer " + running.key(fast::KeyKind::admin)}}});
  EXPECT_EQ(form.status, 415);
}

}  // namespace
}  // namespace touchstone::api
