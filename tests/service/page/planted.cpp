#include "tests/service/page/planted.hpp"

namespace touchstone::page {
namespace {

using judge::Check;
using judge::CheckLevel;
using judge::Report;
using judge::Row;
using storage::Direction;
using storage::MetricKind;
using storage::MetricRole;

judge::Interval between(double low, double estimate, double high) { return {"ok", estimate, low, high}; }

Check check(std::string code, CheckLevel level, std::optional<double> value, std::optional<double> limit) {
  Check made;
  made.code = std::move(code);
  made.level = level;
  made.value = value;
  made.limit = limit;
  return made;
}

Row row(std::string metric, MetricRole role, double before, double after, judge::Interval relative,
        std::string conclusion) {
  Row made;
  made.metric = std::move(metric);
  made.role = role;
  made.variant = "one-page";
  made.control = "control";
  made.arms = {judge::Arm{31'400, before, 31'400 * before, before * (1 - before), 3'800},
               judge::Arm{31'388, after, 31'388 * after, after * (1 - after), 3'950}};
  const double scale = before;
  made.absolute = between(*relative.low * scale, after - before, *relative.high * scale);
  made.se = 0.0012;
  made.relative = relative;
  made.always_valid.absolute = made.absolute;
  made.always_valid.relative = relative;
  made.always_valid.p = 0.004;
  made.always_valid.p_adjusted = 0.008;
  made.fixed = {"two_proportion_z", 3.1, std::nullopt, 0.0019, -2.72, 0.0038};
  made.posterior = {"beta_binomial", 0.999, 0.999, 1e-6, 0.005, made.absolute};
  made.conclusion = std::move(conclusion);
  return made;
}

judge::PlannedMetric metric(std::string key, MetricRole role, Direction direction, std::optional<double> margin) {
  return {std::move(key), 1, MetricKind::proportion, role, direction, "", margin};
}

}  // namespace

Report a_winner() {
  Report report;
  report.experiment = "shorter-checkout";
  report.plan.method = {"always-valid", 2};
  report.plan.smallest_effect = 0.01;
  report.plan.variants = {{"control", 500'000, true}, {"one-page", 500'000, false}};
  report.plan.metrics = {metric("purchase", MetricRole::goal, Direction::increase, std::nullopt),
                         metric("reached_payment", MetricRole::secondary, Direction::increase, std::nullopt),
                         metric("satisfied", MetricRole::guardrail, Direction::increase, 0.02),
                         metric("refunds", MetricRole::guardrail, Direction::decrease, 0.05)};
  report.verdict = {"ship_with_care",
                    "one-page",
                    {{"goal_better", "purchase", "one-page", ""},
                     {"guardrail_safe", "satisfied", "one-page", ""},
                     {"guardrail_not_ruled_out", "refunds", "one-page", ""}}};
  report.checks = {check("srm", CheckLevel::ok, 0.96, 0.001),
                   check("crossover", CheckLevel::ok, 0, 0.1),
                   check("contradictions", CheckLevel::ok, 0, 0.05),
                   check("repeated_exposures", CheckLevel::ok, 0.2, std::nullopt),
                   check("gap", CheckLevel::ok, 2, 24),
                   check("range", CheckLevel::ok, 0, 0)};
  report.counts = {62'788, 78'400, 15'612, 0, 0, 0, {{"control", 31'400, 0, 31'400}, {"one-page", 31'388, 0, 31'388}}};
  report.results = {
      row("purchase", MetricRole::goal, 0.1212, 0.1262, between(0.016, 0.041, 0.067), "better"),
      row("reached_payment", MetricRole::secondary, 0.3012, 0.3051, between(-0.004, 0.013, 0.03), "not_clear"),
      row("satisfied", MetricRole::guardrail, 0.812, 0.8136, between(-0.011, 0.002, 0.015), "safe"),
      row("refunds", MetricRole::guardrail, 0.021, 0.0212, between(-0.045, 0.01, 0.068), "not_ruled_out")};
  report.ledger = {141'188, 141'188, 0, 0, 0, 0};
  report.digest = {"b2-256:0a1b", "b2-256:2c3d", "b2-256:4e5f", 141'188, "0.1.0"};
  return report;
}

Report a_broken_split() {
  auto report = a_winner();
  report.verdict = {"do_not_trust", "", {{"check_srm", "", "", ""}}};
  report.checks[0] = check("srm", CheckLevel::block, 3e-68, 0.001);
  report.checks[0].figures = {{"chi2", 305.9}, {"df", 1}};
  report.counts.variants[1] = {"one-page", 20'925, 0, 20'925};
  return report;
}

Report no_difference() {
  auto report = a_winner();
  report.experiment = "button-colour";
  report.plan.method = {"fixed-horizon", 1};
  report.plan.metrics.resize(1);
  report.verdict = {"no_difference", "", {{"goal_no_difference", "purchase", "one-page", ""}}};
  report.results = {
      row("purchase", MetricRole::goal, 0.1212, 0.1211, between(-0.0083, -0.0007, 0.0069), "no_difference")};
  report.results[0].posterior.chance_to_beat_control = 0.43;
  return report;
}

Report a_segment_split() {
  auto report = a_winner();
  report.experiment = "trial-length";
  report.plan.metrics.resize(1);
  report.plan.segments = {{"New customers", "tenure", "\"new\""}, {"Loyal customers", "tenure", "\"loyal\""}};
  report.verdict = {"segment_split",
                    "one-page",
                    {{"goal_not_clear", "purchase", "one-page", ""},
                     {"segment_better", "purchase", "one-page", "New customers"},
                     {"segment_worse", "purchase", "one-page", "Loyal customers"}}};
  report.results = {row("purchase", MetricRole::goal, 0.1212, 0.1222, between(-0.02, 0.008, 0.036), "not_clear")};
  auto better = row("purchase", MetricRole::goal, 0.1, 0.107, between(0.03, 0.07, 0.11), "better");
  better.shrunk = 0.065;
  auto worse = row("purchase", MetricRole::goal, 0.15, 0.144, between(-0.07, -0.04, -0.01), "worse");
  worse.shrunk = -0.037;
  report.segments = {{"New customers", {better}}, {"Loyal customers", {worse}}};
  return report;
}

Report named(const std::string& name) {
  auto report = a_winner();
  report.experiment = name;
  report.plan.variants[1].key = name;
  report.plan.metrics[0].key = name;
  report.plan.metrics[0].unit = name;
  report.verdict.variant = name;
  report.verdict.reasons[0].metric = report.verdict.reasons[0].variant = name;
  report.counts.variants[1].variant = name;
  report.results[0].metric = report.results[0].variant = report.results[0].control = name;
  auto outlier = check("outlier", CheckLevel::warn, 0.84, 0.25);
  outlier.metric = name;
  outlier.units = {{name, name, 49'854}};
  report.checks.push_back(outlier);
  return report;
}

Report nothing_yet() {
  Report report;
  report.experiment = "empty";
  report.verdict = {"no_data", "", {{"no_exposures", "", "", ""}}};
  return report;
}

}  // namespace touchstone::page
