#include "service/codec/event_json.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "service/codec/canonical_json.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

using storage::Event;
using storage::EventType;
using storage::EventVerdict;

constexpr std::string_view kExposure =
    R"({"id":"01J","type":"exposure","unit":{"type":"device","id":"d1"},"ts":"2026-11-21T14:05:00.123456Z",)"
    R"("experiment":"checkout","variant":"one-page","config_version":4294967310,"attributes":{"country":"DE"}})";
constexpr std::string_view kPurchase =
    R"({"id":"o-77","type":"event","name":"purchase","unit":"u1","ts":"2026-11-21T14:05:00Z","value":49.9,)"
    R"("properties":{"margin":12.50,"a":[1,{"z":1,"b":2}]},"channel":"web","touchpoint":"basket"})";
constexpr std::string_view kLink =
    R"({"id":"l-1","type":"link","unit":{"type":"device","id":"d9"},"to":{"type":"user","id":"u1"},"ts":"2026-11-21T14:05:00Z"})";
constexpr std::string_view kTraits =
    R"({"id":"t-1","type":"traits","unit":"u1","ts":"2026-11-21T14:05:00Z","attributes":{"plan":"pro"}})";

std::string list(std::initializer_list<std::string_view> items) {
  std::string body;
  for (const auto item : items) body.append(body.empty() ? "[" : ",").append(item);
  return body + "]";
}

/// An event of the shortest valid form, with further members.
std::string item(std::string_view further = "") {
  return R"({"type":"event","name":"n","unit":"u","ts":"2026-01-01T00:00:00Z")" + std::string(further) + "}";
}

Error refusal(std::string_view text) {
  auto body = read_events(list({text}));
  if (!body) return body.error();
  return body->refused.empty() ? Error{ErrorCode::internal, "was accepted", "", ""} : body->refused.front().error;
}

TEST(EventJson, ReadsEveryTypeOfEvent) {
  const auto body = read_events(list({kExposure, kPurchase, kLink, kTraits}));
  ASSERT_TRUE(body.ok());
  ASSERT_EQ(body->batch.events.size(), 4U);
  const Event& exposure = body->batch.events[0];
  EXPECT_EQ(exposure.type, EventType::exposure);
  EXPECT_EQ(exposure.id, "01J");
  EXPECT_EQ(exposure.unit, (storage::UnitRef{"device", "d1"}));
  EXPECT_EQ(time_text(exposure.ts), "2026-11-21T14:05:00.123456Z");
  EXPECT_EQ(exposure.experiment, "checkout");
  EXPECT_EQ(exposure.variant, "one-page");
  EXPECT_EQ(exposure.config_version, 4'294'967'310U);
  EXPECT_EQ(exposure.attributes, R"({"country":"DE"})");
  const Event& purchase = body->batch.events[1];
  EXPECT_EQ(purchase.type, EventType::event);
  EXPECT_EQ(purchase.unit, (storage::UnitRef{"user", "u1"}));
  EXPECT_EQ(purchase.name, "purchase");
  EXPECT_EQ(purchase.value, 49.9);
  EXPECT_EQ(purchase.attributes, R"({"a":[1,{"b":2,"z":1}],"margin":12.5})");
  EXPECT_EQ(purchase.channel, "web");
  EXPECT_EQ(purchase.touchpoint, "basket");
  EXPECT_EQ(body->batch.events[2].to, (storage::UnitRef{"user", "u1"}));
  EXPECT_EQ(body->batch.events[3].attributes, R"({"plan":"pro"})");
}

TEST(EventJson, ReadsArrayLinesEnvelopeAndASingleEventAlike) {
  const std::string one(kPurchase);
  const std::string two(kTraits);
  for (const std::string& text :
       {"[" + one + "," + two + "]", " [\n" + one + " ,\r\n" + two + "\t]\n", one + "\n" + two,
        one + "\r\n\n  \n" + two + "\n", "{\"events\":[" + one + "," + two + "]}",
        "{ \"sent_at\" : \"2026-11-21T14:06:00Z\", \"events\" : [" + one + "," + two + "] }"}) {
    const auto body = read_events(text);
    ASSERT_TRUE(body.ok()) << text << body.error().message;
    EXPECT_TRUE(body->refused.empty()) << text;
    ASSERT_EQ(body->batch.events.size(), 2U) << text;
    EXPECT_EQ(
        write_event(body->batch.events[1]),
        *canonical_json(
            R"({"id":"t-1","type":"traits","unit":{"type":"user","id":"u1"},"ts":"2026-11-21T14:05:00Z","attributes":{"plan":"pro"}})"));
  }
  EXPECT_EQ(read_events(one)->batch.events.size(), 1U);
  EXPECT_EQ(read_events("[]")->items(), 0U);
  EXPECT_EQ(time_text(*read_events("{\"events\":[],\"sent_at\":\"2026-11-21T14:06:00Z\"}")->sent_at),
            "2026-11-21T14:06:00Z");
}

TEST(EventJson, OneBadItemSpoilsNoOther) {
  const std::string good = item();
  const auto body =
      read_events(list({good, "17", good, item(R"(,"colour":1)"), R"({"type":"event","a":"\ud800"})", good}));
  ASSERT_TRUE(body.ok()) << body.error().message;
  EXPECT_EQ(body->batch.events.size(), 3U);
  ASSERT_EQ(body->refused.size(), 3U);
  EXPECT_EQ(body->refused[0].position, 1U);
  EXPECT_EQ(body->refused[0].error.pointer, "/1");
  EXPECT_EQ(body->refused[1].error.pointer, "/3/colour");
  EXPECT_EQ(body->refused[2].error.pointer, "/4/a");
  EXPECT_EQ(body->items(), 6U);
}

TEST(EventJson, ALineThatIsNotJsonSpoilsItselfOnly) {
  const auto body = read_events(item() + "\n{oops\n" + item());
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(body->batch.events.size(), 2U);
  ASSERT_EQ(body->refused.size(), 1U);
  EXPECT_EQ(body->refused[0].error.pointer, "/1");
}

TEST(EventJson, PointersLeadIntoTheEnvelope) {
  const auto body = read_events("{\"events\":[" + item() + "," + item(R"(,"value":"1")") + "]}");
  ASSERT_TRUE(body.ok());
  ASSERT_EQ(body->refused.size(), 1U);
  EXPECT_EQ(body->refused[0].error.pointer, "/events/1/value");
}

TEST(EventJson, RefusesBodiesThatCannotBeRead) {
  const std::string good = item();
  for (const std::string& text : std::vector<std::string>{"",
                                                          " ",
                                                          "null",
                                                          "17",
                                                          "\"text\"",
                                                          "[",
                                                          "[" + good,
                                                          "[" + good + ",]",
                                                          "[" + good + " " + good + "]",
                                                          "[" + good + "]x",
                                                          "[" + good + "][]",
                                                          "[{\"a\":1,}]",
                                                          "[\"\xFF\"]",
                                                          "\xEF\xBB\xBF[]",
                                                          "{\"events\":{}}",
                                                          "{\"events\":[]",
                                                          "{\"events\":[],\"events\":[]}",
                                                          "{\"events\":[],\"x\":1}",
                                                          "{\"events\":[],\"sent_at\":1}",
                                                          "{\"events\":[],\"sent_at\":\"yesterday\"}",
                                                          "{oops",
                                                          "{oops\n{oops",
                                                          "{} {",
                                                          "[[}]",
                                                          std::string("[]\0", 3)}) {
    const auto body = read_events(text);
    EXPECT_FALSE(body.ok()) << text;
    if (!body) {
      EXPECT_FALSE(body.error().hint.empty()) << text;
    }
  }
}

TEST(EventJson, ErrorOfGrammarInALongBodyNamesItsByte) {
  std::string body = "[" + item();
  while (body.size() < 40'000) body += "," + item();
  const std::size_t at = body.size() + 2;
  const auto read = read_events(body + ",{x}]");
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("at byte " + std::to_string(at)), std::string::npos) << read.error().message;
}

struct Bad {
  std::string text;
  std::string pointer;  ///< inside the item
};

TEST(EventJson, RefusesItemsWithAPointerAndAHint) {
  const std::string ts = R"("ts":"2026-01-01T00:00:00Z")";
  const std::string e = R"({"type":"event","name":"n",)" + ts;
  const std::vector<Bad> bad = {
      {"[]", ""},
      {"{}", "/type"},
      {R"({"type":"visit"})", "/type"},
      {R"({"type":"event","name":"n","unit":"u"})", "/ts"},
      {e + "}", "/unit"},
      {e + R"(,"unit":17})", "/unit"},
      {e + R"(,"unit":""})", "/unit"},
      {e + R"(,"unit":{"id":"u"}})", "/unit/type"},
      {e + R"(,"unit":{"type":"user"}})", "/unit/id"},
      {e + R"(,"unit":{"type":"user","id":17}})", "/unit/id"},
      {e + R"(,"unit":{"type":"a b","id":"u"}})", "/unit/type"},
      {e + R"(,"unit":{"type":"user","id":"u","x":1}})", "/unit/x"},
      {e + R"(,"unit":"a\u0001"})", "/unit"},
      {e + R"(,"unit":"a\u0085"})", "/unit"},
      {e + ",\"unit\":\"" + std::string(257, 'x') + "\"}", "/unit"},
      {item(R"(,"id":7)"), "/id"},
      {item(R"(,"id":null)"), "/id"},
      {item(R"(,"id":"")"), "/id"},
      {item(",\"id\":\"" + std::string(129, 'x') + "\""), "/id"},
      {item(R"(,"value":null)"), "/value"},
      {item(R"(,"value":true)"), "/value"},
      {item(R"(,"value":1.0000001e15)"), "/value"},
      {item(R"(,"value":-2e15)"), "/value"},
      {item(R"(,"value":1e999)"), "/value"},
      {item(R"(,"properties":[])"), "/properties"},
      {item(R"(,"properties":{"a":[9007199254740993]})"), "/properties/a/0"},
      {item(R"(,"properties":{"a":1,"a":2})"), "/properties/a"},
      {item(R"(,"properties":{},"attributes":{})"), "/attributes"},
      {item(R"(,"channel":7)"), "/channel"},
      {item(R"(,"touchpoint":"")"), "/touchpoint"},
      {item(R"(,"experiment":"e")"), "/experiment"},
      {item(R"(,"config_version":1)"), "/config_version"},
      {item(R"(,"to":"u2")"), "/to"},
      {item(R"(,"a/b":1)"), "/a~1b"},
      {R"({"type":"event","name":"two words","unit":"u",)" + ts + "}", "/name"},
      {R"({"type":"event","name":"$unknown","unit":"u",)" + ts + "}", "/name"},
      {R"({"type":"event","unit":"u",)" + ts + "}", "/name"},
      {R"({"type":"event","name":"n","unit":"u","ts":1700000000})", "/ts"},
      {R"({"type":"event","name":"n","unit":"u","ts":"2026-01-01"})", "/ts"},
      {R"({"type":"event","name":"n","unit":"u","ts":"2101-01-01T00:00:00Z"})", "/ts"},
      {R"({"type":"exposure","unit":"u","experiment":"e",)" + ts + "}", "/variant"},
      {R"({"type":"exposure","unit":"u","experiment":"e","variant":"v v",)" + ts + "}", "/variant"},
      {R"({"type":"exposure","unit":"u","experiment":"e","variant":"v","config_version":-1,)" + ts + "}",
       "/config_version"},
      {R"({"type":"exposure","unit":"u","experiment":"e","variant":"v","value":1,)" + ts + "}", "/value"},
      {R"({"type":"link","unit":"u",)" + ts + "}", "/to"},
      {R"({"type":"traits","unit":"u",)" + ts + "}", "/attributes"}};
  for (const auto& [text, pointer] : bad) {
    const Error error = refusal(text);
    EXPECT_EQ(error.pointer, "/0" + pointer) << text << ": " << error.message;
    EXPECT_NE(error.message, "was accepted") << text;
    EXPECT_FALSE(error.hint.empty()) << text;
  }
}

TEST(EventJson, SuggestsTheNameThatWasMeant) {
  EXPECT_EQ(refusal(item(R"(,"propertys":{})")).hint, "did you mean \"properties\"?");
}

TEST(EventJson, LimitsAreExact) {
  EXPECT_EQ(refusal(item(",\"id\":\"" + std::string(128, 'x') + "\"")).message, "was accepted");
  EXPECT_EQ(refusal(item(",\"value\":-1e15")).message, "was accepted");
  EXPECT_EQ(refusal(item(R"(,"name2":1)")).pointer, "/0/name2");

  const std::string frame = item(R"(,"properties":{"t":""})");
  const auto padded = [&](std::size_t size) {
    return item(",\"properties\":{\"t\":\"" + std::string(size - frame.size(), 'x') + "\"}");
  };
  ASSERT_EQ(padded(EventLimits::item).size(), EventLimits::item);
  EXPECT_EQ(refusal(padded(EventLimits::item - 1)).message, "was accepted");
  EXPECT_EQ(refusal(padded(EventLimits::item)).message, "was accepted");
  EXPECT_EQ(refusal(padded(EventLimits::item + 1)).code, ErrorCode::too_large);
  EXPECT_EQ(refusal(item(std::string(EventLimits::item, ' '))).code, ErrorCode::too_large);

  std::string many = "[" + item();
  for (std::size_t i = 1; i < EventLimits::items; ++i) many += "," + item();
  EXPECT_EQ(read_events(many + "]")->batch.events.size(), EventLimits::items);
  const auto over = read_events(many + "," + item() + "]");
  ASSERT_FALSE(over.ok());
  EXPECT_EQ(over.error().code, ErrorCode::too_large);
}

TEST(EventJson, DepthCountsFromTheBody) {
  const auto nested = [](std::size_t depth) {
    return item(",\"properties\":{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}");
  };
  EXPECT_TRUE(read_events("[" + nested(61) + "]").ok());  // array, item, properties, 61: 64
  EXPECT_FALSE(read_events("[" + nested(62) + "]").ok());
  EXPECT_TRUE(read_events(nested(62)).ok());
  EXPECT_FALSE(read_events(nested(63)).ok());
  EXPECT_FALSE(read_events("{\"events\":[" + nested(61) + "]}").ok());
}

TEST(EventJson, UnitsAreComparedByteByByte) {
  const auto body =
      read_events(list({item(R"(,"id":"caf\u00e9")"), item(R"(,"id":"cafe\u0301")"), item(",\"id\":\" x \"")}));
  ASSERT_TRUE(body.ok());
  ASSERT_EQ(body->batch.events.size(), 3U);
  EXPECT_NE(body->batch.events[0].id, body->batch.events[1].id);
  EXPECT_EQ(body->batch.events[2].id, " x ");
}

TEST(EventJson, ZeroHasOneForm) {
  const auto body = read_events(list({item(R"(,"value":-0.0)")}));
  ASSERT_TRUE(body.ok());
  EXPECT_FALSE(std::signbit(*body->batch.events.front().value));
}

/// Random events of every type, as an item in scrambled order of members.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  std::string item() {
    std::vector<std::string> members = {R"("ts":"20)" + digits(2) + "-0" + digit(1, 9) + "-1" + digit(0, 9) + "T1" +
                                        digit(0, 9) + ":0" + digit(0, 9) + ":00." + digits(6) + "Z\""};
    members.push_back("\"unit\":" + unit());
    if (coin()) members.push_back("\"id\":" + text());
    switch (random_() % 4) {
      case 0:
        members.insert(members.end(), {R"("type":"exposure")", R"("experiment":"e)" + digits(2) + '"',
                                       R"("variant":"v)" + digits(1) + '"'});
        if (coin()) members.push_back("\"config_version\":" + std::to_string(random_() % 1'000'000'007));
        if (coin()) members.push_back("\"attributes\":" + object(2));
        break;
      case 1:
        members.insert(members.end(),
                       {R"("type":"event")", coin() ? R"("name":"$refund")" : R"("name":"n)" + digits(2) + '"'});
        if (coin()) members.push_back("\"value\":" + number());
        if (coin()) members.push_back("\"properties\":" + object(3));
        if (coin()) members.push_back("\"channel\":" + text());
        break;
      case 2:
        members.insert(members.end(), {R"("type":"link")", "\"to\":" + unit()});
        break;
      default:
        members.insert(members.end(), {R"("type":"traits")", "\"attributes\":" + object(2)});
    }
    std::shuffle(members.begin(), members.end(), random_);
    std::string item;
    for (const auto& member : members) item += (item.empty() ? "{" : ", ") + member;
    return item + "}";
  }

 private:
  bool coin() { return random_() % 2 == 0; }
  std::string digit(unsigned least, unsigned most) { return std::to_string(least + random_() % (most - least + 1)); }
  std::string digits(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += digit(i == 0 && count == 2 ? 1 : 0, i == 0 && count == 2 ? 8 : 9);
    return text;
  }
  std::string text() {
    static const std::vector<std::string> pieces = {"a", "\\u00e9",          "\xC3\xA9",       "\\\"", "\\\\", "\\/",
                                                    " ", "\xF0\x9F\x98\x80", "\\ud83d\\ude00", "{",    "]"};
    std::string text = "\"x";
    for (auto n = random_() % 6; n > 0; --n) text += pieces[random_() % pieces.size()];
    return text + "\"";
  }
  std::string unit() { return coin() ? text() : "{\"id\":" + text() + ",\"type\":\"device\"}"; }
  std::string number() {
    static const std::vector<std::string> forms = {"0", "-1", "1e3", "0.1", "-12.50", "999999999999999", "1E-7", "3.0"};
    return forms[random_() % forms.size()];
  }
  std::string value(int depth) {
    switch (random_() % (depth > 0 ? 6 : 4)) {
      case 0:
        return text();
      case 1:
        return number();
      case 2:
        return "null";
      case 3:
        return coin() ? "true" : "false";
      case 4:
        return "[" + value(depth - 1) + "," + value(depth - 1) + "]";
      default:
        return object(depth - 1);
    }
  }
  std::string object(int depth) {
    std::string object;
    for (auto n = random_() % 4; n > 0; --n)
      object += (object.empty() ? "{\"k" : ",\"k") + std::to_string(n) + "\": " + value(depth);
    return object.empty() ? "{}" : object + "}";
  }

  std::mt19937_64 random_;
};

TEST(EventJson, WritingAndReadingIsTheIdentity) {
  Maker maker(7);
  for (int i = 0; i < 5'000; ++i) {
    const std::string text = maker.item();
    const auto first = read_events("[" + text + "]");
    ASSERT_TRUE(first.ok() && first->refused.empty())
        << text << (first.ok() ? first->refused.front().error.message : first.error().message);
    const std::string written = write_event(first->batch.events.front());
    EXPECT_EQ(*canonical_json(written), written) << text;
    const auto second = read_events(written);
    ASSERT_TRUE(second.ok() && second->refused.empty()) << written;
    EXPECT_EQ(write_event(second->batch.events.front()), written) << text;
  }
}

TEST(EventJson, ShortAndLongBodiesReadAlike) {
  Maker maker(8);
  std::string items;
  for (int i = 0; i < 50; ++i) items += (i == 0 ? "" : ",") + maker.item();
  const auto at_once = read_events("[" + items + "]");
  const auto cut = read_events("[" + items + std::string(EventLimits::item, ' ') + "]");
  ASSERT_TRUE(at_once.ok() && cut.ok());
  ASSERT_EQ(at_once->batch.events.size(), cut->batch.events.size());
  for (std::size_t i = 0; i < cut->batch.events.size(); ++i)
    EXPECT_EQ(write_event(at_once->batch.events[i]), write_event(cut->batch.events[i]));
}

TEST(EventJson, AnswersOneVerdictPerItem) {
  const auto body = read_events(list({item(), "17", item(), item()}));
  ASSERT_TRUE(body.ok());
  const std::vector<storage::ItemVerdict> verdicts = {
      {EventVerdict::stored, false}, {EventVerdict::duplicate, true}, {EventVerdict::quarantined, false}};
  EXPECT_EQ(
      write_verdicts(*body, verdicts),
      R"({"stored":1,"duplicate":1,"quarantined":1,"refused":1,"items":[{"verdict":"stored"},)"
      R"({"verdict":"refused","error":{"pointer":"/1","detail":"an event is a JSON object","hint":"send {\"type\": ..., ...}"}},)"
      R"({"verdict":"duplicate","conflict":true},{"verdict":"quarantined","error":)"
      R"({"pointer":"/3/ts","detail":"the item lies more than a day in the future and is kept aside","hint":"look at )"
      R"(the sender's clock, or send sent_at with the batch, and send it again with its true time"}}]})");
}

}  // namespace
}  // namespace touchstone::codec
