// A client without a server: defaults, types, and what it says of itself.

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sdk/cpp/client.hpp"

namespace touchstone::sdk {
namespace {

using namespace std::chrono_literals;
using assign::Reason;

constexpr std::string_view document =
    R"({"format":1,"project":"default","environment":"production","config_version":7,"published_at":"2026-11-21T14:00:00Z",)"
    R"("layers":{},"holdouts":{},"segments":{},"experiments":{},"flags":{)"
    R"("on":{"type":"bool","off":false,"default":true,"rules":[]},)"
    R"("most":{"type":"int","off":0,"default":9007199254740992,"rules":[]},)"
    R"("price":{"type":"float","off":0,"default":9.5,"rules":[]},)"
    R"("words":{"type":"string","off":"","default":"a \"quoted\" \u00e9","rules":[]},)"
    R"("tree":{"type":"json","off":null,"default":{"a":[1,2]},"rules":[]},)"
    R"("off":{"type":"bool","off":false,"default":true,"enabled":false,"rules":[]}}})";

const assign::Unit unit{"user", "u1"};
const assign::Subject subject{{&unit, 1}, {}};

Client offline() { return Client(Options{.bootstrap = std::string(document)}); }

TEST(SdkOffline, EveryTypeIsReadAsItself) {
  const auto client = offline();
  EXPECT_TRUE(client.boolean("on", subject, false).value);
  EXPECT_EQ(client.integer("most", subject, 0).value, 9007199254740992);
  EXPECT_EQ(client.number("price", subject, 0).value, 9.5);
  EXPECT_EQ(client.number("most", subject, 0).value, 9007199254740992.0);
  EXPECT_EQ(client.text("words", subject, "").value, "a \"quoted\" \u00e9");
  EXPECT_EQ(client.json("tree", subject, "").value, R"({"a":[1,2]})");
  EXPECT_EQ(client.boolean("on", subject, false).config_version, 7);
}

TEST(SdkOffline, AnotherTypeIsAMismatchAndGivesTheDefault) {
  const auto client = offline();
  const auto answer = client.text("on", subject, "otherwise");
  EXPECT_EQ(answer.value, "otherwise");
  EXPECT_EQ(answer.problem, Problem::type_mismatch);
  EXPECT_EQ(name_of(answer.problem), "TYPE_MISMATCH");
  EXPECT_EQ(answer.reason, Reason::error);
  EXPECT_EQ(client.integer("price", subject, 3).value, 3);
  EXPECT_EQ(client.boolean("words", subject, true).problem, Problem::type_mismatch);
}

TEST(SdkOffline, AnUnknownFlagAndADisabledOneAreSaid) {
  const auto client = offline();
  const auto unknown = client.boolean("nobody", subject, true);
  EXPECT_TRUE(unknown.value);
  EXPECT_EQ(unknown.problem, Problem::flag_not_found);
  const auto off = client.boolean("off", subject, true);
  EXPECT_FALSE(off.value);
  EXPECT_EQ(off.reason, Reason::disabled);
}

TEST(SdkOffline, WithoutAConfigurationEveryAnswerIsTheDefault) {
  const Client client(Options{});
  EXPECT_FALSE(client.ready());
  EXPECT_FALSE(client.wait_until_ready(0ms));
  const auto answer = client.text("words", subject, "otherwise");
  EXPECT_EQ(answer.value, "otherwise");
  EXPECT_EQ(answer.problem, Problem::not_ready);
  EXPECT_EQ(answer.reason, Reason::error);
  EXPECT_FALSE(answer.exposure);
}

TEST(SdkOffline, SaysWhatItIs) {
  const auto client = offline();
  EXPECT_TRUE(client.ready());
  EXPECT_EQ(client.status().phase, Phase::stale);
  EXPECT_EQ(client.status().origin, Origin::bootstrap);
  EXPECT_EQ(client.status().config_version, 7);
}

TEST(SdkOffline, NobodyIsThereToTakeEvents) {
  auto client = offline();
  const auto tracked = client.track({.name = "purchase", .unit = unit});
  ASSERT_FALSE(tracked);
  EXPECT_EQ(tracked.error().code, ErrorCode::unavailable);
  EXPECT_EQ(client.status().dropped, 1U);
}

TEST(SdkOffline, WhatTheServiceWouldRefuseIsSaidAtOnce) {
  auto client = offline();
  const std::vector<std::pair<Event, std::string>> bad = {
      {{.name = "", .unit = unit}, "/name"},
      {{.name = "a b", .unit = unit}, "/name"},
      {{.name = "buy", .unit = {"user", ""}}, "/unit/id"},
      {{.name = "buy", .unit = {"user", "line\nbreak"}}, "/unit/id"},
      {{.name = "buy", .unit = {"", "u1"}}, "/unit/type"},
      {{.name = "buy", .unit = unit, .value = std::numeric_limits<double>::quiet_NaN()}, "/value"},
      {{.name = "buy", .unit = unit, .value = 2e15}, "/value"},
      {{.name = "buy", .unit = unit, .channel = "\xFF"}, "/channel"},
      {{.name = "buy", .unit = unit, .id = "\x01"}, "/id"}};
  for (const auto& [event, pointer] : bad) {
    const auto tracked = client.track(event);
    ASSERT_FALSE(tracked) << pointer;
    EXPECT_EQ(tracked.error().code, ErrorCode::invalid);
    EXPECT_EQ(tracked.error().pointer, pointer);
  }
  const std::vector<assign::Attribute> latin1 = {{"city", std::string_view("K\xF6ln")}};
  EXPECT_EQ(client.track({.name = "buy", .unit = unit, .properties = latin1}).error().pointer, "/properties/city");
  EXPECT_EQ(client.link(unit, {"user", ""}).error().pointer, "/to/id");
  EXPECT_EQ(client.traits(unit, latin1).error().pointer, "/attributes/city");
  EXPECT_EQ(client.status().refused, bad.size() + 3);
  EXPECT_EQ(client.status().dropped, 0U);
}

// The flags of the contract's scenario "what only the server can decide".
constexpr std::string_view keyed =
    R"({"format":1,"project":"default","environment":"production","config_version":9,"published_at":"2026-11-21T14:00:00Z",)"
    R"("layers":{},"holdouts":{},"segments":{},)"
    R"("experiments":{"keyed":{"unit":"user","scheme":"touchstone-1k","phase":1,)"
    R"("enrolling":true,"exposure":"evaluate","entry":[],"slots":[],"overrides":[{"when":["staff","is",true],"variant":"a"}],)"
    R"("variants":[{"key":"a","values":{"keyed":1}}]}},"flags":{)"
    R"("keyed":{"type":"int","off":0,"default":5,"rules":[{"experiment":"keyed"}]},)"
    R"("hidden":{"type":"int","off":0,"default":5,"rules":[{"experiment":"keyed"},{"value":4}]},)"
    R"("behind":{"type":"int","off":0,"default":5,"rules":[{"when":{"not":{"variant":["keyed","is","a"]}},"value":6}]},)"
    R"("before":{"type":"int","off":0,"default":5,"rules":[{"when":["plan","is","pro"],"value":8},{"experiment":"keyed"}]},)"
    R"("listed":{"type":"int","off":0,"default":5,"rules":[{"when":{"any":[["plan","is","vip"],{"variant":["keyed","is","a"]}]},"value":3}]},)"
    R"("required":{"type":"int","off":0,"default":5,"rules":[{"when":{"flag":["behind","gt",1]},"value":2}]},)"
    R"("off":{"type":"int","off":0,"default":5,"enabled":false,"rules":[{"experiment":"keyed"}]},)"
    R"("plain":{"type":"int","off":0,"default":5,"rules":[{"value":7}]}}})";

TEST(SdkOffline, WhatOnlyTheServerCanDecideIsNeverApproximated) {
  const Client client(Options{.bootstrap = std::string(keyed)});
  for (const auto* flag : {"keyed", "hidden", "behind", "before"}) {
    const auto answer = client.integer(flag, subject, 99);
    EXPECT_EQ(answer.value, 99) << flag;
    EXPECT_EQ(answer.problem, Problem::not_local) << flag;
    EXPECT_EQ(name_of(answer.problem), "GENERAL");
    EXPECT_EQ(answer.variant, "") << flag;
    EXPECT_FALSE(answer.exposure) << flag;
  }
}

TEST(SdkOffline, TheFlagsThatMayNeedTheServerAreListed) {
  EXPECT_EQ(Client(Options{.bootstrap = std::string(keyed)}).status().not_local,
            (std::vector<std::string>{"before", "behind", "hidden", "keyed", "listed", "required"}));
}

TEST(SdkOffline, WhatDoesNotDependOnTheServerIsDecidedBesideIt) {
  const Client client(Options{.bootstrap = std::string(keyed)});
  const std::vector<assign::Attribute> pro = {{"plan", std::string_view("pro")}};
  EXPECT_EQ(client.integer("before", {{&unit, 1}, pro}, 99).value, 8);
  EXPECT_EQ(client.integer("plain", subject, 99).value, 7);
  const std::vector<assign::Attribute> staff = {{"staff", true}};
  EXPECT_EQ(client.integer("keyed", {{&unit, 1}, staff}, 99).value, 1) << "an override needs no draw";
  const assign::Sticky met{"keyed", "a"};
  EXPECT_EQ(client.integer("keyed", {{&unit, 1}, {}, {&met, 1}}, 99).value, 1) << "nor does what the unit met";
  EXPECT_EQ(client.integer("keyed", {{}, {}}, 99).problem, Problem::targeting_key_missing);
}

TEST(SdkOffline, OptionsThatCannotWorkAreRefused) {
  EXPECT_THROW(Client({.address = "localhost:8080", .key = "k"}), std::invalid_argument);
  EXPECT_THROW(Client({.address = "http://localhost:8080"}), std::invalid_argument);
  EXPECT_THROW(Client({.batch = 0}), std::invalid_argument);
  EXPECT_THROW(Client({.bootstrap = "{}"}), std::invalid_argument);
  EXPECT_THROW(Client({.flush_every = 0ms}), std::invalid_argument);
}

TEST(SdkOffline, AnswersOutliveTheClient) {
  Answer<std::string_view> answer;
  {
    const auto client = offline();
    answer = client.text("words", subject, "");
  }
  EXPECT_EQ(answer.value, "a \"quoted\" \u00e9");
}

}  // namespace
}  // namespace touchstone::sdk
