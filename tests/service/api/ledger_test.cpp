// What became of everything that was sent, and what was kept aside.

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/service/api/running.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::api {
namespace {

using nlohmann::json;
using storage::kNoon;

app::ServiceOptions at(const Time& now) {
  app::ServiceOptions options;
  options.writer.now = [&now] { return now; };
  return options;
}

json read(const http::ClientResponse& response) {
  EXPECT_EQ(response.status, 200) << response.body;
  return json::parse(response.body);
}

std::string purchase(const std::string& id, const std::string& ts) {
  return R"({"id":")" + id + R"(","type":"event","name":"purchase","unit":"u1","ts":")" + ts + "\"}\n";
}

constexpr const char* kExposure =
    R"({"id":"x","type":"exposure","unit":"u1","ts":"2026-11-21T11:00:00Z","experiment":"checkout","variant":"a"})"
    "\n";

TEST(ApiLedger, AddsUpByHourKeyAndExperiment) {
  Time now = kNoon;
  Running running(at(now));
  const auto server = running.key(fast::KeyKind::server);
  running.send_as(server, http::Method::post, "/v1/events",
                  kExposure + purchase("p1", "2026-11-21T11:30:00Z") + "{\"type\":1}\n");
  now += std::chrono::hours(1);
  running.send_as(server, http::Method::post, "/v1/events", kExposure + purchase("p2", "2026-11-23T11:30:00Z"));
  running.post("/v1/events", purchase("p1", "2026-11-21T11:30:00Z"));

  const json ledger = read(running.get("/v1/ledger"));
  EXPECT_EQ(ledger["total"],
            json::parse(R"({"sent":6,"stored":2,"duplicate":2,"conflict":0,"quarantined":1,"refused":1})"));
  EXPECT_EQ(ledger["window"], ledger["total"]);
  ASSERT_EQ(ledger["items"].size(), 5U) << ledger.dump(1);
  const std::string prefix = ledger["items"][0]["key"];
  EXPECT_TRUE(server.starts_with(prefix)) << prefix;
  EXPECT_EQ(ledger["items"][0]["hour"], "2026-11-21T12:00:00Z");
  EXPECT_EQ(ledger["items"][0]["experiment"], nullptr);
  EXPECT_EQ(ledger["items"][0]["refused"], 1);
  EXPECT_EQ(ledger["items"][1]["experiment"], "checkout");
  EXPECT_EQ(ledger["items"][1]["stored"], 1);
  for (const json& line : ledger["items"])
    EXPECT_EQ(line["sent"].get<int>(), line["stored"].get<int>() + line["duplicate"].get<int>() +
                                           line["quarantined"].get<int>() + line["refused"].get<int>());
  const json later = read(running.get("/v1/ledger?from=2026-11-21T13:00:00Z"));
  EXPECT_EQ(later["window"]["sent"], 3);
  EXPECT_EQ(later["total"]["sent"], 6);
  EXPECT_EQ(running.get("/v1/ledger?from=2026-01-01T00:00:00Z").status, 422);

  running.restart();
  EXPECT_EQ(read(running.get("/v1/ledger")), ledger) << "a restart forgets nothing";
}

TEST(ApiLedger, PrometheusTellsKeysAndExperimentsApartForWhoMayKnowThem) {
  Time now = kNoon;
  Running running(at(now));
  ASSERT_EQ(running.post("/v1/experiments", R"({"key":"checkout","variants":[{"key":"a"},{"key":"b"}]})").status, 201);
  const auto server = running.key(fast::KeyKind::server);
  running.send_as(server, http::Method::post, "/v1/events",
                  kExposure + purchase("p1", "2026-11-21T11:30:00Z") + R"({"id":"y","type":"exposure","unit":"u1",)" +
                      R"("ts":"2026-11-21T11:00:00Z","experiment":"no-such","variant":"a"})" + "\n{\"type\":1}\n");
  const std::string stored = "touchstone_experiment_exposures_total{environment=\"default/production\",experiment=";
  const auto told = running.send_as(server, http::Method::get, "/metrics").body;
  EXPECT_NE(told.find(stored + "\"checkout\",verdict=\"stored\"} 1\n"), std::string::npos) << told;
  EXPECT_EQ(told.find("no-such"), std::string::npos);
  const auto of_key = told.find("touchstone_key_events_total{environment=\"default/production\",key=\"ts_");
  ASSERT_NE(of_key, std::string::npos) << told;
  EXPECT_NE(told.find("verdict=\"stored\"} 3\n", of_key), std::string::npos) << told;
  EXPECT_NE(told.find("verdict=\"refused\"} 1\n", of_key), std::string::npos) << told;
  for (const std::string& key : {std::string(), running.key(fast::KeyKind::client)})
    EXPECT_EQ(running.send_as(key, http::Method::get, "/metrics").body.find("checkout"), std::string::npos);
}

TEST(ApiLatestEvents, AreWhatWasStoredTheNewestFirst) {
  Time now = kNoon;
  Running running(at(now));
  EXPECT_TRUE(read(running.get("/v1/events"))["items"].empty());
  running.post("/v1/events", kExposure + purchase("p1", "2026-11-21T11:30:00Z"));
  running.post("/v1/events", purchase("p1", "2026-11-21T11:30:00Z"));  // known
  running.post("/v1/events", purchase("p2", "2027-11-21T11:30:00Z"));  // kept aside
  running.post("/v1/events", purchase("p3", "2026-11-21T11:31:00Z") + purchase("p4", "2026-11-21T11:32:00Z"));
  const auto ids = [&](const std::string& query) {
    std::vector<std::string> all;
    const json answer = read(running.get("/v1/events" + query));
    for (const json& item : answer["items"]) all.push_back(item["event"]["id"]);
    return all;
  };
  EXPECT_EQ(ids(""), (std::vector<std::string>{"p4", "p3", "p1", "x"}));
  EXPECT_EQ(ids("?limit=1"), (std::vector<std::string>{"p4"}));
  EXPECT_EQ(ids("?limit=3"), (std::vector<std::string>{"p4", "p3", "p1"}));
  const json newest = read(running.get("/v1/events?limit=1"))["items"][0];
  EXPECT_EQ(newest["te"], "2026-11-21T11:32:00Z");
  EXPECT_EQ(newest["received"], "2026-11-21T12:00:00Z");
  EXPECT_EQ(running.send_as(running.key(fast::KeyKind::server), http::Method::get, "/v1/events").status, 403)
      << "they name units";
}

TEST(ApiQuarantine, ExplainsItselfAndIsReplayedAtItsTrueTime) {
  Time now = kNoon;
  Running running(at(now));
  running.post("/v1/events", purchase("a", "2027-11-21T11:00:00Z") + purchase("b", "2027-11-21T11:00:00Z") +
                                 purchase("c", "2027-11-21T11:00:00Z"));
  const json aside = read(running.get("/v1/quarantine?limit=2"));
  ASSERT_EQ(aside["items"].size(), 2U);
  const json& first = aside["items"][0];
  EXPECT_EQ(first["reason"], "too_far_ahead");
  EXPECT_EQ(first["event"]["id"], "a");
  EXPECT_EQ(first["storable_from"], "2027-11-20T11:00:00Z");
  EXPECT_NE(first["detail"].get<std::string>().find("2027-11-21T11:00:00Z"), std::string::npos);
  EXPECT_EQ(read(running.get("/v1/quarantine?after=" + aside["next"].get<std::string>()))["items"].size(), 1U);

  const json unchanged = read(running.post("/v1/quarantine/replay", "{}"));
  EXPECT_EQ(unchanged["quarantined"], 3) << "nothing was mended";
  const json mended = read(running.post("/v1/quarantine/replay", R"({"ids":[1,2],"earlier":"365d"})"));
  EXPECT_EQ(mended["stored"], 2);
  EXPECT_EQ(read(running.get("/v1/quarantine"))["items"].size(), 1U);
  EXPECT_EQ(running.post("/v1/quarantine/replay", R"({"ids":[1]})").status, 404) << "it has left";
  EXPECT_EQ(member(running.post("/v1/quarantine/replay", R"({"ids":[3,77]})").body, "/errors/0/pointer"), "/ids");

  now += std::chrono::hours(24 * 364);
  const json in_time = read(running.post("/v1/quarantine/replay", "{}"));
  EXPECT_EQ(in_time["stored"], 1);
  EXPECT_EQ(in_time["items"][0]["id"], 3);
}

TEST(ApiQuarantine, AReplayThatWasCutIsRepeated) {
  Time now = kNoon;
  Running running(at(now));
  running.post("/v1/events", purchase("a", "2026-11-23T11:00:00Z"));
  now += std::chrono::hours(24);
  running.post("/v1/events", purchase("a", "2026-11-23T11:00:00Z"));  // stored meanwhile, and still aside
  const json again = read(running.post("/v1/quarantine/replay", "{}"));
  EXPECT_EQ(again["duplicate"], 1);
  EXPECT_EQ(read(running.get("/v1/quarantine"))["items"].size(), 0U);
}

}  // namespace
}  // namespace touchstone::api
