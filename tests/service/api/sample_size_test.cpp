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

// rpact 3.3.4, getDesignGroupSequential(kMax = 5, sided = 2, alpha = .05, typeOfDesign = "asOF"): critical values
// 4.876885, 3.357012, 2.680280, 2.289817, 2.031032; the maximum is 1.02472 times that of one look at power .8, the
// expectation .82366 times.
TEST(ApiSampleSize, OfAFewLooksIsTheGroupSequentialOne) {
  Running running;
  const auto answer = running.post(
      kSize, R"({"baseline":{"mean":31,"deviation":55},"effect":{"absolute":1.5},"method":"group-sequential"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_NEAR(figure(answer.body, "/looks/0/z"), 4.876885, 1e-4);
  EXPECT_NEAR(figure(answer.body, "/looks/4/z"), 2.031032, 1e-4);
  EXPECT_EQ(figure(answer.body, "/looks/4/units"), figure(answer.body, "/units"));
  EXPECT_NEAR(figure(answer.body, "/looks/4/alpha_spent"), 0.05, 1e-12);
  EXPECT_NEAR(figure(answer.body, "/units") / figure(answer.body, "/fixed_horizon_units"), 1.02472, 1e-3);
  const double expected = figure(answer.body, "/expected_units/with_effect");
  EXPECT_NEAR(expected / figure(answer.body, "/fixed_horizon_units"), 0.82366, 1e-3);
}

// rpact 3.3.4, getDesignGroupSequential(kMax = 5, sided = 1, alpha = .025, beta = .2, typeOfDesign = "asOF",
// typeBetaSpending = "bsOF"): rows p033 (non-binding) and p031 (binding) of the table group_sequential_designs. In the
// expectation a unit a look is lost by rounding up.
TEST(ApiSampleSize, WithFutilityEndsEarlyWhereThereIsNothingToFind) {
  Running running;
  const std::string asked = R"({"baseline":{"mean":31,"deviation":55},"effect":{"absolute":-0.5},)"
                            R"("method":"group-sequential","futility":)";
  const auto free = running.post(kSize, asked + R"("non-binding"})");
  ASSERT_EQ(free.status, 200) << free.body;
  const double fixed = figure(free.body, "/fixed_horizon_units");
  EXPECT_NEAR(figure(free.body, "/units") / fixed, 1.155003, 1e-5);
  EXPECT_NEAR(figure(free.body, "/expected_units/with_effect") / fixed, 0.832608, 1e-5);
  EXPECT_NEAR(figure(free.body, "/expected_units/without_effect") / fixed, 0.584095, 1e-5);
  EXPECT_NEAR(figure(free.body, "/looks/0/futility_z"), -1.292147, 1e-5);
  EXPECT_NEAR(figure(free.body, "/looks/3/futility_z"), 1.526493, 1e-5);
  EXPECT_NEAR(figure(free.body, "/looks/3/beta_spent"), 0.151910, 1e-5);
  EXPECT_NEAR(figure(free.body, "/looks/4/z"), 2.031032, 1e-5);
  EXPECT_NEAR(figure(free.body, "/looks/4/alpha_spent"), 0.025, 1e-12) << "of the planned direction alone";
  EXPECT_NEAR(figure(free.body, "/futility/with_effect"), 0.151910, 1e-5) << "what beta spends before the last look";
  EXPECT_GT(figure(free.body, "/futility/without_effect"), 0.9);
  EXPECT_EQ(figure(free.body, "/wrong_sign"), 0);
  const auto bound = running.post(kSize, asked + R"("binding"})");
  ASSERT_EQ(bound.status, 200) << bound.body;
  EXPECT_NEAR(figure(bound.body, "/units") / fixed, 1.089313, 1e-5);
  EXPECT_NEAR(figure(bound.body, "/expected_units/without_effect") / fixed, 0.562570, 1e-5);
  EXPECT_NEAR(figure(bound.body, "/looks/4/z"), 1.928200, 1e-5);
}

TEST(ApiSampleSize, FutilityLeadsBackToThePowerAndTheEffect) {
  Running running;
  const std::string asked = R"({"baseline":{"rate":0.1},"method":"group-sequential","looks":3,"spending":"pocock",)"
                            R"("futility":"non-binding","futility_spending":"kim-demets","futility_parameter":2,)";
  const auto sized = running.post(kSize, asked + R"("effect":{"relative":0.1},"power":0.9})");
  ASSERT_EQ(sized.status, 200) << sized.body;
  const auto units = R"("units":)" + member(sized.body, "/units");
  const auto power = running.post(kSize, asked + R"("effect":{"relative":0.1},)" + units + "}");
  EXPECT_NEAR(figure(power.body, "/power"), 0.9, 1e-4) << power.body;
  const auto effect = running.post(kSize, asked + R"("power":0.9,)" + units + "}");
  EXPECT_NEAR(figure(effect.body, "/effect/relative"), 0.1, 1e-4) << effect.body;
  const auto harmless = running.post(kSize, asked + R"("claim":"non-inferiority","margin":{"relative":0.1}})");
  EXPECT_EQ(harmless.status, 200) << harmless.body;
}

// Two one-sided z tests by hand: z .975 = 1.959964, z .9 = 1.281552 for equivalence, z .8 = .841621 for the other.
TEST(ApiSampleSize, OfNoneBeyondAMargin) {
  Running running;
  const std::string planned =
      R"({"baseline":{"rate":0.1},"method":"fixed-horizon","margin":{"absolute":0.01},"claim":)";
  const auto equal = running.post(kSize, planned + R"("equivalence"})");
  ASSERT_EQ(equal.status, 200) << equal.body;
  EXPECT_EQ(figure(equal.body, "/per_variant/0"), std::ceil(std::pow((1.959964 + 1.281552) / 0.01, 2) * 2 * 0.09));
  EXPECT_EQ(member(equal.body, "/expected_units/with_effect"), "null");
  const auto harmless = running.post(kSize, planned + R"("non-inferiority","effect":{"absolute":-0.002}})");
  ASSERT_EQ(harmless.status, 200) << harmless.body;
  const double variance = 0.1 * 0.9 + 0.098 * 0.902;
  EXPECT_NEAR(figure(harmless.body, "/per_variant/0"), std::pow((1.959964 + 0.841621) / 0.008, 2) * variance, 1.5);
  EXPECT_EQ(running.post(kSize, planned + R"("non-inferiority","effect":{"absolute":-0.02}})").status, 422);
}

TEST(ApiSampleSize, WithACovariateInClustersOrOfARatio) {
  Running running;
  const std::string asked = R"({"method":"fixed-horizon","effect":{"absolute":1},"baseline":)";
  const double plain = figure(running.post(kSize, asked + R"({"mean":10,"deviation":20}})").body, "/units");
  const auto times = [&](const std::string& more) {
    const auto answer = running.post(kSize, asked + R"({"mean":10,"deviation":20},)" + more + "}");
    EXPECT_EQ(answer.status, 200) << answer.body;
    return figure(answer.body, "/units") / plain;
  };
  EXPECT_NEAR(times(R"("correlation":0.6)"), 0.64, 1e-3);
  EXPECT_NEAR(times(R"("clusters":{"size":20,"intraclass":0.05})"), 1.95, 1e-3) << "1 + 19 times .05";
  EXPECT_NEAR(times(R"("clusters":{"size":20,"deviation":10,"intraclass":0.05})"), 2.2, 1e-3)
      << "1 + (1.25 20 - 1) .05";
  const auto ratio = running.post(
      kSize, asked + R"({"ratio":{"numerator":{"mean":6,"deviation":3},"denominator":{"mean":2,"deviation":1}}}})");
  ASSERT_EQ(ratio.status, 200) << ratio.body;
  EXPECT_NEAR(figure(ratio.body, "/baseline/variance"), (9 + 9) / 4.0, 1e-12);
  EXPECT_EQ(figure(ratio.body, "/baseline/mean"), 3);
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
  const std::string rate = R"({"baseline":{"rate":0.1},"effect":{"relative":0.1},)";
  EXPECT_EQ(pointer(rate + R"("looks":3})", 422), "/method");
  EXPECT_EQ(pointer(rate + R"("method":"group-sequential","spending":"kim-demets"})", 422), "/spending_parameter");
  EXPECT_EQ(pointer(rate + R"("method":"group-sequential","spending_parameter":2})", 422), "/spending_parameter");
  EXPECT_EQ(pointer(rate + R"("futility":"binding"})", 422), "/method");
  const std::string looks = rate + R"("method":"group-sequential",)";
  EXPECT_EQ(pointer(looks + R"("futility":"maybe"})", 422), "/futility");
  EXPECT_EQ(pointer(looks + R"("futility_spending":"pocock"})", 422), "/futility");
  EXPECT_EQ(pointer(looks + R"("futility":"binding","futility_spending":"kim-demets"})", 422), "/futility_parameter");
  EXPECT_EQ(pointer(looks + R"("spending":"kim-demets","spending_parameter":0.001})", 422), "/spending_parameter");
  EXPECT_EQ(pointer(looks + R"("futility":"binding","looks":101})", 422), "/looks");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":0.1},"method":"group-sequential","futility":"binding",)"
                    R"("claim":"equivalence","margin":{"relative":0.1}})",
                    422),
            "/futility");
  EXPECT_EQ(pointer(rate + R"("claim":"non-inferiority"})", 422), "/margin");
  EXPECT_EQ(pointer(rate + R"("margin":{"relative":0.1}})", 422), "/margin");
  EXPECT_EQ(pointer(rate + R"("claim":"equivalence","margin":{"relative":0.1}})", 422), "/effect");
  EXPECT_EQ(pointer(R"({"baseline":{"rate":0},"units":10})", 422), "/baseline/rate");
  EXPECT_EQ(pointer(R"({"experiment":"e","units":10})", 422), "/metric");
  EXPECT_EQ(pointer(R"({"experiment":"f","metric":"paid","units":10})", 404), "/experiment");
  EXPECT_EQ(pointer(R"({"experiment":"e","metric":"none","units":10})", 404), "/metric");
}

}  // namespace
}  // namespace touchstone::api
