// What GrowthBook's SDKs load and send. That they evaluate alike is shown with the SDK itself:
// tests/sdk/growthbook_test.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sdk/wire/condition_json.hpp"
#include "sdk/wire/decrypt.hpp"
#include "sdk/wire/encrypt.hpp"
#include "service/codec/growthbook_condition.hpp"
#include "service/codec/growthbook_json.hpp"
#include "service/codec/growthbook_track.hpp"

namespace touchstone::codec {
namespace {

constexpr Time kNow{std::chrono::microseconds(1'800'000'000'000'000)};

std::string said(const std::string& condition) {
  const assign::Segments segments{{"friends", assign::UnitList{"device", {"d1"}}}};
  GrowthbookConditions conditions(segments);
  const auto text = conditions.say(wire::read_condition(condition).value());
  return text ? *text : text.error().message;
}

TEST(GrowthbookCondition, GuardsWhatJavaScriptWouldConvert) {
  EXPECT_EQ(said(R"(["age","lt",7])"), R"({"age":{"$type":"number","$lt":7}})");
  EXPECT_EQ(said(R"(["plan","is","pro"])"), R"({"plan":{"$in":["pro"]}})");
  EXPECT_EQ(said(R"(["beta","is",true])"), R"({"beta":{"$eq":true}})");
  EXPECT_EQ(said(R"({"any":[]})"), R"({"$nor":[{}]})");
  EXPECT_EQ(said(R"({"segment":"friends"})"), R"({"device":{"$inGroup":"friends"}})");
  EXPECT_EQ(
      said(R"(["mail","ends",".de"])"),
      R"({"$or":[{"mail":{"$type":"string","$regex":"\\x2ede$"}},{"mail":{"$elemMatch":{"$regex":"\\x2ede$"}}}]})");
}

TEST(GrowthbookCondition, SaysNothingThatIsReadInAnotherWay) {
  for (const std::string condition :
       {R"(["app","version_lt","2.0"])", R"(["since","before","2026-01-01"])", R"(["ip","cidr","10.0.0.0/8"])",
        R"(["mail","matches","a.c"])", R"(["mail","matches","[^a]"])", R"(["mail","matches","\\s"])",
        R"(["mail","matches","é+"])", R"(["a.b","is","c"])", R"(["constructor","exists",true])",
        R"({"flag":["other","is",true]})", R"({"all":[["a","is","b"],{"not":["app","version_ge","1"]}]})",
        R"({"growthbook":{"a":{"$inGroup":"friends"}}})", R"json({"growthbook":{"a":{"$regex":"(?=x)"}}})json"})
    EXPECT_NE(said(condition).front(), '{') << condition;
}

TEST(GrowthbookTrack, ReadsWhatThePluginSends) {
  const auto body = read_growthbook_track(
      R"([{"event_name":"Experiment Viewed","properties_json":{"experimentId":"e","variationId":"b",)"
      R"("hashAttribute":"id","hashValue":7},"user_id":null,"device_id":"7"},)"
      R"({"event_name":"Feature Evaluated","properties_json":{"feature":"f"}},)"
      R"({"event_name":"Page View","properties_json":{"value":2.5,"a":"b"},"user_id":"u1","device_id":"d1"},)"
      R"({"event_name":"Page View","properties_json":{}},3])",
      kNow);
  ASSERT_TRUE(body) << body.error().message;
  ASSERT_EQ(body->batch.events.size(), 2U);
  const auto& exposure = body->batch.events[0];
  EXPECT_EQ(exposure.type, storage::EventType::exposure);
  EXPECT_EQ(exposure.unit, (storage::UnitRef{"user", "7"}));
  EXPECT_EQ(exposure.experiment, "e");
  EXPECT_EQ(exposure.variant, "b");
  EXPECT_EQ(exposure.ts, kNow);
  const auto& event = body->batch.events[1];
  EXPECT_EQ(event.name, "Page-View");
  EXPECT_EQ(event.unit, (storage::UnitRef{"user", "u1"}));
  EXPECT_EQ(event.value, 2.5);
  EXPECT_EQ(event.attributes, R"({"a":"b","value":2.5})");
  ASSERT_EQ(body->refused.size(), 2U);
  EXPECT_EQ(body->refused[0].error.pointer, "/2/user_id");
  EXPECT_FALSE(read_growthbook_track("{}", kNow));
}

TEST(GrowthbookEvaluationRequest, KeepsWhatWeKnowAsAttributes) {
  GrowthbookReader reader;
  ASSERT_TRUE(reader.read(R"({"attributes":{"id":12,"device":"d1","session":{"a":1},"n":null,"mixed":["a",1],)"
                          R"("tags":["a","b"],"ok":true},"forcedVariations":{"e":1,"f":"x"}})"));
  EXPECT_EQ(reader.attributes().size(), 4U);
  const std::vector<std::string_view> types{"user", "device", "session", "account"};
  const std::vector<assign::Unit> units{{"user", "12"}, {"device", "d1"}};
  EXPECT_EQ(reader.units(types), units);
  ASSERT_EQ(reader.forced().size(), 1U);
  EXPECT_EQ(reader.forced()[0].experiment, "e");
  EXPECT_FALSE(GrowthbookReader().read("[]"));
  EXPECT_FALSE(GrowthbookReader().read(R"({"attributes":[]})"));
}

TEST(GrowthbookCipher, EachPayloadHasAVectorOfItsOwn) {
  const std::string key = "MDEyMzQ1Njc4OWFiY2RlZg==";
  const auto sealed = wire::encrypt_growthbook("{\"a\":1}", key);
  EXPECT_EQ(wire::decrypt_growthbook(sealed, key).value(), "{\"a\":1}");
  EXPECT_NE(wire::encrypt_growthbook("{\"a\":1}", key), sealed);
  EXPECT_TRUE(wire::check_growthbook_key(key));
  EXPECT_FALSE(wire::check_growthbook_key("c2hvcnQ="));
  EXPECT_FALSE(wire::check_growthbook_key("not base64"));
}

}  // namespace
}  // namespace touchstone::codec
