// The report for people, against golden/*.txt. The figures of the reports come from the data sets' expected.json.

#include "service/cli/report_text.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "stats/wording.hpp"

namespace touchstone::cli {
namespace {

using judge::Check;
using judge::CheckLevel;
using judge::Report;
using judge::Row;
using storage::MetricKind;
using storage::MetricRole;

/// Compares with golden/NAME.txt; TOUCHSTONE_GOLDEN=write makes the file anew, for a person to read the difference.
void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(TOUCHSTONE_SOURCE_DIR) + "/tests/service/cli/golden/" + name + ".txt";
  const char* wish = std::getenv("TOUCHSTONE_GOLDEN");  // NOLINT(concurrency-mt-unsafe)
  if (wish != nullptr && std::string_view(wish) == "write") std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(text, expected.str());
}

judge::Interval between(double low, double estimate, double high) { return {"ok", estimate, low, high}; }

Check check(std::string code, CheckLevel level, std::optional<double> value, std::optional<double> limit) {
  Check made;
  made.code = std::move(code);
  made.level = level;
  made.value = value;
  made.limit = limit;
  return made;
}

/// landing-page, view F.
Row landing_row() {
  Row row;
  row.metric = "converted";
  row.variant = "treatment";
  row.control = "control";
  row.arms = {judge::Arm{144300, 0.12105336105336105, 17468, 0.10640018, 17468},
              judge::Arm{144389, 0.11959359785025175, 17268, 0.10529168, 17268}};
  row.absolute = between(-0.0038333163, -0.0014597632, 0.0009137899);
  row.se = 0.0012110187;
  row.relative = between(-0.0313970, -0.0120588, 0.0076694);
  row.always_valid.absolute = between(-0.0058, -0.0014597632, 0.0029);
  row.always_valid.relative = between(-0.0472, -0.0120588, 0.0243);
  row.always_valid.p = 1;
  row.fixed = {"two_proportion_z", -1.2053999609512824, std::nullopt, 0.2280489365649152, -0.642, 0.2280489365649152};
  row.posterior.model = "beta_binomial";
  row.posterior.chance_to_beat_control = 0.11402705264778823;
  row.posterior.chance_best = 0.11402705264778823;
  row.posterior.loss_choose_variant = 0.0015269408378501285;
  row.posterior.loss_choose_control = 6.71946170083702e-05;
  row.posterior.credible = between(-0.0038333, -0.0014597, 0.0009138);
  row.conclusion = "not_clear";
  return row;
}

Report landing() {
  Report report;
  report.experiment = "landing_page";
  report.plan.method = {"fixed-horizon", 1};
  report.plan.variants = {{"control", 500'000, true}, {"treatment", 500'000, false}};
  report.plan.metrics = {
      {"converted", 1, MetricKind::proportion, MetricRole::goal, storage::Direction::increase, "", std::nullopt}};
  report.verdict = {"inconclusive", "", {{"goal_not_clear", "converted", "treatment", ""}}};
  report.counts = {
      290584, 294478, 3894, 1895, 3893, 0, {{"control", 145294, 994, 144300}, {"treatment", 145290, 901, 144389}}};
  report.checks = {check("srm", CheckLevel::ok, 0.8684373649715974, 0.001),
                   check("crossover", CheckLevel::warn, 1895.0 / 290584, 0.1),
                   check("contradictions", CheckLevel::warn, 3893.0 / 294478, 0.05),
                   check("repeated_exposures", CheckLevel::ok, 3894.0 / 294478, std::nullopt),
                   check("gap", CheckLevel::ok, 1, 24)};
  report.results = {landing_row()};
  report.ledger = {329715, 329715, 0, 0, 0, 0};
  report.digest.results = "b2-256:00";
  return report;
}

/// cookie-cats: a proportion that is worse, a mean with an outlier, a guardrail.
Report cookies() {
  Report report;
  report.experiment = "cookie_cats";
  report.plan.method = {"fixed-horizon", 1};
  report.plan.variants = {{"gate_30", 500'000, true}, {"gate_40", 500'000, false}};
  report.plan.metrics = {
      {"retention_7", 1, MetricKind::proportion, MetricRole::goal, storage::Direction::increase, "", std::nullopt},
      {"rounds", 1, MetricKind::sum, MetricRole::secondary, storage::Direction::increase, "rounds", std::nullopt},
      {"retention_1", 1, MetricKind::proportion, MetricRole::guardrail, storage::Direction::increase, "", 0.02}};
  report.verdict = {
      "roll_back",
      "gate_40",
      {{"goal_worse", "retention_7", "gate_40", ""}, {"guardrail_not_ruled_out", "retention_1", "gate_40", ""}}};
  report.counts = {90189, 90189, 0, 0, 0, 0, {{"gate_30", 44700, 0, 44700}, {"gate_40", 45489, 0, 45489}}};
  auto outlier = check("outlier", CheckLevel::warn, 0.8417, 0.25);
  outlier.metric = "rounds";
  outlier.units = {{"6390605", "gate_30", 49854}};
  report.checks = {check("srm", CheckLevel::ok, 0.008607987810836262, 0.001),
                   check("crossover", CheckLevel::ok, 0, 0.1),
                   check("repeated_exposures", CheckLevel::ok, 0, std::nullopt),
                   check("gap", CheckLevel::ok, 0, 24),
                   check("range", CheckLevel::ok, 0, 0),
                   outlier};
  Row seven = landing_row();
  seven.metric = "retention_7";
  seven.variant = "gate_40";
  seven.control = "gate_30";
  seven.arms = {judge::Arm{44700, 0.19020134228187918, 8502, 0.154028, 8502},
                judge::Arm{45489, 0.18200004396667327, 8279, 0.148879, 8279}};
  seven.absolute = between(-0.013281552418885545, -0.008201298315205913, -0.003121044);
  seven.se = 0.0025920140082940444;
  seven.relative = between(-0.0688, -0.043119034896460164, -0.0166);
  seven.always_valid.absolute = between(-0.0181, -0.0082013, 0.0017);
  seven.always_valid.relative = between(-0.0944, -0.043119, 0.0097);
  seven.always_valid.p = 0.31;
  seven.fixed = {"two_proportion_z",  -3.164358912748191, std::nullopt, 0.001554249975614329, -2.8085,
                 0.001554249975614329};
  seven.posterior.chance_to_beat_control = seven.posterior.chance_best = 0.000777338664576196;
  seven.posterior.loss_choose_variant = 0.008201725960210625;
  seven.posterior.loss_choose_control = 5.478131606407941e-07;
  seven.posterior.credible = between(-0.01328, -0.0082, -0.00312);
  Row rounds = seven;
  rounds.metric = "rounds";
  rounds.kind = MetricKind::sum;
  rounds.role = MetricRole::secondary;
  rounds.arms = {judge::Arm{44700, 52.45626398210291, 2344795, 65903.32189749402, std::nullopt},
                 judge::Arm{45489, 51.29877552814966, 2333530, 10669.736421513298, std::nullopt}};
  rounds.absolute = between(-3.7197051, -1.157488453953249, 1.4047282);
  rounds.se = 1.307250417305477;
  rounds.relative = between(-0.0695, -0.022065781397397313, 0.0287);
  rounds.always_valid.absolute = between(-6.1, -1.157488453953249, 3.8);
  rounds.always_valid.relative = {"ok", -0.0220657, std::nullopt, 0.081};
  rounds.always_valid.p = 1;
  rounds.fixed = {"welch_t", -0.8854374331270672, 58595.481422574, 0.37592438409326223, -0.4249, 0.37592438409326223};
  rounds.posterior.model = "normal";
  rounds.posterior.chance_to_beat_control = rounds.posterior.chance_best = 0.188;
  rounds.posterior.loss_choose_variant = 1.2912;
  rounds.posterior.loss_choose_control = 0.1337;
  rounds.posterior.credible = between(-3.7197, -1.1575, 1.4047);
  Row one = seven;
  one.metric = "retention_1";
  one.role = MetricRole::guardrail;
  one.arms = {judge::Arm{44700, 0.4481879194630872, 20034, 0.247321, 20034},
              judge::Arm{45489, 0.44228274967574577, 20119, 0.246674, 20119}};
  one.absolute = between(-0.012392439449445217, -0.005905169787341458, 0.00058209987);
  one.se = 0.003309892280304391;
  one.relative = between(-0.0274, -0.01317565585974659, 0.0013);
  one.always_valid.absolute = between(-0.018, -0.0059, 0.0064);
  one.always_valid.relative = between(-0.041, -0.0131756, 0.0143);
  one.fixed = {"two_proportion_z", -1.7840862247974725, std::nullopt, 0.07440965529691913, -1.1284, std::nullopt};
  one.posterior.chance_to_beat_control = one.posterior.chance_best = 0.037206025175380276;
  one.posterior.loss_choose_variant = 0.005954127553238535;
  one.posterior.loss_choose_control = 4.9177179641566705e-05;
  seven.conclusion = "worse";
  rounds.conclusion = "not_clear";
  one.conclusion = "not_ruled_out";
  report.results = {seven, rounds, one};
  report.ledger = {213113, 213113, 0, 0, 0, 0};
  report.digest.results = "b2-256:01";
  return report;
}

Report broken_split() {
  auto report = landing();
  report.counts.variants = {{"control", 150000, 0, 150000}, {"treatment", 140584, 0, 140584}};
  report.checks = {check("srm", CheckLevel::block, 3e-68, 0.001)};
  report.verdict = {"do_not_trust", "", {{"check_srm", "", "", ""}}};
  return report;
}

Report nobody() {
  Report report;
  report.experiment = "empty";
  report.verdict = {"no_data", "", {{"no_exposures", "", "", ""}}};
  return report;
}

ReportStyle style(int width = 80) {
  return {width, false, "touchstone analyze events.ndjson.gz --metric converted:proportion", {}};
}

TEST(ReportText, LandingPage) { expect_golden("landing_page", report_text(landing(), style())); }

TEST(ReportText, CookieCats) { expect_golden("cookie_cats", report_text(cookies(), style(100))); }

TEST(ReportText, NarrowTerminalsGetNoDrawing) {
  const auto text = report_text(cookies(), style(48));
  expect_golden("cookie_cats_narrow", text);
  EXPECT_EQ(text.find("━━"), std::string::npos);
}

TEST(ReportText, BrokenSplitForbidsTheResult) { expect_golden("broken_split", report_text(broken_split(), style())); }

TEST(ReportText, NothingYet) { expect_golden("no_data", report_text(nobody(), style())); }

TEST(ReportText, RemarksStandWithTheChecks) {
  auto with = style();
  with.remarks = {"No --split was given; equal shares are taken as planned."};
  EXPECT_NE(report_text(landing(), with).find("  · No --split was given"), std::string::npos);
}

std::string without_colour(std::string text) {
  for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b', at))
    text.erase(at, text.find('m', at) - at + 1);
  return text;
}

TEST(ReportText, ColourOnlyAddsAttributes) {
  auto coloured = style();
  coloured.colour = true;
  const auto text = report_text(landing(), coloured);
  EXPECT_NE(text.find("\x1b[1m"), std::string::npos);
  EXPECT_EQ(without_colour(text), report_text(landing(), style()));
}

TEST(ReportText, ManagersAreSparedTheJargon) {
  for (const auto& report : {landing(), cookies(), broken_split(), nobody()}) {
    auto text = report_text(report, style(100));
    text.erase(text.find("Details for analysts"));
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const auto word : stats::forbidden_words())
      EXPECT_EQ(text.find(word), std::string::npos) << "\"" << word << "\" in the report on " << report.experiment;
    EXPECT_EQ(text.find('{'), std::string::npos) << "a field of the wording was not filled: " << text;
  }
}

}  // namespace
}  // namespace touchstone::cli
