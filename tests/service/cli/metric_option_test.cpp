#include "service/cli/metric_option.hpp"

#include <gtest/gtest.h>

namespace touchstone::cli {
namespace {

using storage::MetricKind;
using storage::MetricRole;

AnalyzeOptions asking(std::vector<std::string> metrics) {
  AnalyzeOptions options;
  options.metrics = std::move(metrics);
  return options;
}

std::string refusal(const AnalyzeOptions& options) {
  const auto read = asked_metrics(options);
  return read ? "accepted" : read.error().message + " | " + read.error().hint;
}

TEST(MetricOption, FirstIsTheGoalAndOthersAreSecondary) {
  const auto metrics = asked_metrics(asking({"visit:proportion", "spend:mean"}));
  ASSERT_TRUE(metrics);
  ASSERT_EQ(metrics->size(), 2U);
  EXPECT_EQ(metrics->at(0).key, "visit");
  EXPECT_EQ(metrics->at(0).event, "visit");
  EXPECT_EQ(metrics->at(0).role, MetricRole::goal);
  EXPECT_EQ(metrics->at(1).kind, MetricKind::mean);
  EXPECT_EQ(metrics->at(1).role, MetricRole::secondary);
}

TEST(MetricOption, AGivenGoalLeavesTheFirstSecondary) {
  const auto metrics = asked_metrics(asking({"visit:proportion", "spend:sum:goal"}));
  ASSERT_TRUE(metrics);
  EXPECT_EQ(metrics->at(0).role, MetricRole::secondary);
  EXPECT_EQ(metrics->at(1).role, MetricRole::goal);
}

TEST(MetricOption, TheGoalIsTheFirstWithoutARole) {
  const auto metrics = asked_metrics(asking({"refund:count:guardrail", "visit:proportion"}));
  ASSERT_TRUE(metrics);
  EXPECT_EQ(metrics->at(1).role, MetricRole::goal);
  EXPECT_EQ(refusal(asking({"refund:count:guardrail"})), "--metric: none of them is the goal | end one with :goal");
}

TEST(MetricOption, KeysComeFromTheEventOrAreGiven) {
  const auto metrics = asked_metrics(asking({"orders=purchase:count", "Pages seen:sum", "a:b:mean"}));
  ASSERT_TRUE(metrics);
  EXPECT_EQ(metrics->at(0).key, "orders");
  EXPECT_EQ(metrics->at(0).event, "purchase");
  EXPECT_EQ(metrics->at(1).key, "Pages-seen");
  EXPECT_EQ(metrics->at(1).event, "Pages seen");
  EXPECT_EQ(metrics->at(2).event, "a:b");
  EXPECT_EQ(refusal(asking({"visit:proportion", "visit:count"})),
            "--metric: two metrics have the key visit | give one of them another: KEY=EVENT:KIND");
}

TEST(MetricOption, APercentileIsAQuantile) {
  const auto metrics = asked_metrics(asking({"slow=page_load:p90", "page_load:p97.5:guardrail"}));
  ASSERT_TRUE(metrics);
  EXPECT_EQ(metrics->at(0).kind, MetricKind::quantile);
  EXPECT_EQ(metrics->at(0).event, "page_load");
  EXPECT_EQ(metrics->at(0).more, R"("quantile":0.9)");
  EXPECT_EQ(metrics->at(1).more, R"("quantile":0.975)");
  EXPECT_EQ(metrics->at(1).role, MetricRole::guardrail);
  EXPECT_TRUE(refusal(asking({"visit:pn"})).starts_with("--metric \"visit:pn\": there is no kind \"pn\" | known here"));
}

TEST(MetricOption, MisspelledWordsAreGuessed) {
  EXPECT_EQ(refusal(asking({"visit:propotion"})),
            "--metric \"visit:propotion\": there is no kind \"propotion\" | did you mean \"proportion\"?");
  EXPECT_EQ(refusal(asking({"visit"})), "--metric \"visit\": no kind is given | write it like converted:proportion");
  auto options = asking({"retention:proportion"});
  options.windows = {"retentoin=7d"};
  EXPECT_EQ(refusal(options),
            "--window \"retentoin=7d\": there is no metric \"retentoin\" | did you mean \"retention\"?");
}

TEST(MetricOption, MarginDirectionAndWindowReachTheirMetric) {
  auto options = asking({"visit:proportion", "refund:count:guardrail"});
  options.margins = {"refund=0.05"};
  options.directions = {"refund=decrease"};
  options.windows = {"visit=1d+6d", "refund=14d"};
  const auto metrics = asked_metrics(options);
  ASSERT_TRUE(metrics);
  EXPECT_EQ(metrics->at(1).margin, 0.05);
  EXPECT_EQ(metrics->at(1).direction, storage::Direction::decrease);
  EXPECT_EQ(metrics->at(0).window.delay, std::chrono::hours{24});
  EXPECT_EQ(metrics->at(0).window.length, std::chrono::hours{144});
  EXPECT_EQ(metrics->at(1).window.delay, std::chrono::hours{0});
  EXPECT_EQ(metrics->at(1).window.length, std::chrono::hours{336});
}

TEST(MetricOption, ScoresHaveNamesAndAnythingElseIsDefined) {
  auto options = asking({"would-recommend=answer:nps", "d7=visit:retention:guardrail"});
  options.definitions = {R"(would-recommend={"filter": [["survey", "is", "n=p=s"]]})", R"(d7={"name": "Day 7"})"};
  const auto metrics = asked_metrics(options);
  ASSERT_TRUE(metrics);
  EXPECT_EQ(metrics->at(0).kind, MetricKind::score);
  EXPECT_EQ(metrics->at(0).more, R"("score":{"as":"nps"},"filter":[["survey", "is", "n=p=s"]])");
  EXPECT_EQ(metrics->at(1).kind, MetricKind::retention);
  EXPECT_EQ(metrics->at(1).more, R"("name":"Day 7")");
  options.definitions = {"d7=7"};
  EXPECT_EQ(refusal(options), R"(--define "d7=7": is no JSON object | write it like nps={"property":"score"})");
}

TEST(MetricOption, AMarginNeedsAGuardrailAndAShare) {
  auto options = asking({"visit:proportion", "refund:count:guardrail"});
  options.margins = {"visit=0.05"};
  EXPECT_EQ(refusal(options),
            "--margin \"visit=0.05\": only a guardrail has a margin | end its --metric with :guardrail");
  options.margins = {"refund=5%"};
  EXPECT_EQ(refusal(options), "--margin \"refund=5%\": the margin is not a share above 0 | 0.02 allows a harm of 2 %");
  options.margins = {"refund"};
  EXPECT_EQ(refusal(options), "--margin \"refund\": has no value | write it METRIC=VALUE");
}

}  // namespace
}  // namespace touchstone::cli
