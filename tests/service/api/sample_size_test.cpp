// How many units an experiment needs.

#include <atomic>
#include <chrono>
#include <cmath>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "service/codec/time_text.hpp"
#include "tests/service/api/running.hpp"

namespace touchstone::api {
namespace {

const std::string kSize = "/v1/sample-size";

double figure(const std::string& body, const std::string& pointer) { return std::stod(member(body, pointer)); }

// G*Power 3.1 and R's power.prop.test without pooling: z 1.959964 + .841621, squared 7.848880, times .0384 + .040236
// over .002 squared, rounded up.
TEST(ApiSampleSize, OfOneLookAtTheEndIsTheTextbooks) {
  Running running;
  const auto answer = running.post(
      kSize, R"({"baseline":{"rate":0.04},"effect":{"relative":0.05},"method":"fixed-horizon","units_per_day":5000})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const double each = std::ceil(7.848879734 * (0.04 * 0.96 + 0.042 * 0.958) / (0.002 * 0.002));
  EXPECT_EQ(member(answer.body, "/solved"), "units");
  EXPECT_EQ(figure(answer.body, "/per_variant/0"), each);
  EXPECT_EQ(figure(answer.body, "/units"), 2 * each);
  EXPECT_EQ(figure(answer.body, "/days/most"), std::ceil(2 * each / 5000));
  EXPECT_EQ(figure(answer.body, "/fixed_horizon_units"), std::ceil(2 * each - 1));
}

TEST(ApiSampleSize, LookingWheneverOneLikesCostsMoreAtMostAndLessOnAverage) {
  Running running;
  const auto answer = running.post(kSize, R"({"baseline":{"rate":0.04},"effect":{"relative":0.05}})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const double most = figure(answer.body, "/units");
  EXPECT_NEAR(most / figure(answer.body, "/fixed_horizon_units"), std::pow(3.464465 / 2.801585, 2), 1e-3);
  EXPECT_LT(figure(answer.body, "/expected_units/with_effect"), figure(answer.body, "/fixed_horizon_units"));
  EXPECT_EQ(member(answer.body, "/days"), "null");
}

TEST(ApiSampleSize, TheOtherTwoQuestionsLeadBack) {
  Running running;
  const auto effect = running.post(kSize, R"({"baseline":{"mean":31,"deviation":55},"units":80000,"weights":[8,1,1]})");
  ASSERT_EQ(effect.status, 200) << effect.body;
  EXPECT_EQ(member(effect.body, "/solved"), "effect");
  EXPECT_EQ(figure(effect.body, "/alpha_each"), 0.025) << "two treatments share it";
  EXPECT_EQ(figure(effect.body, "/per_variant/0"), 64'000);
  const auto power = running.post(
      kSize, R"({"baseline":{"mean":31,"deviation":55},"units":80000,"weights":[8,1,1],"effect":{"absolute":)" +
                 member(effect.body, "/effect/absolute") + "}}");
  EXPECT_EQ(member(power.body, "/solved"), "power");
  EXPECT_NEAR(figure(power.body, "/power"), 0.8, 1e-4);
}

TEST(ApiSampleSize, ADropOfAScoreThatFewAnswer) {
  Running running;
  const auto answer = running.post(kSize, R"({"baseline":{"mean":30,"deviation":70,"answering":0.25},"units":10000,)"
                                          R"("direction":"drop","method":"fixed-horizon"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_NEAR(figure(answer.body, "/effect/absolute"), -2.801585 * 70 * std::sqrt(4 / 2500.0), 1e-4);
}

TEST(ApiSampleSize, OfAScoreBelowZeroNothingIsRelative) {
  Running running;
  const std::string baseline = R"({"baseline":{"mean":-5,"deviation":70},"method":"fixed-horizon","effect":)";
  const auto answer = running.post(kSize, baseline + R"({"absolute":-3}})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(member(answer.body, "/effect/relative"), "null");
  const auto refused = running.post(kSize, baseline + R"({"relative":0.1}})");
  EXPECT_EQ(member(refused.body, "/errors/0/pointer"), "/effect") << refused.body;
}

void run_experiment(Running& running) {
  ASSERT_EQ(running.post("/v1/metrics", R"({"key":"paid","kind":"proportion","event":"buy"})").status, 201);
  const auto made =
      running.post("/v1/experiments?start", R"({"key":"e","variants":[{"key":"a"},{"key":"b"}],"exposure":"client",)"
                                            R"("plan":{"metrics":[{"metric":"paid","role":"goal"}]}})");
  ASSERT_EQ(made.status, 201) << made.body;
}

/// 40 units in control, of whom 10 buy.
void visit(Running& running) {
  const std::string now = codec::time_text(running.service().now());
  const auto item = [&](const std::string& id, const std::string& unit, const std::string& what) {
    return fmt::format(R"({{"id":"{}","unit":"{}","ts":"{}",{}}},)", id, unit, now, what);
  };
  std::string events = "[";
  for (int i = 0; i < 40; ++i) {
    const auto unit = "u" + std::to_string(i);
    events += item("x" + unit, unit, R"("type":"exposure","experiment":"e","variant":"a")");
    if (i < 10) events += item("b" + unit, unit, R"("type":"event","name":"buy")");
  }
  events.back() = ']';
  const auto sent = running.post("/v1/events", events);
  ASSERT_EQ(sent.status, 200) << sent.body;
}

TEST(ApiSampleSize, StartsFromWhatAnExperimentShowed) {
  std::atomic<std::int64_t> later{0};
  app::ServiceOptions options;
  options.writer.now = [&later] { return Time(std::chrono::days(20'000)) + std::chrono::hours(later); };
  Running running(std::move(options));
  run_experiment(running);
  const std::string asked = R"({"experiment":"e","metric":"paid","effect":{"relative":0.1}})";
  EXPECT_EQ(running.post(kSize, asked).status, 409) << "nobody came yet";
  visit(running);
  const auto answer = running.post(kSize, asked);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(figure(answer.body, "/baseline/mean"), 0.25);
  EXPECT_EQ(member(answer.body, "/baseline/kind"), "rate");
  EXPECT_NEAR(figure(answer.body, "/effect/absolute"), 0.025, 1e-12);
  EXPECT_EQ(member(answer.body, "/days"), "null") << "it has not run for a day";
  later = 48;
  EXPECT_EQ(figure(running.post(kSize, asked).body, "/days/units_per_day"), 20) << "40 in two days";
}

TEST(ApiSampleSize, SaysWhatIsMissingOrImpossible) {
  Running running;
  run_experiment(running);
  const auto pointer = [&](const std::string& body, int status) {
    const auto answer = running.post(kSize, body);
    EXPECT_EQ(answer.status, status) << answer.body;
    EXPECT_NE(answer.body.find("\"hint\""), std::string::npos) << answer.body;
    return member(answer.body, "/errors/0/pointer");
  };
  EXPECT_EQ(pointer("{}", 422), "/baseline");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":0.1}})", 422), "/effect");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":2},"units":100})", 422), "/baseline/rate");
  EXPECT_EQ(pointer(R"({"baseline":{"mean":2},"units":100})", 422), "/baseline");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":0.1},"effect":{"relative":-1.0,"absolute":1}})", 422), "/effect");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":0.6},"effect":{"relative":0.8}})", 422), "/effect");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":0.6},"effect":{"relative":0}})", 422), "/effect");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":0.1},"units":10,"direction":"drop"})", 422), "/units");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":0.1},"units":10,"power":0.01})", 422), "/power");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":0.1},"units":10,"power":0.5,"effect":{"relative":0.1}})", 422), "/power");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":0.1},"units":10,"weights":[1]})", 422), "/weights");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":0.1},"units":10,"method":"bayes"})", 422), "/method");
  EXPECT_EQ(pointer(R"({"experiment":"e","units":10})", 422), "/metric");
  EXPECT_EQ(pointer(R"({"experiment":"f","metric":"paid","units":10})", 404), "/experiment");
  EXPECT_EQ(pointer(R"({"experiment":"e","metric":"none","units":10})", 404), "/metric");
}

}  // namespace
}  // namespace touchstone::api
