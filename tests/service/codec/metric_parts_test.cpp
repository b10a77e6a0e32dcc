#include <chrono>
#include <initializer_list>
#include <string_view>

#include <gtest/gtest.h>

#include "service/codec/metric_json.hpp"

namespace touchstone::codec {
namespace {

using namespace std::chrono_literals;
using storage::Direction;

std::string document(std::string_view members) {
  std::string text = R"({"key":"m","event":"e",)";
  text.append(members).append("}");
  return text;
}

storage::Metric read(std::string_view members) {
  auto metric = read_new_metric(document(members));
  EXPECT_TRUE(metric.ok()) << members << ": " << (metric ? "" : metric.error().pointer + " " + metric.error().message);
  EXPECT_EQ(*read_stored_metric(write_metric(*metric)), *metric) << members;
  EXPECT_EQ(*read_metric_change(write_metric(*metric), *metric), *metric) << members;
  return *metric;
}

void expect_refused(std::string_view members, std::string_view pointer) {
  const auto metric = read_new_metric(document(members));
  ASSERT_FALSE(metric.ok()) << members;
  EXPECT_EQ(metric.error().pointer, pointer) << members << ": " << metric.error().message;
  EXPECT_FALSE(metric.error().hint.empty()) << members;
}

TEST(MetricParts, AFilterIsTestsOnProperties) {
  const auto metric =
      read(R"("kind":"sum","filter":[["category","in",["books",1]],["amount","ge",2.5],["gift","exists",false]])");
  ASSERT_EQ(metric.filter.size(), 3U);
  EXPECT_EQ(metric.filter[0].values, (std::vector<std::string>{R"("books")", "1"}));
  EXPECT_EQ(metric.filter[1].number, 2.5);
  EXPECT_FALSE(metric.filter[2].wanted);
  expect_refused(R"("filter":[["a","is"]])", "/filter/0");
  expect_refused(R"("filter":[["a","like","b"]])", "/filter/0/1");
  expect_refused(R"("filter":[["a","is",null]])", "/filter/0/2");
  expect_refused(R"("filter":[["a","ge","b"]])", "/filter/0/2");
}

TEST(MetricParts, ACovariateIsOfWhoHasAFigureBeforeExposure) {
  const auto metric = read(R"("kind":"sum","window":{"length":"7d"},"covariate":{"look_back":"14d"})");
  EXPECT_EQ(metric.covariate, 336h);
  EXPECT_EQ(read_metric_change(R"({"covariate":null})", metric)->covariate, std::nullopt);
  read(R"("kind":"retention","window":{"delay":"7d","length":"1d"},"covariate":{"look_back":"1d"})");
  expect_refused(R"("kind":"mean","window":{"length":"7d"},"covariate":{"look_back":"14d"})", "/covariate");
  expect_refused(R"("kind":"sum","covariate":{"look_back":"14d"})", "/covariate");
  expect_refused(R"("kind":"sum","window":{"length":"7d"},"covariate":{})", "/covariate/look_back");
  expect_refused(R"("kind":"sum","window":{"length":"7d"},"covariate":{"look_back":"0d"})", "/covariate/look_back");
  expect_refused(R"("kind":"sum","window":{"length":"7d"},"covariate":{"look_back":"20y"})", "/covariate/look_back");
}

TEST(MetricParts, AScoreSaysWhichWayIsGood) {
  EXPECT_EQ(read(R"("kind":"score","score":{"as":"nps"})").direction, Direction::increase);
  EXPECT_EQ(read(R"("kind":"score","score":{"as":"ces","lowest":1,"highest":5,"easy":"lowest"})").direction,
            Direction::decrease);
  EXPECT_EQ(read(R"("kind":"score","score":{"as":"csat","lowest":1,"highest":7,"top":6})").score->top, 6);
  read(R"("kind":"score","score":{"as":"csat_mean","lowest":-2,"highest":2})");
  expect_refused(R"("kind":"score","score":{"as":"nps"},"direction":"decrease")", "/direction");
  expect_refused(R"("kind":"score")", "/score");
  expect_refused(R"("kind":"score","score":{"as":"nps","lowest":1})", "/score/lowest");
  expect_refused(R"("kind":"score","score":{"as":"csat","lowest":1,"highest":5,"top":6})", "/score/top");
  expect_refused(R"("kind":"score","score":{"as":"ces","lowest":5,"highest":1,"easy":"lowest"})", "/score/highest");
  expect_refused(R"("kind":"score","score":{"as":"ces","lowest":1,"highest":5})", "/score/easy");
  expect_refused(R"("kind":"sum","score":{"as":"nps"})", "/score");
}

TEST(MetricParts, ASurveysAnswerIsItsScore) {
  const auto metric = read_new_metric(R"({"key":"m","event":"$survey","kind":"score","score":{"as":"nps"}})");
  ASSERT_TRUE(metric.ok());
  EXPECT_EQ(metric->property, "score");
}

TEST(MetricParts, WhatWaitsForAWindowNeedsOne) {
  for (const std::string_view kind : {"retention", "churn", "duration", "lifetime_value"})
    expect_refused(R"("kind":")" + std::string(kind) + R"(")", "/window");
  EXPECT_EQ(read(R"("kind":"retention","window":{"delay":"7d","length":"1d"})").window.delay, 168h);
  EXPECT_EQ(read(R"("kind":"duration","window":{"length":"1d"})").direction, Direction::decrease);
  EXPECT_EQ(read(R"("kind":"duration","window":{"length":"1d"},"direction":"increase")").direction,
            Direction::increase);
}

TEST(MetricParts, ChurnIsByEventOrByInactivity) {
  EXPECT_EQ(read(R"("kind":"churn","window":{"length":"30d"})").direction, Direction::decrease);
  EXPECT_TRUE(read(R"("kind":"churn","lost_by":"inactivity","window":{"delay":"30d","length":"30d"})").by_inactivity);
  expect_refused(R"("kind":"count","lost_by":"inactivity")", "/lost_by");
  EXPECT_TRUE(read_new_metric(R"({"key":"m","event":"*","kind":"retention","window":{"length":"1d"}})").ok());
  EXPECT_EQ(read_new_metric(R"({"key":"m","event":"*","kind":"count"})").error().pointer, "/event");
}

TEST(MetricParts, ARatioHasADenominator) {
  const auto metric = read(
      R"("kind":"ratio","property":"margin","denominator":{"event":"visit","of":"occurrence","filter":[["bot","is",false]]})");
  ASSERT_EQ(metric.others.size(), 1U);
  EXPECT_EQ(metric.others[0].of, storage::Aspect::occurrence);
  expect_refused(R"("kind":"ratio")", "/denominator");
  expect_refused(R"("kind":"ratio","denominator":{"event":"a b"})", "/denominator/event");
  expect_refused(R"("kind":"sum","denominator":{"event":"a"})", "/denominator");
}

TEST(MetricParts, AFunnelHasFurtherSteps) {
  EXPECT_EQ(read(R"("kind":"funnel","then":[{"event":"b"},{"event":"c"}],"window":{"length":"7d"})").others.size(), 2U);
  expect_refused(R"("kind":"funnel","window":{"length":"7d"})", "/then");
  expect_refused(R"("kind":"funnel","then":[{"event":"b","property":"p"}],"window":{"length":"7d"})",
                 "/then/0/property");
}

TEST(MetricParts, ALifetimeValueHasACapAndWhatIsGivenBack) {
  const auto metric = read(R"("kind":"lifetime_value","less":{"event":"$refund"},"cap":500,"window":{"length":"90d"})");
  EXPECT_EQ(metric.cap, 500);
  EXPECT_EQ(metric.others.at(0).event, "$refund");
  const auto without = read_metric_change(R"({"less":null,"cap":null})", metric);
  ASSERT_TRUE(without.ok());
  EXPECT_TRUE(without->others.empty());
  expect_refused(R"("kind":"mean","cap":5)", "/cap");
}

TEST(MetricParts, ACapMayBeAPercentile) {
  const auto metric = read(R"("kind":"sum","cap":{"percentile":99.9})");
  EXPECT_EQ(metric.pooled_cap, (storage::PooledCap{99.9, false}));
  EXPECT_EQ(metric.cap, std::nullopt);
  EXPECT_EQ(*read_stored_metric(write_metric(metric)), metric);
  const auto payers = read_metric_change(R"({"cap":{"percentile":99.98749,"ignore_zeros":true}})", metric);
  EXPECT_EQ(payers->pooled_cap, (storage::PooledCap{99.987, true})) << "to thousandths";
  EXPECT_EQ(*read_stored_metric(write_metric(*payers)), *payers);
  EXPECT_EQ(read_metric_change(R"({"cap":20})", metric)->pooled_cap, std::nullopt);
  EXPECT_EQ(read_metric_change(R"({"cap":null})", metric)->pooled_cap, std::nullopt);
  expect_refused(R"("kind":"mean","cap":{"percentile":99})", "/cap");
  expect_refused(R"("kind":"sum","cap":{})", "/cap/percentile");
  expect_refused(R"("kind":"sum","cap":{"percentile":49.9})", "/cap/percentile");
  expect_refused(R"("kind":"sum","cap":{"percentile":100})", "/cap/percentile");
  expect_refused(R"("kind":"sum","cap":{"percentile":"99"})", "/cap/percentile");
  expect_refused(R"("kind":"sum","cap":{"percentile":99,"per":"arm"})", "/cap/per");
  expect_refused(R"("kind":"sum","cap":"99%")", "/cap");
  expect_refused(R"("kind":"sum","cap":{"percentile":99},"window":{"length":"7d"},"covariate":{"look_back":"7d"})",
                 "/covariate");
}

TEST(MetricParts, AQuantileSaysWhich) {
  const auto metric = read(R"("kind":"quantile","quantile":0.9,"property":"ms","unit":"ms","direction":"decrease")");
  EXPECT_EQ(metric.kind, storage::MetricKind::quantile);
  EXPECT_EQ(metric.quantile, 0.9);
  EXPECT_EQ(*read_stored_metric(write_metric(metric)), metric);
  EXPECT_EQ(read_metric_change(R"({"quantile":0.97504})", metric)->quantile, 0.975) << "to four decimals";
  EXPECT_EQ(read_metric_change(R"({"quantile":0.01})", metric)->quantile, 0.01);
  EXPECT_EQ(read_metric_change(R"({"quantile":null})", metric).error().pointer, "/quantile");
  EXPECT_EQ(read_metric_change(R"({"kind":"mean","quantile":null})", metric)->quantile, std::nullopt);
  expect_refused(R"("kind":"quantile")", "/quantile");
  for (const char* const wrong : {"0", "0.009", "0.991", "1", "-0.5", "\"0.9\"", "[0.9]"})
    expect_refused(R"("kind":"quantile","quantile":)" + std::string(wrong), "/quantile");
  expect_refused(R"("kind":"sum","quantile":0.9)", "/quantile");
  expect_refused(R"("kind":"quantile","quantile":0.9,"cap":5)", "/cap");
  expect_refused(R"("kind":"quantile","quantile":0.9,"window":{"length":"7d"},"covariate":{"look_back":"7d"})",
                 "/covariate");
  const auto percent = read_metric_change(R"({"quantile":90})", metric);
  ASSERT_FALSE(percent.ok());
  EXPECT_EQ(percent.error().hint, "write 0.9");
}

TEST(MetricParts, AnotherKindKeepsNothingOfTheLast) {
  const auto funnel = read(R"("kind":"funnel","then":[{"event":"b"}],"window":{"length":"7d"})");
  const auto changed = read_metric_change(R"({"kind":"proportion"})", funnel);
  ASSERT_TRUE(changed.ok());
  EXPECT_TRUE(changed->others.empty());
  EXPECT_EQ(read_metric_change(R"({"kind":"ratio"})", funnel).error().pointer, "/denominator");
}

}  // namespace
}  // namespace touchstone::codec
