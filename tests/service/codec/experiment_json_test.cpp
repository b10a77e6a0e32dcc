#include "service/codec/experiment_json.hpp"

#include <initializer_list>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "service/codec/canonical_json.hpp"
#include "service/codec/time_text.hpp"
#include "service/codec/weights.hpp"

namespace touchstone::codec {
namespace {

using storage::Experiment;

constexpr std::string_view kFull = R"({
  "key":"checkout","name":"One page","hypothesis":"Fewer pages,\nmore orders","owner":"ann","tags":["web","shop"],
  "unit_type":"user","layer":"L1","coverage":"40%","when":{"segment":"pro"},
  "variants":[{"key":"control","control":true,"weight":50,"values":{"checkout":false}},
              {"key":"one-page","name":"One page","weight":50,"values":{"checkout":true,"theme":{"b":1,"a":2.50}}}],
  "exposure":"client","expects":{"page":{"control":"old","one-page":"new"}},
  "plan":{"metrics":[{"metric":"purchase"},{"metric":"refunds","role":"guardrail","margin":0.02}],"alpha":0.01,
          "method":{"id":"fixed-horizon"},"horizon":{"units":100000},"smallest_effect":0.03,"crossover":"first"}})";

std::string two_variants(std::string_view further) {
  return R"({"key":"e","variants":[{"key":"a"},{"key":"b"}])" + std::string(further) + "}";
}

TEST(ExperimentJson, ReadsTheWholeDocument) {
  const auto experiment = read_new_experiment(kFull);
  ASSERT_TRUE(experiment.ok()) << experiment.error().pointer << experiment.error().message;
  EXPECT_EQ(experiment->coverage, 400'000U);
  EXPECT_EQ(experiment->when, assign::in_segment("pro"));
  EXPECT_EQ(experiment->variants[0].weight, 500'000U);
  EXPECT_EQ(experiment->variants[1].values.at("theme"), R"({"a":2.5,"b":1})");
  EXPECT_EQ(experiment->exposure, assign::ExposureDocument(assign::ExposedByClient{}));
  EXPECT_EQ(experiment->expects.at("page").at("one-page"), "\"new\"");
  EXPECT_EQ(experiment->plan.metrics[1].role, storage::MetricRole::guardrail);
  EXPECT_EQ(experiment->plan.horizon.units, 100'000U);
  EXPECT_EQ(experiment->plan.method.id, "fixed-horizon");
  EXPECT_EQ(experiment->plan.crossover, storage::Crossover::first);
  EXPECT_EQ(experiment->state, storage::ExperimentState::draft);
}

TEST(ExperimentJson, WritesOneCanonicalForm) {
  const auto experiment = read_new_experiment(two_variants(""));
  ASSERT_TRUE(experiment.ok());
  EXPECT_EQ(
      write_experiment(*experiment),
      R"({"coverage":1000000,"expects":{},"exposure":"evaluate","hypothesis":"","key":"e","name":"","owner":"","phases":[],)"
      R"("plan":{"alpha":0.05,"crossover":"exclude","horizon":{},"method":{"id":"always-valid","version":2},"metrics":[]},)"
      R"("salt":"","scheme":"touchstone-1","state":"draft","tags":[],"unit_type":"user","variants":[)"
      R"({"control":true,"key":"a","name":"","values":{},"weight":500000},)"
      R"({"control":false,"key":"b","name":"","values":{},"weight":500000}],"version":1})");
}

/// A running experiment with every field in use.
Experiment running() {
  auto experiment = *read_new_experiment(kFull);
  experiment.version = 4;
  experiment.salt = "0123456789abcdefghijABC";
  experiment.state = storage::ExperimentState::running;
  experiment.plan.frozen_at = *parse_time("2026-11-21T14:05:00Z");
  storage::Phase first;
  first.started_at = *parse_time("2026-11-21T14:05:00.000001Z");
  first.ended_at = *parse_time("2026-11-22T00:00:00Z");
  first.entry = {{0, 100'000}};
  first.slots = {{{0, 500'000}, 0}, {{500'000, 1'000'000}, 1}};
  first.weights = {500'000, 500'000};
  storage::Phase second = first;
  second.number = 2;
  second.ended_at.reset();
  second.enrolling = false;
  experiment.phases = {first, second};
  return experiment;
}

TEST(ExperimentJson, WritingAndReadingIsTheIdentity) {
  const Experiment experiment = running();
  const auto read = read_stored_experiment(write_experiment(experiment));
  ASSERT_TRUE(read.ok()) << read.error().pointer << read.error().message;
  EXPECT_EQ(write_experiment(*read), write_experiment(experiment));
  EXPECT_EQ(read->phases, experiment.phases);
  EXPECT_EQ(read->plan, experiment.plan);
  EXPECT_EQ(read->variants, experiment.variants);
  EXPECT_EQ(read->when, experiment.when);
  EXPECT_EQ(read->expects, experiment.expects);
  EXPECT_EQ(read->state, experiment.state);
}

TEST(ExperimentJson, WhatWasFetchedCanBeSentBack) {
  const Experiment current = running();
  const auto same = read_experiment_change(write_experiment(current), current);
  ASSERT_TRUE(same.ok()) << same.error().pointer;
  EXPECT_EQ(write_experiment(*same), write_experiment(current));
}

TEST(ExperimentJson, AChangeKeepsWhatItDoesNotName) {
  const Experiment current = running();
  const auto changed = read_experiment_change(
      R"({"coverage":"100%","when":null,"layer":"","plan":{"alpha":0.1,"horizon":{"ends_at":"2027-01-01T00:00:00Z"},"smallest_effect":null}})",
      current);
  ASSERT_TRUE(changed.ok()) << changed.error().pointer;
  EXPECT_EQ(changed->coverage, 1'000'000U);
  EXPECT_EQ(changed->when, std::nullopt);
  EXPECT_EQ(changed->layer, "");
  EXPECT_EQ(changed->plan.alpha, 0.1);
  EXPECT_EQ(changed->plan.horizon.units, std::nullopt);
  EXPECT_EQ(changed->plan.metrics, current.plan.metrics);
  EXPECT_EQ(changed->plan.frozen_at, current.plan.frozen_at);
  EXPECT_EQ(changed->variants, current.variants);
  for (const auto& [json, pointer] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
           {R"({"state":"stopped"})", "/state"},
           {R"({"salt":"x"})", "/salt"},
           {R"({"phases":[]})", "/phases"},
           {R"({"plan":{"frozen_at":"2020-01-01T00:00:00Z"}})", "/plan/frozen_at"}}) {
    const auto refused = read_experiment_change(json, current);
    ASSERT_FALSE(refused.ok()) << json;
    EXPECT_EQ(refused.error().pointer, pointer);
  }
}

TEST(ExperimentJson, RefusesWithAPointer) {
  for (const auto& [json, pointer] : std::initializer_list<std::pair<std::string, std::string_view>>{
           {"{}", "/key"},
           {R"({"key":"e"})", "/variants"},
           {R"({"key":"e","variants":[]})", "/variants"},
           {R"({"key":"e","variants":[{"key":"a"}]})", "/variants"},
           {R"({"key":"e","variants":[{"key":"a"},{"key":"A"}]})", "/variants/1"},
           {R"({"key":"e","variants":[{"key":"a","weight":1},{"key":"b"}]})", "/variants"},
           {R"({"key":"e","variants":[{"key":"a","weight":0},{"key":"b","weight":0}]})", "/variants"},
           {R"({"key":"e","variants":[{"key":"a","weight":-1},{"key":"b","weight":1}]})", "/variants/0/weight"},
           {R"({"key":"e","variants":[{"key":"a","control":true},{"key":"b","control":true}]})", "/variants"},
           {R"({"key":"e","variants":[{"key":"a"},{"key":"b","valeus":{}}]})", "/variants/1/valeus"},
           {two_variants(R"(,"coverage":1000001)"), "/coverage"},
           {two_variants(R"(,"coverage":0.5)"), "/coverage"},
           {two_variants(R"(,"scheme":"touchstone-2")"), "/scheme"},
           {two_variants(R"(,"version":1,"state":"running")"), "/state"},
           {two_variants(R"(,"expects":{"page":{"c":1}})"), "/expects/page/c"},
           {two_variants(R"(,"tags":["a",1])"), "/tags/1"},
           {two_variants(R"(,"plan":{"alpha":0})"), "/plan/alpha"},
           {two_variants(R"(,"plan":{"metrics":[{"metric":"m","margin":0.1}]})"), "/plan/metrics/0/margin"},
           {two_variants(R"(,"plan":{"metrics":[{"metric":"m"},{"metric":"m"}]})"), "/plan/metrics/1"},
           {two_variants(R"(,"plan":{"horizon":{"units":1,"ends_at":"2027-01-01T00:00:00Z"}})"),
            "/plan/horizon/ends_at"},
           {two_variants(R"(,"plan":{"method":{"id":"vibes"}})"), "/plan/method/id"},
           {two_variants(R"(,"plan":{"method":{"id":"always-valid","version":3}})"), "/plan/method/version"},
           {two_variants(R"(,"plan":{"method":{"id":"fixed-horizon","version":2}})"), "/plan/method/version"},
           {two_variants(R"(,"plan":{"method":{"id":"strict","version":2}})"), "/plan/method/version"},
           {two_variants(R"(,"plan":{"method":{"id":"fixed-horizon","parameters":{}}})"), "/plan/method/parameters"},
           {two_variants(R"(,"plan":{"method":{"id":"strict","parameters":{"deviations":{"m":2}}}})"), "/plan/method"},
           {two_variants(
                R"(,"plan":{"metrics":[{"metric":"m"}],"method":{"id":"strict","parameters":{"deviations":{"m":0}}}})"),
            "/plan/method/parameters/deviations/m"},
           {two_variants(R"(,"plan":{"corrections":{"goals":"tukey"}})"), "/plan/corrections/goals"},
           {two_variants(R"(,"plan":{"corrections":{"guardrails":"holm"}})"), "/plan/corrections/guardrails"},
           {two_variants(R"(,"plan":{"corrections":{"goals":"dunnett"}})"), "/plan/corrections"},
           {two_variants(R"(,"plan":{"method":{"id":"strict"},"corrections":{"goals":"dunnett"}})"),
            "/plan/corrections"},
           {two_variants(
                R"(,"plan":{"method":{"id":"fixed-horizon"},"corrections":{"secondaries":"e_benjamini_hochberg"}})"),
            "/plan/corrections"},
           {two_variants(R"(,"plan":{"tick":"90s"})"), "/plan/tick"},
           {two_variants(R"(,"plan":{"tick":"0m"})"), "/plan/tick"},
           {two_variants(R"(,"plan":{"tick":"31d"})"), "/plan/tick"},
           {two_variants(R"(,"plan":{"tick":60})"), "/plan/tick"},
           {two_variants(R"(,"hypotesis":"x")"), "/hypotesis"}}) {
    const auto refused = read_new_experiment(json);
    ASSERT_FALSE(refused.ok()) << json;
    EXPECT_EQ(refused.error().pointer, pointer) << json << ": " << refused.error().message;
    EXPECT_FALSE(refused.error().hint.empty()) << json;
  }
  EXPECT_TRUE(read_new_experiment(R"({"key":"e","scheme":"external","variants":[{"key":"a"}]})").ok());
}

TEST(Methods, WithoutAVersionAreTheNewestAndOldOnesStayCallable) {
  const auto method = [](std::string_view json) { return read_new_experiment(two_variants(json)).value().plan.method; };
  EXPECT_EQ(method(""), (storage::MethodRef{"always-valid", 2}));
  EXPECT_EQ(method(R"(,"plan":{"method":{"id":"always-valid"}})"), (storage::MethodRef{"always-valid", 2}));
  EXPECT_EQ(method(R"(,"plan":{"method":{"id":"always-valid","version":1}})"), (storage::MethodRef{"always-valid", 1}));
  EXPECT_EQ(method(R"(,"plan":{"method":{"id":"fixed-horizon"}})"), (storage::MethodRef{"fixed-horizon", 1}));
  EXPECT_EQ(method(R"(,"plan":{"method":{"id":"strict"}})"), (storage::MethodRef{"strict", 1}));
  EXPECT_EQ(
      method(R"(,"plan":{"metrics":[{"metric":"m"}],"method":{"id":"strict","parameters":{"deviations":{"m":2}}}})"),
      (storage::MethodRef{"strict", 1, {{"m", 2}}}));
}

TEST(Plan, MaySayHowComparisonsShareAlpha) {
  const auto read = [](std::string_view plan) { return read_new_experiment(two_variants(plan)); };
  const auto dunnett = read(R"(,"plan":{"method":{"id":"fixed-horizon"},"corrections":{"goals":"dunnett"}})");
  ASSERT_TRUE(dunnett.ok());
  EXPECT_EQ(dunnett->plan.corrections.goals, storage::GoalCorrection::dunnett);
  EXPECT_EQ(read_stored_experiment(write_experiment(*dunnett))->plan, dunnett->plan);
  const auto strict =
      read(R"(,"plan":{"method":{"id":"strict"},"corrections":{"secondaries":"e_benjamini_hochberg"}})");
  ASSERT_TRUE(strict.ok());
  EXPECT_EQ(read_stored_experiment(write_experiment(*strict))->plan, strict->plan);
  const auto usual = read(R"(,"plan":{"corrections":{"goals":"holm","secondaries":"benjamini_hochberg"}})");
  EXPECT_EQ(write_experiment(*usual).find("corrections"), std::string::npos) << "the usual ones go without saying";
  const auto changed = read_experiment_change(R"({"plan":{"method":{"id":"always-valid"}}})", *dunnett);
  EXPECT_EQ(changed.error().pointer, "/plan/corrections") << "they belong to the method";
}

TEST(Weights, SumToAMillionWithTheLargestRemainder) {
  using Slots = std::vector<std::uint32_t>;
  const auto slots = [](std::vector<double> weights) { return slots_of_weights(weights).value_or(Slots{}); };
  EXPECT_EQ(slots({1, 1}), (Slots{500'000, 500'000}));
  EXPECT_EQ(slots({1, 1, 1}), (Slots{333'334, 333'333, 333'333}));
  EXPECT_EQ(slots({2, 1}), (Slots{666'667, 333'333}));
  EXPECT_EQ(slots({1, 2}), (Slots{333'333, 666'667}));
  EXPECT_EQ(slots({0.1, 0.9}), (Slots{100'000, 900'000}));
  EXPECT_EQ(slots({33.3333, 66.6667}), (Slots{333'333, 666'667}));
  EXPECT_EQ(slots({0, 3}), (Slots{0, 1'000'000}));
  EXPECT_EQ(slots({123'457, 876'543}), (Slots{123'457, 876'543}));
  EXPECT_EQ(slots({0, 0}), Slots{});
  EXPECT_EQ(slots({-1, 2}), Slots{});
  EXPECT_EQ(slots({0.0000001, 1}), Slots{});
  EXPECT_EQ(slots({1e7, 1}), Slots{});
}

TEST(Weights, AnyWeightsSumToAMillionAndSlotsStay) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 2'000; ++i) {
    std::vector<double> weights(1 + random() % 100);
    for (auto& weight : weights) weight = static_cast<double>(random() % 1'000'000) / 1e3 + 0.001;
    const auto slots = slots_of_weights(weights);
    ASSERT_TRUE(slots.has_value());
    EXPECT_EQ(std::accumulate(slots->begin(), slots->end(), std::uint64_t{0}), 1'000'000U);
    EXPECT_EQ(slots_of_weights(std::vector<double>(slots->begin(), slots->end())), slots);
  }
}

}  // namespace
}  // namespace touchstone::codec
