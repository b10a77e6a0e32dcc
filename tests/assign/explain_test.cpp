#include "assign/explain.hpp"

#include <array>
#include <string>

#include <gtest/gtest.h>

#include "assign/decide.hpp"
#include "tests/assign/documents.hpp"

namespace touchstone::assign {
namespace {

using tests::compiled;
using tests::one_experiment;
using tests::salt;
using tests::two_variants;
using tests::User;

SnapshotDocument with_everything() {
  auto document = one_experiment();
  document.config_version = 42;
  document.segments["pro"] = test_of("plan", Operator::in, std::vector<std::string>{"pro", "team"});
  document.holdouts["year"] = {salt(7), {{0, 100'000}}};
  document.experiments["e"].phase = 3;
  document.experiments["e"].when = all_of({in_segment("pro"), not_of(test_of("bot", Operator::is, true))});
  document.flags["f"].rules.insert(document.flags["f"].rules.begin(),
                                   {test_of("country", Operator::is, std::string("DE")), GiveDocument{"true"}});
  return document;
}

TEST(Explain, DecidesAsDecideDoesForEverybody) {
  auto document = with_everything();
  document.flags["f"].rules.push_back({{}, RolloutDocument{"user", salt(9), {{0, 500'000}}, "true"}});
  const auto snapshot = compiled(document);
  const std::array<Attribute, 1> pro = {{{"plan", std::string_view("pro")}}};
  for (int i = 0; i < 2'000; ++i) {
    const auto id = "user-" + std::to_string(i);
    User user(id);
    if (i % 3 != 0) user.attributes = pro;
    EXPECT_EQ(explain(*snapshot, "f", user.view()).decision, decide(*snapshot, "f", user.view())) << id;
  }
}

TEST(Explain, WritesDownRulesConditionsDrawsAndVersion) {
  const auto snapshot = compiled(with_everything());
  const std::array<Attribute, 1> pro = {{{"plan", std::string_view("pro")}}};
  User user("user-4");
  user.attributes = pro;
  const auto told = explain(*snapshot, "f", user.view());
  ASSERT_EQ(told.decision.cause, Cause::assigned);
  EXPECT_EQ(told.config_version, 42);
  ASSERT_EQ(told.rules.size(), 2U);
  EXPECT_EQ(told.rules[0].cause, Cause::condition);
  const auto& run = told.rules[1];
  EXPECT_EQ(run.experiment, "e");
  EXPECT_EQ(run.layer, "main");
  EXPECT_EQ(run.phase, 3U);
  EXPECT_EQ(run.unit->id, "user-4");
  ASSERT_EQ(run.tests.size(), 3U);
  EXPECT_EQ(run.tests[0].segment, "pro");
  EXPECT_EQ(run.tests[0].op, "in");
  EXPECT_TRUE(run.tests[0].held);
  EXPECT_EQ(run.tests[1].op, "segment");
  EXPECT_FALSE(run.tests[2].value) << "bot is missing";
  EXPECT_EQ(told.missing, (std::vector<std::string_view>{"country", "bot"}));
  ASSERT_EQ(run.draws.size(), 3U);
  EXPECT_EQ(run.draws[0].purpose, DrawnFor::layer);
  EXPECT_EQ(run.draws[1].under, "year");
  EXPECT_FALSE(run.draws[1].range) << "not held out";
  EXPECT_EQ(run.draws[2].purpose, DrawnFor::variant);
  ASSERT_TRUE(run.draws[2].range);
  EXPECT_GE(run.draws[2].slot, run.draws[2].range->begin);
  EXPECT_LT(run.draws[2].slot, run.draws[2].range->end);
}

TEST(Explain, NamesTheHoldoutThatKeptSomebodyOut) {
  auto document = one_experiment();
  document.layers["main"].holdout = {{0, slot_count}};
  document.experiments["e"].entry = {};
  const auto snapshot = compiled(document);
  const auto told = explain(*snapshot, "f", User("u1").view());
  ASSERT_EQ(told.rules.size(), 1U);
  EXPECT_EQ(told.rules[0].cause, Cause::held_out);
  ASSERT_EQ(told.rules[0].draws.size(), 1U);
  EXPECT_EQ(told.rules[0].draws[0].purpose, DrawnFor::layer_holdout);
  EXPECT_EQ(told.rules[0].draws[0].under, "main");
}

TEST(Explain, AnUnknownFlagHasNoRules) {
  const auto snapshot = compiled(one_experiment());
  const auto told = explain(*snapshot, "nothing", User("u1").view());
  EXPECT_EQ(told.decision.problem, Problem::flag_not_found);
  EXPECT_TRUE(told.rules.empty());
}

/// A second experiment for those whom the first one treats, and a flag for those of a text flag.
SnapshotDocument with_prerequisites() {
  auto document = one_experiment();
  document.layers["second"] = {salt(11), {}};
  document.experiments["after"] = two_variants("second", 12);
  document.experiments["after"].when = variant_is("e", Operator::is, std::string("treatment"));
  document.flags["colour"] = {ValueType::string, R"("off")", R"("a \"red\" one é")", true, {}};
  document.flags["child"] = {
      ValueType::boolean,
      "false",
      "false",
      true,
      {{flag_gives("colour", Operator::is, std::string("a \"red\" one \xC3\xA9")), GiveDocument{"true"}}}};
  document.flags["count"] = {ValueType::integer, "0", "12", true, {}};
  document.flags["many"] = {
      ValueType::boolean, "false", "false", true, {{flag_gives("count", Operator::gt, 10.0), GiveDocument{"true"}}}};
  return document;
}

TEST(Prerequisites, EnrolOnlyThoseWhoHaveTheVariant) {
  const auto snapshot = compiled(with_prerequisites());
  int enrolled = 0;
  for (int i = 0; i < 1'000; ++i) {
    const auto id = "user-" + std::to_string(i);
    const User user(id);
    const bool treated = decide_experiment(*snapshot, "e", user.view()).variant == "treatment";
    const auto decision = decide_experiment(*snapshot, "after", user.view());
    EXPECT_EQ(decision.exposure.has_value(), treated) << id;
    enrolled += treated ? 1 : 0;
  }
  EXPECT_GT(enrolled, 400);
}

TEST(Prerequisites, ReadTextsAndNumbersOfOtherFlags) {
  auto document = with_prerequisites();
  EXPECT_EQ(decide(*compiled(document), "child", User("u").view()).value, "true");
  EXPECT_EQ(decide(*compiled(document), "many", User("u").view()).value, "true");
  document.flags["colour"].enabled = false;
  EXPECT_EQ(decide(*compiled(document), "child", User("u").view()).value, "false");
}

TEST(Prerequisites, AnExperimentThatDoesNotRunGivesNobodyAVariant) {
  auto document = with_prerequisites();
  document.experiments["after"].when = variant_is("ended", Operator::is, std::string("treatment"));
  EXPECT_EQ(decide_experiment(*compiled(document), "after", User("u").view()).cause, Cause::condition);
}

TEST(Prerequisites, CirclesUnknownFlagsAndSegmentsThatDependAreRefused) {
  auto circle = with_prerequisites();
  circle.flags["colour"].rules = {{flag_gives("child", Operator::is, true), GiveDocument{R"("x")"}}};
  EXPECT_EQ(Snapshot::compile(circle).error().message, "its prerequisites lead back to itself");
  auto itself = with_prerequisites();
  itself.experiments["e"].when = flag_gives("f", Operator::is, true);
  EXPECT_FALSE(Snapshot::compile(itself));
  auto unknown = with_prerequisites();
  unknown.experiments["e"].when = flag_gives("nothing", Operator::is, true);
  EXPECT_EQ(Snapshot::compile(unknown).error().pointer, "/experiments/e/when/flag/0");
  auto segment = with_prerequisites();
  segment.segments["s"] = flag_gives("colour", Operator::is, std::string("x"));
  EXPECT_EQ(Snapshot::compile(segment).error().pointer, "/segments/s/flag");
}

TEST(Prerequisites, AChainTooLongIsRefused) {
  auto document = one_experiment();
  for (int i = 0; i < 12; ++i) {
    auto& flag = document.flags["chain" + std::to_string(i)];
    flag = {ValueType::boolean, "false", "false", true, {}};
    if (i > 0) flag.rules = {{flag_gives("chain" + std::to_string(i - 1), Operator::is, true), GiveDocument{"true"}}};
  }
  EXPECT_EQ(Snapshot::compile(document).error().code, ErrorCode::too_large);
}

TEST(GrowthBookCondition, DecidesBesideOurs) {
  auto document = one_experiment();
  Json::Object tree;
  tree.emplace("country", Json{std::string("DE")});
  document.experiments["e"].when = all_of({growthbook_holds({tree}), test_of("age", Operator::ge, 18.0)});
  const auto snapshot = compiled(document);
  const std::array<Attribute, 2> adult = {{{"country", std::string_view("DE")}, {"age", 20.0}}};
  User user("u1");
  EXPECT_EQ(decide_experiment(*snapshot, "e", user.view()).cause, Cause::condition);
  user.attributes = adult;
  EXPECT_EQ(decide_experiment(*snapshot, "e", user.view()).cause, Cause::assigned);
}

TEST(Forced, AVariantToLookAtIsNeverAnExposure) {
  auto document = one_experiment();
  document.experiments["e"].entry = {};
  const std::array<Sticky, 1> forced = {{{"e", "treatment"}}};
  const Unit unit{"user", "u1"};
  const auto snapshot = compiled(document);
  const auto decision = decide(*snapshot, "f", Subject{{&unit, 1}, {}, {}, forced});
  EXPECT_EQ(decision.variant, "treatment");
  EXPECT_EQ(decision.cause, Cause::overridden);
  EXPECT_FALSE(decision.exposure);
}

}  // namespace
}  // namespace touchstone::assign
