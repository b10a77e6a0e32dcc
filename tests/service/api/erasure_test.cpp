// A unit that is forgotten over HTTP: what its certificate says, what reports say, and what comes of it afterwards.

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "service/app/verification.hpp"
#include "service/codec/json.hpp"
#include "service/codec/report_signature.hpp"
#include "tests/files_with.hpp"
#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

using http::Method;
using nlohmann::json;

/// Anything an id may hold.
const std::string kUnit = "pér/son 47:11?&%";
const std::string kEncoded = "p%C3%A9r%2Fson%2047%3A11%3F%26%25";

json read(const http::ClientResponse& response) {
  EXPECT_EQ(response.status, 200) << response.body;
  return json::parse(response.body);
}

std::string event(const std::string& id, const std::string& unit, const std::string& further,
                  const std::string& ts = "2026-01-02T00:00:00Z") {
  return json({{"id", id}, {"unit", unit}, {"ts", ts}}).dump().substr(1).insert(0, "{" + further + ",") + "\n";
}

/// A running experiment in which the unit and thirty others met an arm and bought something.
class ApiErasure : public testing::Test {
 protected:
  ApiErasure() {
    running_.post("/v1/metrics", R"({"key":"revenue","kind":"sum","event":"purchase"})");
    running_.post("/v1/experiments",
                  R"({"key":"checkout","scheme":"external","exposure":"client","sticky":{},"variants":[{"key":"a"},)"
                  R"({"key":"b"}],"plan":{"metrics":[{"metric":"revenue"}]}})");
    EXPECT_EQ(running_.post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
    for (int i = 0; i < 30; ++i) come(std::to_string(i), i % 2 == 0 ? "a" : "b");
    come(kUnit, "b");
    running_.post("/v1/events", event("l1", kUnit, R"("type":"link","to":{"type":"account","id":"acme-4711"})"));
    running_.post("/v1/events", event("q1", kUnit, R"("type":"event","name":"purchase")", "2099-01-02T00:00:00Z"));
  }

  void come(const std::string& unit, const std::string& variant) {
    const auto sent = running_.post(
        "/v1/events",
        event("x" + unit, unit, R"("type":"exposure","experiment":"checkout","variant":")" + variant + '"') +
            event("p" + unit, unit, R"("type":"event","name":"purchase","value":3)"));
    EXPECT_EQ(json::parse(sent.body)["stored"], 2) << sent.body;
  }

  http::ClientResponse erase(const std::string& further = "") {
    return running_.send(Method::del, "/v1/units?unit=" + kEncoded + further);
  }

  json report() { return read(running_.get("/v1/experiments/checkout/report")); }

  Running running_;
};

TEST_F(ApiErasure, ItsCertificateIsSignedAndNamesItByItsHashAlone) {
  const auto answer = erase();
  const json certificate = read(answer);
  EXPECT_EQ(certificate["unit"]["type"], "user");
  EXPECT_EQ(certificate["events"], json::parse(R"({"count":3,"first_seq":61,"last_seq":63})"));
  EXPECT_EQ(certificate["removed"].back(), json::parse(R"({"place":"quarantine","rows":1})"));
  EXPECT_EQ(certificate["linked"], json::parse(R"({"units":1,"erased_too":false})"));
  EXPECT_FALSE(certificate["finished_at"].is_null());
  EXPECT_EQ(answer.body.find("son 47"), std::string::npos);
  codec::JsonDocument document;
  ASSERT_TRUE(document.read(answer.body));
  EXPECT_EQ(codec::check_signature(document.root(), running_.service().secrets().reports).value(),
            codec::SignatureState::ours);
  const json again = read(erase());
  EXPECT_EQ(again["finished_at"], certificate["finished_at"]) << "it may be repeated";
  EXPECT_EQ(read(running_.get("/v1/units/erasure?unit=" + kEncoded))["unit"], certificate["unit"]);
}

TEST_F(ApiErasure, NothingOfItIsOnDisk) {
  const auto data = running_.service().directory().path();
  ASSERT_FALSE(files_with(data, kUnit).empty());
  read(erase());
  EXPECT_EQ(files_with(data, kUnit), std::vector<std::string>{});
  EXPECT_EQ(read(running_.get("/v1/quarantine"))["items"].size(), 0U);
}

TEST_F(ApiErasure, ReportsAreThoseWithoutIt) {
  EXPECT_EQ(report()["results"][0]["n"], json::parse("[15,16]"));
  const auto kept = running_.service().kept(running_.service().default_environment());
  read(erase());
  const json after = report();
  EXPECT_EQ(after["results"][0]["n"], json::parse("[15,15]"));
  EXPECT_LT(running_.service().kept(running_.service().default_environment()), kept);
  const auto proofs = app::prove_live(running_.service()).value();
  ASSERT_EQ(proofs.size(), 1U);
  EXPECT_TRUE(proofs.front().differences.empty());
  running_.restart();
  json restarted = report();
  EXPECT_EQ(restarted["digest"]["results"], after["digest"]["results"]);
  EXPECT_EQ(restarted["digest"]["events"], after["digest"]["events"]);
}

TEST_F(ApiErasure, WhatComesOfItIsRefusedUntilItIsLifted) {
  read(erase());
  const std::string purchase = event("again", kUnit, R"("type":"event","name":"purchase","value":3)");
  const json refused =
      read(running_.post("/v1/events", purchase + event("other", "0", R"("type":"event","name":"x")")));
  EXPECT_EQ(refused["refused"], 1);
  EXPECT_EQ(refused["stored"], 1);
  EXPECT_EQ(refused["items"][0]["verdict"], "refused");
  EXPECT_EQ(refused["items"][0]["code"], "erased");
  EXPECT_EQ(refused["items"][0]["error"]["pointer"], "/0/unit");
  running_.restart();
  EXPECT_EQ(read(running_.post("/v1/events", purchase))["refused"], 1) << "also after a restart";
  const auto lift = [&] { return running_.send(Method::del, "/v1/units/erasure?unit=" + kEncoded).status; };
  EXPECT_EQ(lift(), 204);
  EXPECT_EQ(lift(), 404);
  EXPECT_EQ(running_.get("/v1/units/erasure?unit=" + kEncoded).status, 404);
  EXPECT_EQ(read(running_.post("/v1/events", purchase))["stored"], 1);
  EXPECT_EQ(read(erase())["events"]["count"], 1) << "and it may be erased again";
}

TEST_F(ApiErasure, UnitsOfTheSamePersonGoWithItWhereThatIsAsked) {
  running_.post("/v1/events", R"({"id":"f1","type":"event","name":"visit","unit":{"type":"account","id":"acme-4711"},)"
                              R"("ts":"2026-01-02T00:00:00Z"})");
  const json certificate = read(erase("&linked=true"));
  EXPECT_EQ(certificate["linked"], json::parse(R"({"units":1,"erased_too":true})"));
  const json other = read(running_.get("/v1/units/erasure?unit=acme-4711&unit_type=account"));
  EXPECT_EQ(other["events"]["count"], 1) << "the link went with the first of the two";
  EXPECT_TRUE(files_with(running_.service().directory().path(), "acme-4711").empty());
}

TEST_F(ApiErasure, AListThatNamesItIsTold) {
  EXPECT_EQ(running_.post("/v1/segments", json({{"key", "vip"}, {"list", {{"unit", "user"}, {"ids", {kUnit}}}}}).dump())
                .status,
            201);
  EXPECT_EQ(read(erase())["lists"], json::parse(R"(["vip"])"));
}

TEST_F(ApiErasure, TheHistoryShowsThatItWasOrdered) {
  const std::string hash = read(erase())["unit"]["hash"];
  const json changes = read(running_.get("/v1/changes?limit=1000"));
  const json& last = changes["items"].back();
  EXPECT_EQ(last["entity"], "erasure");
  EXPECT_EQ(last["key"], hash);
  EXPECT_EQ(last["document"]["in_force"], true);
}

TEST_F(ApiErasure, WhatIsNoUnitIsRefused) {
  EXPECT_EQ(member(running_.send(Method::del, "/v1/units").body, "/errors/0/pointer"), "/unit");
  EXPECT_EQ(member(running_.send(Method::del, "/v1/units?unit=a&unit_type=%20").body, "/errors/0/pointer"),
            "/unit_type");
  EXPECT_EQ(running_.send_as(running_.key(fast::KeyKind::server), Method::del, "/v1/units?unit=a").status, 403);
}

}  // namespace
}  // namespace touchstone::api
