#include "tests/e2e/expected.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace touchstone::e2e {

using nlohmann::json;

void expect_close(const json& computed, const json& given, double tolerance, const std::string& what) {
  ASSERT_TRUE(computed.is_number()) << what << " is " << computed;
  const double value = given.get<double>();
  EXPECT_NEAR(computed.get<double>(), value, tolerance * std::abs(value) + 1e-300) << what;
}

json row_of(const json& report, const std::string& metric, const std::string& variant) {
  for (const auto& row : report["results"])
    if (row["metric"] == metric && row["variant"] == variant) return row;
  ADD_FAILURE() << "no row for " << metric << ", " << variant;
  return {};
}

json check_of(const json& report, const std::string& code, const std::string& metric) {
  for (const auto& check : report["checks"])
    if (check["code"] == code && (metric.empty() || check.value("metric", "") == metric)) return check;
  ADD_FAILURE() << "no check " << code;
  return {};
}

namespace {

constexpr double z95 = 1.959963984540054;

/// A probability or an expected loss, where the yardstick's own quadrature error is absolute.
void expect_near(const json& computed, const json& given, const std::string& what) {
  ASSERT_TRUE(computed.is_number()) << what << " is " << computed;
  EXPECT_NEAR(computed.get<double>(), given.get<double>(), from_tails) << what;
}

/// Variants of the data as the report names them: "No E-Mail" is the key No-E-Mail.
std::string key_of(std::string name) {
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

/// What follows from the estimate and its standard error alone: Wald's interval and the unpooled z.
void expect_wald(const json& row, const json& comparison) {
  const double estimate = row["absolute"]["estimate"];
  const double se = row["se"];
  const double z = estimate / se;
  expect_close(row["se"], comparison["se_unpooled"], from_counts, "se");
  expect_close(estimate - z95 * se, comparison["ci95_wald_unpooled"][0], from_counts, "Wald low");
  expect_close(estimate + z95 * se, comparison["ci95_wald_unpooled"][1], from_counts, "Wald high");
  expect_close(z, comparison["z_unpooled"], from_counts, "unpooled z");
  expect_close(std::erfc(std::abs(z) / std::sqrt(2.0)), comparison["p_two_sided_unpooled"], from_tails, "unpooled p");
}

void expect_binary(const json& row, const json& arms, const json& comparison) {
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(row["n"][i], arms[i]["n"]);
    EXPECT_EQ(row["successes"][i], arms[i]["successes"]);
    expect_close(row["mean"][i], arms[i]["rate"], from_counts, "rate");
  }
  expect_close(row["absolute"]["estimate"], comparison["diff"], from_counts, "difference");
  expect_close(row["relative"]["estimate"], comparison["relative_lift"], from_counts, "lift");
  expect_close(row["fixed"]["statistic"], comparison["z_pooled"], from_counts, "z");
  expect_close(row["fixed"]["p"], comparison["p_two_sided_pooled"], from_tails, "p");
  const auto& posterior = row["posterior"];
  expect_near(posterior["chance_to_beat_control"], comparison["bayes_beta11_prob_beats_control"], "chance");
  expect_near(posterior["loss_choose_control"], comparison["bayes_expected_loss_choose_control"], "loss of control");
  expect_near(posterior["loss_choose_variant"], comparison["bayes_expected_loss_choose_variant"], "loss of variant");
  expect_wald(row, comparison);
}

void expect_continuous(const json& row, const json& arms, const json& comparison) {
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(row["n"][i], arms[i]["n"]);
    expect_close(row["mean"][i], arms[i]["mean"], from_counts, "mean");
    expect_close(row["sum"][i], arms[i]["sum"], from_counts, "sum");
    expect_close(row["variance"][i], arms[i]["var_ddof1"], from_counts, "variance");
    const double n = row["n"][i];
    const double sum = row["sum"][i];
    const double squares = row["variance"][i].get<double>() * (n - 1) + sum * sum / n;
    expect_close(squares, arms[i]["sumsq"], from_counts, "sum of squares");
  }
  expect_close(row["absolute"]["estimate"], comparison["diff"], from_counts, "difference");
  expect_close(row["relative"]["estimate"], comparison["relative_lift"], from_counts, "lift");
  expect_close(row["se"], comparison["se"], from_counts, "se");
  expect_close(row["fixed"]["statistic"], comparison["welch_t"], from_counts, "t");
  expect_close(row["fixed"]["df"], comparison["welch_df"], from_counts, "df");
  expect_close(row["fixed"]["p"], comparison["p_two_sided_welch"], from_tails, "p");
  expect_close(row["absolute"]["low"], comparison["ci95_welch"][0], from_tails, "low");
  expect_close(row["absolute"]["high"], comparison["ci95_welch"][1], from_tails, "high");
}

}  // namespace

void expect_metric(const json& report, const std::string& metric, const json& expected) {
  const std::string control = expected["control"];
  for (const auto& [name, comparison] : expected["comparisons"].items()) {
    SCOPED_TRACE(testing::Message() << metric << ": " << name);
    const auto variant = name.substr(0, name.find(" vs "));
    const auto row = row_of(report, metric, key_of(variant));
    if (row.is_null()) continue;
    EXPECT_EQ(row["control"], key_of(control));
    const json arms = {expected["variants"][control], expected["variants"][variant]};
    if (expected["type"] == "binary")
      expect_binary(row, arms, comparison);
    else
      expect_continuous(row, arms, comparison);
  }
}

}  // namespace touchstone::e2e
