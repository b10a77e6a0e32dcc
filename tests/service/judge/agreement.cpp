#include "tests/service/judge/agreement.hpp"

namespace touchstone::judge {
namespace {

using nlohmann::json;

void expect_rates(const Row& row, const json& variants) {
  for (const auto& [arm, key] : {std::pair(row.arms[0], row.control), std::pair(row.arms[1], row.variant)}) {
    EXPECT_EQ(arm.n, variants[key]["n"].get<std::uint64_t>()) << key;
    EXPECT_EQ(arm.successes, variants[key]["successes"].get<std::uint64_t>()) << key;
    expect_close(arm.mean, variants[key]["rate"], kFromCounts, key);
  }
}

void expect_proportions(const Row& row, const json& comparison) {
  expect_close(row.absolute.estimate, comparison["diff"], kFromCounts, "difference");
  expect_close(row.relative.estimate, comparison["relative_lift"], kFromCounts, "lift");
  expect_close(row.fixed.statistic, comparison["z_pooled"], kFromCounts, "z");
  expect_close(row.fixed.p, comparison["p_two_sided_pooled"], kFromTails, "p");
  expect_probability(row.posterior.chance_to_beat_control, comparison["bayes_beta11_prob_beats_control"], "chance");
  expect_probability(row.posterior.loss_choose_control, comparison["bayes_expected_loss_choose_control"], "loss");
  expect_probability(row.posterior.loss_choose_variant, comparison["bayes_expected_loss_choose_variant"], "loss");
}

void expect_values(const Row& row, const json& variants) {
  for (const auto& [arm, key] : {std::pair(row.arms[0], row.control), std::pair(row.arms[1], row.variant)}) {
    EXPECT_EQ(arm.n, variants[key]["n"].get<std::uint64_t>()) << key;
    expect_close(arm.mean, variants[key]["mean"], kFromCounts, key);
    expect_close(arm.sum, variants[key]["sum"], kFromCounts, key);
    expect_close(arm.variance, variants[key]["var_ddof1"], kFromCounts, key);
  }
}

void expect_welch(const Row& row, const json& comparison) {
  expect_close(row.absolute.estimate, comparison["diff"], kFromCounts, "difference");
  expect_close(row.relative.estimate, comparison["relative_lift"], kFromCounts, "lift");
  expect_close(row.se, comparison["se"], kFromCounts, "se");
  expect_close(row.fixed.statistic, comparison["welch_t"], kFromCounts, "t");
  expect_close(row.fixed.df, comparison["welch_df"], kFromCounts, "df");
  expect_close(row.fixed.p, comparison["p_two_sided_welch"], kFromTails, "p");
  expect_close(row.absolute.low, comparison["ci95_welch"][0], kFromTails, "low");
  expect_close(row.absolute.high, comparison["ci95_welch"][1], kFromTails, "high");
}

}  // namespace

void expect_agreement(const Row& row, const json& metric) {
  SCOPED_TRACE(row.metric + " " + row.variant);
  const json& comparison = metric["comparisons"][row.variant + " vs " + row.control];
  if (metric["type"] == "binary") {
    expect_rates(row, metric["variants"]);
    expect_proportions(row, comparison);
  } else {
    expect_values(row, metric["variants"]);
    expect_welch(row, comparison);
  }
}

}  // namespace touchstone::judge
