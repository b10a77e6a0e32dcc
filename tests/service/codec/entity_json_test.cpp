// Flags, layers, metrics, segments, moves and keys: what is read, what is refused, and that writing and reading is the
// identity.

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "service/codec/canonical_json.hpp"
#include "service/codec/flag_json.hpp"
#include "service/codec/layer_json.hpp"
#include "service/codec/metric_json.hpp"
#include "service/codec/move_json.hpp"
#include "service/codec/segment_json.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using namespace std::chrono_literals;

struct Bad {
  std::string_view json;
  std::string_view pointer;
};

template <class Read>
void expect_refused(Read read, std::initializer_list<Bad> cases) {
  for (const auto& [json, pointer] : cases) {
    const auto result = read(json);
    ASSERT_FALSE(result.ok()) << json;
    EXPECT_EQ(result.error().pointer, pointer) << json << ": " << result.error().message;
    EXPECT_FALSE(result.error().hint.empty()) << json;
  }
}

// -- metrics

TEST(MetricJson, ReadsAndWritesTheWholeDocument) {
  const auto metric =
      read_new_metric(R"({"key":"revenue","name":"Revenue","kind":"sum","event":"purchase","property":"margin",
      "decimals":2,"window":{"delay":"1h","length":"14d"},"direction":"decrease","unit":"EUR"})");
  ASSERT_TRUE(metric.ok()) << metric.error().message;
  EXPECT_EQ(metric->kind, storage::MetricKind::sum);
  EXPECT_EQ(metric->property, "margin");
  EXPECT_EQ(metric->window.delay, 1h);
  EXPECT_EQ(metric->window.length, 14 * 24h);
  EXPECT_EQ(metric->direction, storage::Direction::decrease);
  EXPECT_EQ(write_metric(*metric),
            R"({"decimals":2,"direction":"decrease","event":"purchase","key":"revenue","kind":"sum","name":"Revenue",)"
            R"("property":"margin","unit":"EUR","version":1,"window":{"delay":"1h","length":"14d"}})");
  EXPECT_EQ(*read_stored_metric(write_metric(*metric)), *metric);
}

TEST(MetricJson, HasDefaults) {
  const auto metric = read_new_metric(R"({"key":"m","event":"$refund"})");
  ASSERT_TRUE(metric.ok());
  storage::Metric expected;
  expected.key = "m";
  expected.event = "$refund";
  EXPECT_EQ(*metric, expected);
  EXPECT_EQ(*read_stored_metric(write_metric(*metric)), *metric);
}

TEST(MetricJson, AChangeKeepsWhatItDoesNotName) {
  auto current = *read_new_metric(R"({"key":"m","event":"e","kind":"mean","property":"p","window":{"length":"7d"}})");
  current.version = 3;
  const auto changed =
      read_metric_change(R"({"name":"New","property":null,"window":{"length":null},"version":3,"key":"m"})", current);
  ASSERT_TRUE(changed.ok()) << changed.error().pointer;
  EXPECT_EQ(changed->name, "New");
  EXPECT_EQ(changed->kind, storage::MetricKind::mean);
  EXPECT_EQ(changed->property, std::nullopt);
  EXPECT_EQ(changed->window.length, std::nullopt);
  expect_refused([&](std::string_view json) { return read_metric_change(json, current); },
                 {{R"({"version":4})", "/version"}, {R"({"key":"other"})", "/key"}});
  EXPECT_TRUE(read_metric_change(write_metric(current), current).ok());
}

TEST(MetricJson, RefusesWithAPointer) {
  expect_refused(read_new_metric,
                 {{"[]", ""},
                  {"{}", "/key"},
                  {R"({"key":"m"})", "/event"},
                  {R"({"key":"a b","event":"e"})", "/key"},
                  {R"({"key":"m","event":"e","kind":"median"})", "/kind"},
                  {R"({"key":"m","event":"e","decimals":7})", "/decimals"},
                  {R"({"key":"m","event":"e","decimals":2.0})", "/decimals"},
                  {R"({"key":"m","event":"e","window":{"length":"0d"}})", "/window/length"},
                  {R"({"key":"m","event":"e","window":{"delay":5}})", "/window/delay"},
                  {R"({"key":"m","event":"e","window":{"delay":"11w","lenght":"1d"}})", "/window/lenght"},
                  {R"({"key":"m","event":"e","property":"p"})", "/property"},
                  {R"({"key":"m","event":"e","version":2})", "/version"},
                  {R"({"key":"m","event":"e","name":"\u0007"})", "/name"},
                  {R"({"key":"m","event":"e","evnt":"x"})", "/evnt"}});
  EXPECT_EQ(read_new_metric(R"({"key":"m","event":"e","directon":"x"})").error().hint, "did you mean \"direction\"?");
  EXPECT_EQ(read_new_metric(R"({"key":"m","event":"e","kind":"sums"})").error().hint, "did you mean \"sum\"?");
}

// -- layers

TEST(LayerJson, AShareIsHeldOutFromTheEnd) {
  const auto layer = read_new_layer(R"({"key":"L1","name":"Shop","holdout":"5%"})");
  ASSERT_TRUE(layer.ok());
  EXPECT_EQ(layer->slots.holdout, (assign::SlotRanges{{950'000, 1'000'000}}));
  EXPECT_EQ(read_new_layer(R"({"key":"L1","holdout":50000})")->slots.holdout, layer->slots.holdout);
  EXPECT_EQ(read_new_layer(R"({"key":"L1","holdout":"0.0001%"})")->slots.holdout,
            (assign::SlotRanges{{999'999, 1'000'000}}));
  EXPECT_TRUE(read_new_layer(R"({"key":"L1","holdout":0})")->slots.holdout.empty());
  EXPECT_EQ(*read_stored_layer(write_layer(*layer)), *layer);
}

TEST(LayerJson, RefusesWithAPointer) {
  expect_refused(read_new_layer, {{R"({"key":"L","salt":"x"})", "/salt"},
                                  {R"({"key":"L","holdout":"5"})", "/holdout"},
                                  {R"({"key":"L","holdout":"101%"})", "/holdout"},
                                  {R"({"key":"L","holdout":"0.00001%"})", "/holdout"},
                                  {R"({"key":"L","holdout":0.5})", "/holdout"},
                                  {R"({"key":"L","holdout":[[5,5]]})", "/holdout"},
                                  {R"({"key":"L","holdout":[[5,9],[8,10]]})", "/holdout"},
                                  {R"({"key":"L","holdout":[[5,1000001]]})", "/holdout/0/1"},
                                  {R"({"key":"L","holdout":[[5]]})", "/holdout/0"}});
}

// -- segments

TEST(SegmentJson, ReadsRulesAndLists) {
  const auto rule = read_new_segment(
      R"({"key":"pro","description":"Paying","owner":"ann","when":{"all":[["plan","in",["pro","team"]],{"not":{"segment":"staff"}}]}})");
  ASSERT_TRUE(rule.ok()) << rule.error().message;
  EXPECT_EQ(*read_stored_segment(write_segment(*rule)), *rule);
  const auto list = read_new_segment(R"({"key":"vip","list":{"ids":["u1","u2"]}})");
  ASSERT_TRUE(list.ok());
  EXPECT_EQ(std::get<assign::UnitList>(list->rule), (assign::UnitList{"user", {"u1", "u2"}}));
  EXPECT_EQ(*read_stored_segment(write_segment(*list)), *list);
  EXPECT_EQ(read_segment_change(R"({"list":{"unit":"device","ids":[]}})", *rule)->key, "pro");
}

TEST(SegmentJson, RefusesWithAPointer) {
  expect_refused(read_new_segment, {{R"({"key":"s"})", "/when"},
                                    {R"({"key":"s","when":["a","is",1],"list":{"ids":[]}})", "/list"},
                                    {R"({"key":"s","list":{}})", "/list/ids"},
                                    {R"({"key":"s","list":{"ids":["a",""]}})", "/list/ids/1"}});
  const auto unknown = read_new_segment(R"({"key":"s","when":["a","resembles",1]})");
  ASSERT_FALSE(unknown.ok());
  EXPECT_TRUE(unknown.error().pointer.starts_with("/when")) << unknown.error().pointer;
}

// -- flags

TEST(FlagJson, ReadsEveryKindOfRule) {
  const auto flag = read_new_flag(R"({"key":"checkout","type":"string","off_value":"old","default":"old","rules":[
      {"when":["country","is","DE"],"give":"new"},
      {"give":"new","rollout":{"unit":"device","share":"20%"}},
      {"experiment":"checkout"}]})");
  ASSERT_TRUE(flag.ok()) << flag.error().pointer << flag.error().message;
  ASSERT_EQ(flag->rules.rules.size(), 3U);
  const auto& rollout = std::get<assign::RolloutDocument>(flag->rules.rules[1].action);
  EXPECT_EQ(rollout.slots, (assign::SlotRanges{{0, 200'000}}));
  EXPECT_EQ(rollout.unit, "device");
  EXPECT_EQ(rollout.value, "\"new\"");
  EXPECT_EQ(rollout.salt, "");
  EXPECT_TRUE(flag->rules.enabled);
  EXPECT_EQ(*read_stored_flag(write_flag(*flag)), *flag);
}

TEST(FlagJson, ValuesMustBeOfTheType) {
  EXPECT_TRUE(read_new_flag(R"({"key":"f","type":"int","off_value":1,"default":-3})").ok());
  EXPECT_TRUE(read_new_flag(R"({"key":"f","type":"float","off_value":1,"default":0.5})").ok());
  EXPECT_TRUE(read_new_flag(R"({"key":"f","type":"json","off_value":null,"default":{"b":1,"a":[]}})").ok());
  expect_refused(read_new_flag, {{R"({"key":"f","type":"bool","off_value":"false","default":false})", "/off_value"},
                                 {R"({"key":"f","type":"int","off_value":1,"default":1.5})", "/default"},
                                 {R"({"key":"f","type":"string","off_value":"","default":"","rules":[{"give":1}]})",
                                  "/rules/0/give"}});
  const auto flag = read_new_flag(R"({"key":"f","type":"bool","off_value":false,"default":false})");
  expect_refused([&](std::string_view json) { return read_flag_change(json, *flag); },
                 {{R"({"type":"int"})", "/off_value"}});
}

TEST(FlagJson, RefusesWithAPointer) {
  expect_refused(
      read_new_flag,
      {{R"({"key":"f"})", "/type"},
       {R"({"key":"f","type":"boolean"})", "/type"},
       {R"({"key":"f","type":"bool","off_value":false})", "/default"},
       {R"({"key":"f","type":"bool","off_value":false,"default":false,"rules":[{}]})", "/rules/0/give"},
       {R"({"key":"f","type":"bool","off_value":false,"default":false,"rules":[{"give":true,"experiment":"e"}]})",
        "/rules/0/give"},
       {R"({"key":"f","type":"bool","off_value":false,"default":false,"rules":[{"experiment":"e","rollout":{"share":1}}]})",
        "/rules/0/rollout"},
       {R"({"key":"f","type":"bool","off_value":false,"default":false,"rules":[{"give":true,"rollout":{}}]})",
        "/rules/0/rollout/share"},
       {R"({"key":"f","type":"bool","off_value":false,"default":false,"archived":true})", "/archived"}});
}

// -- moves

TEST(MoveJson, ReadsTimeAndReason) {
  EXPECT_EQ(read_move("")->at, std::nullopt);
  const auto move = read_move(R"({"at":"2017-01-02T13:42:05Z","reason":"import"})");
  ASSERT_TRUE(move.ok());
  EXPECT_EQ(time_text(*move->at), "2017-01-02T13:42:05Z");
  EXPECT_EQ(move->reason, "import");
  expect_refused(read_move, {{R"({"at":5})", "/at"}, {R"({"when":1})", "/when"}, {"[]", ""}});
}

}  // namespace
}  // namespace touchstone::codec
