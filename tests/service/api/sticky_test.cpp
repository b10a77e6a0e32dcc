// Units that keep what they met, through changes, log-ins and restarts, asked over HTTP.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

constexpr int kUnits = 60;

std::string unit(int number) { return "u" + std::to_string(number); }

/// The age of the configuration is another each time.
std::string without_age(std::string answer) {
  const auto age = answer.find(R"("config_age_ms")");
  return age == std::string::npos ? answer : answer.erase(age, answer.find(',', age) + 1 - age);
}

std::string ask(Running& running, const std::string& id) {
  return without_age(running.get("/v1/evaluate?flag=e&unit=" + id).body);
}

std::string variant(Running& running, const std::string& id) { return member(ask(running, id), "/variant"); }

std::string exposure(const std::string& id, const std::string& type, const std::string& met,
                     const std::string& ts = "2026-02-01T00:00:00Z") {
  return R"({"id":"x-)" + type + id + ts + R"(","type":"exposure","unit":{"type":")" + type + R"(","id":")" + id +
         R"("},"ts":")" + ts + R"(","experiment":"e","variant":")" + met + "\"}";
}

std::string link(const std::string& device, const std::string& user, const std::string& ts = "2026-02-02T00:00:00Z") {
  return R"({"id":"l-)" + device + user + R"(","type":"link","unit":{"type":"device","id":")" + device +
         R"("},"to":{"type":"user","id":")" + user + R"("},"ts":")" + ts + "\"}";
}

void send(Running& running, const std::vector<std::string>& items) {
  std::string body;
  for (const auto& item : items) body += item + "\n";
  const auto answer = running.post("/v1/events", body);
  ASSERT_EQ(answer.status, 200) << answer.body;
  ASSERT_EQ(member(answer.body, "/refused"), "0") << answer.body;
}

/// An experiment `e` of two equal variants that has run since January, with `members` beside.
void start(Running& running, const std::string& members) {
  const auto made =
      running.post("/v1/experiments", R"({"key":"e","exposure":"client",)" + members +
                                          R"("variants":[{"key":"a"},{"key":"b"}],"plan":{"metrics":[]}})");
  ASSERT_EQ(made.status, 201) << made.body;
  ASSERT_EQ(running.post("/v1/experiments/e:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
}

void change(Running& running, const std::string& body) {
  const auto changed = running.patch("/v1/experiments/e", body);
  ASSERT_EQ(changed.status, 200) << changed.body;
}

const std::string kAllToB =
    R"({"variants":[{"key":"a","weight":0,"values":{"e":false}},{"key":"b","weight":100,"values":{"e":true}}]})";

/// Everybody's variant now, and that they met it.
std::vector<std::string> expose_all(Running& running) {
  std::vector<std::string> met;
  std::vector<std::string> items;
  for (int i = 0; i < kUnits; ++i) {
    met.push_back(variant(running, unit(i)));
    items.push_back(exposure(unit(i), "user", met.back()));
  }
  send(running, items);
  return met;
}

void expect_kept(Running& running, const std::vector<std::string>& met) {
  for (int i = 0; i < kUnits; ++i) {
    const auto answer = ask(running, unit(i));
    EXPECT_EQ(member(answer, "/variant"), met[static_cast<std::size_t>(i)]) << answer;
    EXPECT_EQ(member(answer, "/cause"), "sticky");
    EXPECT_EQ(member(answer, "/reason"), "SPLIT");
  }
}

TEST(ApiSticky, AUnitKeepsItsFirstVariantThroughChangesAndARestart) {
  Running running;
  start(running, R"("sticky":true,)");
  const auto met = expose_all(running);
  ASSERT_NE(std::ranges::count(met, "a"), 0);
  change(running, kAllToB);
  expect_kept(running, met);
  EXPECT_EQ(variant(running, "newcomer"), "b");
  change(running, R"({"when":["country","is","DE"]})");
  expect_kept(running, met);
  running.restart();
  expect_kept(running, met);
}

TEST(ApiSticky, WithoutItAChangeMoves) {
  Running running;
  start(running, "");
  const auto met = expose_all(running);
  change(running, kAllToB);
  for (int i = 0; i < kUnits; ++i) EXPECT_EQ(variant(running, unit(i)), "b");
  change(running, R"({"sticky":{}})");
  expect_kept(running, met);
  change(running, R"({"sticky":null})");
  for (int i = 0; i < kUnits; ++i) EXPECT_EQ(variant(running, unit(i)), "b");
}

TEST(ApiSticky, ABlockedVariantIsLeftAndARaisedVersionForgets) {
  Running running;
  start(running, R"("sticky":true,)");
  const auto met = expose_all(running);
  change(running, kAllToB);
  change(running, R"({"sticky":{"blocked":["a"]}})");
  for (int i = 0; i < kUnits; ++i) EXPECT_EQ(variant(running, unit(i)), "b");
  change(running, R"({"sticky":{}})");
  expect_kept(running, met);
  change(running, R"({"sticky":{"version":2}})");
  for (int i = 0; i < kUnits; ++i) EXPECT_EQ(member(ask(running, unit(i)), "/cause"), "assigned");
  EXPECT_EQ(member(running.get("/v1/experiments/e").body, "/phases/4/sticky_version"), "2");
  const auto lowered = running.patch("/v1/experiments/e", R"({"sticky":{"version":1}})");
  EXPECT_EQ(lowered.status, 409);
  EXPECT_EQ(member(lowered.body, "/errors/0/pointer"), "/sticky/version");
  EXPECT_EQ(running.patch("/v1/experiments/e", R"({"sticky":{"version":2,"blocked":["c"]}})").status, 422);
}

TEST(ApiSticky, WhoseConditionNoLongerHoldsLeavesWhereTheExperimentSaysSo) {
  Running running;
  start(running, R"("sticky":{"leaves_with_condition":true},"when":["country","is","DE"],)");
  send(running, {exposure("u1", "user", "a")});
  const auto told = running.get("/v1/evaluate?flag=e&unit=u1&attr.country=DE").body;
  EXPECT_EQ(member(told, "/variant"), "a");
  EXPECT_EQ(member(told, "/cause"), "sticky");
  EXPECT_EQ(member(running.get("/v1/evaluate?flag=e&unit=u1&attr.country=AT").body, "/cause"), "condition");
}

TEST(ApiSticky, AClosedExperimentServesThoseWhoAreIn) {
  Running running;
  start(running, "");
  const auto met = expose_all(running);
  change(running, R"({"enrolling":false})");
  expect_kept(running, met);
  EXPECT_EQ(member(ask(running, "newcomer"), "/cause"), "not_enrolling");
  running.restart();
  expect_kept(running, met);
  EXPECT_EQ(member(running.get("/v1/experiments/e").body, "/phases/1/enrolling"), "false");
  EXPECT_EQ(member(running.get("/v1/experiments/e/report").body, "/counts/units"), std::to_string(kUnits));
}

TEST(ApiSticky, ThePlannerCountsNobodyWhoKeepsAVariant) {
  Running running;
  start(running, R"("sticky":true,)");
  const auto met = expose_all(running);
  const auto in_a = std::to_string(std::ranges::count(met, "a"));
  EXPECT_EQ(member(running.post("/v1/experiments/e/plan-change", kAllToB).body, "/moved"), "0");
  const auto blocked = running.post(
      "/v1/experiments/e/plan-change",
      R"({"sticky":{"blocked":["a"]},"variants":[{"key":"a","weight":0,"values":{"e":false}},{"key":"b","weight":1,"values":{"e":true}}]})");
  EXPECT_EQ(member(blocked.body, "/moved"), in_a) << blocked.body;
  EXPECT_EQ(
      member(running.post("/v1/experiments/e/plan-change", R"({"enrolling":false,"sticky":null})").body, "/moved"),
      "0");
}

std::string both(Running& running, const std::string& user, const std::string& device) {
  const std::string units = R"([{"type":"user","id":")" + user + R"("},{"type":"device","id":")" + device + R"("}])";
  return without_age(running.post("/v1/evaluate", R"({"flag":"e","units":)" + units + "}").body);
}

TEST(ApiSticky, WhatADeviceMetFollowsIntoTheAccountAndCountsOnce) {
  Running running;
  start(running, R"("sticky":true,"fallback_unit_type":"device",)");
  // Whose own draw would differ: u1 is drawn a or b, and its device met the other one.
  const auto other = variant(running, "u1") == "a" ? "b" : "a";
  send(running, {exposure("d1", "device", other)});
  EXPECT_EQ(member(both(running, "u1", "d1"), "/variant"), other);
  EXPECT_NE(variant(running, "u1"), other);
  send(running, {link("d1", "u1")});
  EXPECT_EQ(variant(running, "u1"), other);
  running.restart();
  EXPECT_EQ(variant(running, "u1"), other);
  send(running, {exposure("u1", "user", other, "2026-02-03T00:00:00Z")});
  const auto report = running.get("/v1/experiments/e/report").body;
  EXPECT_EQ(member(report, "/counts/units"), "1") << report;
  EXPECT_EQ(member(report, "/ledger/unattributed"), "0") << report;
}

TEST(ApiSticky, ASharedDeviceBelongsToItsEarliestAccountOnly) {
  Running running;
  start(running, R"("sticky":true,"fallback_unit_type":"device",)");
  const auto other = variant(running, "second") == "a" ? "b" : "a";
  send(running, {exposure("d1", "device", other), link("d1", "first")});
  EXPECT_EQ(variant(running, "first"), other);
  EXPECT_NE(member(both(running, "second", "d1"), "/variant"), other);
  send(running, {link("d1", "second", "2026-02-01T12:00:00Z")});
  EXPECT_EQ(member(both(running, "second", "d1"), "/variant"), other);
}

TEST(ApiSticky, ExplainTellsWhatWasMetAndWhetherItIsKept) {
  Running running;
  start(running, R"("sticky":true,"fallback_unit_type":"device",)");
  send(running, {exposure("d1", "device", "a"), link("d1", "u1")});
  const auto kept = running.get("/v1/explain?flag=e&unit=u1").body;
  EXPECT_EQ(member(kept, "/rules/0/met/variant"), "a") << kept;
  EXPECT_EQ(member(kept, "/rules/0/met/unit/id"), "u1");
  EXPECT_EQ(member(kept, "/rules/0/met/outcome"), "kept");
  EXPECT_EQ(member(kept, "/cause"), "sticky");
  const auto device = running.get("/v1/explain?flag=e&unit=d1&unit_type=device").body;
  EXPECT_EQ(member(device, "/rules/0/met/belongs"), "true") << device;
  change(running, R"({"sticky":{"blocked":["a"]}})");
  const auto blocked = running.get("/v1/explain?flag=e&unit=u1").body;
  EXPECT_EQ(member(blocked, "/rules/0/met/outcome"), "blocked") << blocked;
  EXPECT_EQ(member(blocked, "/rules/0/cause"), "assigned");
}

/// Devices and accounts, links earlier and later, twice and to themselves; exposures on both sides.
std::vector<std::string> story() {
  std::vector<std::string> items;
  for (int i = 0; i < 80; ++i) {
    const auto id = std::to_string(i);
    const auto hour = std::to_string(10 + i % 10);
    items.push_back(exposure("d" + id, "device", i % 3 == 0 ? "a" : "b", "2026-02-01T" + hour + ":00:00Z"));
    items.push_back(exposure("u" + id, "user", i % 2 == 0 ? "a" : "b",
                             "2026-02-0" + std::to_string(1 + i % 4) + "T" + hour + ":30:00Z"));
    if (i % 5 != 0) items.push_back(link("d" + id, "u" + id, "2026-02-03T00:00:00Z"));
    if (i % 7 == 0) items.push_back(link("d" + id, "u" + std::to_string((i + 1) % 80), "2026-02-02T00:00:00Z"));
    if (i % 11 == 0)
      items.push_back(R"({"type":"link","unit":"u)" + id + R"(","to":"u)" + id + R"(","ts":"2026-02-01T00:00:00Z"})");
    items.push_back(R"({"id":"p)" + id + R"(","type":"event","name":"purchase","unit":{"type":")" +
                    (i % 2 == 0 ? "device" : "user") + R"(","id":")" + (i % 2 == 0 ? "d" : "u") + id +
                    R"("},"ts":"2026-02-05T00:00:00Z","value":3})");
  }
  return items;
}

TEST(ApiSticky, TheReportAndWhatIsKeptAreTheSameInEveryOrderAlsoWithLinksLast) {
  const auto serve = [](const std::vector<std::string>& items, bool restart) {
    Running running;
    EXPECT_EQ(running.post("/v1/metrics", R"({"key":"purchase","kind":"count","event":"purchase"})").status, 201);
    const auto made = running.post("/v1/experiments", R"({"key":"e","exposure":"client","sticky":true,)"
                                                      R"("fallback_unit_type":"device",)"
                                                      R"("variants":[{"key":"a"},{"key":"b"}],)"
                                                      R"("plan":{"metrics":[{"metric":"purchase"}]}})");
    EXPECT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(running.post("/v1/experiments/e:start", R"({"at":"2026-01-01T00:00:00Z"})").status, 200);
    for (std::size_t i = 0; i < items.size(); i += 37)
      send(running, {items.begin() + static_cast<std::ptrdiff_t>(i),
                     items.begin() + static_cast<std::ptrdiff_t>(std::min(items.size(), i + 37))});
    if (restart) running.restart();
    std::string seen = member(running.get("/v1/experiments/e/report").body, "/digest/results");
    for (int i = 0; i < 80; ++i) seen += both(running, "u" + std::to_string(i), "d" + std::to_string(i)) + "\n";
    return seen;
  };
  auto items = story();
  std::ranges::stable_partition(items, [](const auto& item) { return item.find("\"link\"") == std::string::npos; });
  const auto last = serve(items, false);
  EXPECT_NE(last.find("b2-256:"), std::string::npos);
  std::ranges::reverse(items);
  EXPECT_EQ(serve(items, false), last);
  for (unsigned seed = 1; seed <= 3; ++seed) {
    std::ranges::shuffle(items, std::mt19937(seed));
    EXPECT_EQ(serve(items, seed == 2), last) << seed;
  }
}

}  // namespace
}  // namespace touchstone::api
