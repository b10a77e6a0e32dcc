#include "service/codec/evaluate_json.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "service/codec/json.hpp"

namespace touchstone::codec {
namespace {

using namespace std::chrono_literals;
using Scope = EvaluateRequest::Scope;

TEST(EvaluateJson, ReadsASingleEvaluation) {
  EvaluateReader reader;
  ASSERT_TRUE(reader
                  .read(R"({"flag":"checkout","unit":"u\u00e9",
      "attributes":{"country":"DE","age":31,"beta":true,"tags":["a","b\n"],"ratio":0.5,"gone":null,"none":[]}})")
                  .ok());
  const auto& request = reader.request();
  EXPECT_EQ(request.scope, Scope::one);
  EXPECT_EQ(request.flags, std::vector<std::string_view>{"checkout"});
  ASSERT_EQ(request.units.size(), 1U);
  EXPECT_EQ(request.units[0], (assign::Unit{"user", "u\xC3\xA9"}));
  const auto attributes = request.subject().attributes;
  EXPECT_EQ(std::get<std::string_view>(*assign::find(attributes, "country")), "DE");
  EXPECT_EQ(std::get<double>(*assign::find(attributes, "age")), 31);
  EXPECT_EQ(std::get<bool>(*assign::find(attributes, "beta")), true);
  EXPECT_EQ(std::get<double>(*assign::find(attributes, "ratio")), 0.5);
  EXPECT_EQ(assign::find(attributes, "gone"), nullptr);
  const auto tags = std::get<std::span<const std::string_view>>(*assign::find(attributes, "tags"));
  ASSERT_EQ(tags.size(), 2U);
  EXPECT_EQ(tags[1], "b\n");
  EXPECT_TRUE(std::get<std::span<const std::string_view>>(*assign::find(attributes, "none")).empty());
}

TEST(EvaluateJson, ReadsBulkRequests) {
  EvaluateReader reader;
  ASSERT_TRUE(
      reader.read(R"({"flags":["a","b"],"units":[{"type":"user","id":"u1"},{"id":"d1","type":"device"}]})").ok());
  EXPECT_EQ(reader.request().scope, Scope::some);
  EXPECT_EQ(reader.request().flags.size(), 2U);
  EXPECT_EQ(reader.request().units[1], (assign::Unit{"device", "d1"}));
  ASSERT_TRUE(reader.read("{}").ok());
  EXPECT_EQ(reader.request().scope, Scope::all);
  EXPECT_TRUE(reader.request().units.empty());
  EXPECT_TRUE(reader.request().flags.empty());
}

TEST(EvaluateJson, ListsStayWhereSpansPoint) {
  std::string body = "{\"attributes\":{";
  for (int i = 0; i < 50; ++i)
    body += (i == 0 ? "\"l" : ",\"l") + std::to_string(i) + "\":[\"" + std::to_string(i) + "\",\"x\"]";
  EvaluateReader reader;
  body += "}}";
  ASSERT_TRUE(reader.read(body).ok());
  for (int i = 0; i < 50; ++i) {
    const auto* value = assign::find(reader.request().attributes, "l" + std::to_string(i));
    EXPECT_EQ(std::get<std::span<const std::string_view>>(*value)[0], std::to_string(i));
  }
}

TEST(EvaluateJson, RefusesWithAPointer) {
  struct Bad {
    std::string_view body;
    std::string_view pointer;
  };
  EvaluateReader reader;
  for (const auto& [body, pointer] :
       std::initializer_list<Bad>{{"[]", ""},
                                  {"{", ""},
                                  {R"({"flag":1})", "/flag"},
                                  {R"({"flag":"a","flags":[]})", "/flags"},
                                  {R"({"flags":"a"})", "/flags"},
                                  {R"({"flags":["a",1]})", "/flags/1"},
                                  {R"({"unit":17})", "/unit"},
                                  {R"({"unit":""})", "/unit"},
                                  {R"({"unit":{"id":"u"}})", "/unit"},
                                  {R"({"unit":{"id":"u","type":"t","x":1}})", "/unit"},
                                  {R"({"units":{}})", "/units"},
                                  {R"({"units":[{"type":"user","id":"a"},{"type":"user","id":"b"}]})", "/units/1"},
                                  {R"({"attributes":[]})", "/attributes"},
                                  {R"({"attributes":{"a":{}}})", "/attributes/a"},
                                  {R"({"attributes":{"a":[1]}})", "/attributes/a"},
                                  {R"({"attributes":{"a":1,"a":2}})", "/attributes/a"},
                                  {R"({"atributes":{}})", "/atributes"}}) {
    const auto read = reader.read(body);
    ASSERT_FALSE(read.ok()) << body;
    EXPECT_EQ(read.error().pointer, pointer) << body << read.error().message;
    EXPECT_FALSE(read.error().hint.empty()) << body;
  }
}

assign::Decision decision() {
  assign::Decision decided;
  decided.flag = "checkout";
  decided.value = "true";
  decided.variant = "one-page";
  decided.experiment = "checkout";
  decided.reason = assign::Reason::split;
  decided.cause = assign::Cause::assigned;
  return decided;
}

TEST(EvaluateJson, WritesASingleAnswer) {
  std::string out = "head ";
  append_evaluation(out, decision(), {4294967310, 1'500ms}, ExposureOutcome::queued);
  EXPECT_EQ(out,
            R"(head {"flag":"checkout","value":true,"variant":"one-page","experiment":"checkout","reason":"SPLIT",)"
            R"("cause":"assigned","config_version":4294967310,"config_age_ms":1500,"exposure":"queued"})");
}

TEST(EvaluateJson, WritesNullWhereThereIsNothing) {
  assign::Decision unknown;
  unknown.flag = "x\"y";
  unknown.reason = assign::Reason::error;
  unknown.cause = assign::Cause::unknown;
  unknown.problem = assign::Problem::flag_not_found;
  std::string out;
  append_evaluation(out, unknown, {1, 0ms}, ExposureOutcome::none);
  EXPECT_EQ(out, R"({"flag":"x\"y","value":null,"variant":null,"experiment":null,"reason":"ERROR","cause":"unknown",)"
                 R"("error":"FLAG_NOT_FOUND","config_version":1,"config_age_ms":0,"exposure":"none"})");
}

TEST(EvaluateJson, WritesBulkAnswers) {
  std::string out;
  EvaluationList list(out, {7, 2ms});
  list.add(decision());
  list.add(decision());
  list.finish();
  JsonDocument document;
  ASSERT_TRUE(document.read(out).ok()) << out;
  EXPECT_EQ(document.root().find("config_version")->integer(), 7);
  EXPECT_EQ(document.root().find("evaluations")->size(), 2U);
  EXPECT_EQ(out.find("exposes"), std::string::npos);
  std::string empty;
  EvaluationList none(empty, {7, 2ms});
  none.finish();
  EXPECT_EQ(empty, R"({"config_version":7,"config_age_ms":2,"evaluations":[]})");
}

TEST(EvaluateJson, ABulkAnswerSaysWhomToExposeAndWhoReportsIt) {
  auto exposing = decision();
  exposing.exposure = assign::Exposure{"checkout", "one-page", {"device", "d\"1"}, 2, assign::ExposedBy::client};
  std::string out;
  EvaluationList list(out, {7, 2ms});
  list.add(exposing);
  list.finish();
  EXPECT_NE(out.find(R"("cause":"assigned","exposes":{"unit":{"type":"device","id":"d\"1"},"by":"client"}}])"),
            std::string::npos)
      << out;
}

}  // namespace
}  // namespace touchstone::codec
