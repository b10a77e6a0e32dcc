#include "service/fast/fast_lane.hpp"

#include <chrono>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "assign/decide.hpp"
#include "service/fast/keeper.hpp"
#include "service/fast/preview.hpp"
#include "tests/counting_allocator.hpp"

// Links no storage: that this program exists is the proof that evaluation needs none.
namespace touchstone::fast {
namespace {

using namespace std::chrono_literals;

std::shared_ptr<const assign::Snapshot> snapshot() {
  assign::SnapshotDocument document;
  document.config_version = 7;
  document.layers["shop"].salt = "AAAAAAAAAAAAAAAAAAAAAAA";
  auto& experiment = document.experiments["checkout"];
  experiment.layer = "shop";
  experiment.sticky.emplace();
  experiment.salt = "BBBBBBBBBBBBBBBBBBBBBBB";
  experiment.entry = {{0, assign::slot_count}};
  experiment.slots = {{0, 500'000, 0}, {500'000, assign::slot_count, 1}};
  experiment.variants = {{"control", {{"checkout", "false"}}}, {"one-page", {{"checkout", "true"}}}};
  auto& flag = document.flags["checkout"];
  flag.off = flag.default_value = "false";
  flag.rules = {{std::nullopt, assign::RunDocument{"checkout"}}};
  return assign::Snapshot::compile(document).value();
}

std::shared_ptr<const View> view() {
  View view;
  view.keys = std::make_shared<const KeyTable>(
      std::vector<KeyTable::Entry>{{hash_of_key("ts_client_1"), {KeyKind::client, 1, 9}}});
  view.put(1, snapshot());
  return std::make_shared<const View>(std::move(view));
}

void refuse(const http::Request&, const Error& error, http::Response& response) {
  response.status = error.code == ErrorCode::not_found ? 404 : 400;
  response.body = error.pointer;
}

class FastLaneTest : public testing::Test {
 protected:
  http::Response evaluate(std::string_view query) {
    http::Request request;
    request.query = query;
    http::Response response;
    lane_.evaluate_query(request, {KeyKind::client, 1, 9}, response);
    return response;
  }
  std::string body(std::string_view query) { return std::get<std::string>(evaluate(query).body); }

  CurrentView current_{view()};
  Doorbell doorbell_;
  FastLane lane_{current_, doorbell_, 1, refuse};
};

TEST_F(FastLaneTest, KnowsTheCallerByTheKey) {
  http::Request request;
  request.authorization = "Bearer ts_client_1";
  EXPECT_EQ(lane_.caller(request), (Caller{KeyKind::client, 1, 9}));
  request.authorization = "Bearer ts_client_2";
  EXPECT_FALSE(lane_.caller(request));
  current_.publish(std::make_shared<const View>());
  request.authorization = "Bearer ts_client_1";
  EXPECT_FALSE(lane_.caller(request));
}

TEST_F(FastLaneTest, HandsEachExposureOverOnce) {
  EXPECT_NE(body("flag=checkout&unit=u1").find(R"("exposure":"queued")"), std::string::npos);
  EXPECT_NE(body("flag=checkout&unit=u1").find(R"("exposure":"repeat")"), std::string::npos);
  EXPECT_NE(body("flag=checkout&unit=u2").find(R"("exposure":"queued")"), std::string::npos);
  doorbell_.wait();
  std::vector<std::string> units;
  lane_.take_exposures(100, [&](const RecordedExposure& exposure) {
    units.emplace_back(exposure.unit.id);
    EXPECT_EQ(exposure.experiment, "checkout");
    EXPECT_EQ(exposure.config_version, 7);
    EXPECT_EQ(exposure.environment, 1U);
  });
  EXPECT_EQ(units, (std::vector<std::string>{"u1", "u2"}));
  EXPECT_EQ(lane_.counts().queued, 2U);
  EXPECT_EQ(lane_.counts().repeated, 1U);
  EXPECT_EQ(lane_.counts().evaluations, 3U);
}

TEST_F(FastLaneTest, AFullRingDropsCountsAndTriesAgainLater) {
  std::string last;
  int sent = 0;
  for (; lane_.counts().dropped == 0 && sent < 100'000; ++sent)
    last = body("flag=checkout&unit=u" + std::to_string(sent));
  EXPECT_NE(last.find(R"("exposure":"dropped")"), std::string::npos);
  lane_.take_exposures(100'000, [](const RecordedExposure&) {});
  EXPECT_NE(body("flag=checkout&unit=u" + std::to_string(sent - 1)).find(R"("exposure":"queued")"), std::string::npos);
}

TEST_F(FastLaneTest, BulkNeverExposesAndUnknownFlagsAreNotFound) {
  EXPECT_NE(body("unit=u1").find(R"("variant":)"), std::string::npos);
  EXPECT_EQ(lane_.counts().queued, 0U);
  EXPECT_EQ(evaluate("flag=nothing&unit=u1").status, 404);
  EXPECT_EQ(evaluate("colour=red").status, 400);
}

TEST_F(FastLaneTest, ASingleEvaluationAllocatesNothingButTheReply) {
  http::Request request;
  http::Response response;
  request.authorization = "Bearer ts_client_1";
  const auto run = [&](std::string_view query, std::string_view sent) {
    auto& reply = std::get<std::string>(response.body);
    reply.clear();
    request.query = query;
    lane_.evaluate_query(request, *lane_.caller(request), response);
    reply.clear();
    request.body = sent;
    lane_.evaluate_body(request, *lane_.caller(request), response);
  };
  std::get<std::string>(response.body).reserve(1024);
  run("flag=checkout&unit=warm-up&attr.country=DE",
      R"({"flag":"checkout","unit":"warm-up","attributes":{"country":"DE"}})");
  const auto before = tests::allocations();
  run("flag=checkout&unit=u123456&attr.country=DE",
      R"({"flag":"checkout","unit":"u123456","attributes":{"country":"DE"}})");
  EXPECT_EQ(tests::allocations(), before);
}

TEST_F(FastLaneTest, WhatAUnitKeepsAndAPreviewAreServedFromMemoryWithoutAnAllocation) {
  Keeper keeper([](const auto&) {});
  keeper.put("checkout", {"user", "u0"}, assign::Met{0, false});
  keeper.put("checkout", {"user", "u1"}, assign::Met{1, false});
  View next = *current_.load();
  next.kept = {nullptr, keeper.table()};
  next.preview_key.fill(3);
  current_.publish(std::make_shared<const View>(next));
  const auto later = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) + 1h;
  const std::string preview =
      "flag=checkout&unit=u0&preview=" + write_preview(next.preview_key, {1, later, "checkout", "one-page"});
  EXPECT_NE(body("flag=checkout&unit=u0").find(R"("variant":"control")"), std::string::npos);
  EXPECT_NE(body("flag=checkout&unit=u1").find(R"("variant":"one-page")"), std::string::npos);
  EXPECT_NE(body("flag=checkout&unit=u1").find(R"("cause":"sticky")"), std::string::npos);
  EXPECT_NE(body(preview).find(R"("exposure":"none")"), std::string::npos);
  EXPECT_EQ(body("flag=checkout&unit=u0&preview=forged"), "/preview");

  http::Request request;
  http::Response response;
  std::get<std::string>(response.body).reserve(1024);
  const auto run = [&](std::string_view query) {
    request.query = query;
    std::get<std::string>(response.body).clear();
    lane_.evaluate_query(request, {KeyKind::client, 1, 9}, response);
  };
  run(preview);
  const auto before = tests::allocations();
  run("flag=checkout&unit=u1");
  run(preview);
  EXPECT_EQ(tests::allocations(), before);
}

}  // namespace
}  // namespace touchstone::fast
