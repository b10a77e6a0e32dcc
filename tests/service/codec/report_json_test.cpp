#include "service/codec/report_json.hpp"

#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "service/codec/canonical_json.hpp"
#include "service/codec/digest.hpp"
#include "service/codec/problem_json.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::codec {
namespace {

judge::Report report() {
  judge::Report made;
  made.experiment = "checkout";
  made.until = *parse_time("2026-11-21T14:05:00Z");
  made.config_version = 4294967310;
  made.plan.frozen_at = *parse_time("2026-11-01T00:00:00Z");
  made.plan.variants = {{"control", 500'000, true}, {"one-page", 500'000, false}};
  made.plan.metrics.resize(1);
  made.plan.metrics[0].key = "purchase";
  made.verdict = {"ship", "one-page", {{"goal_better", "purchase", "one-page", ""}}};
  made.checks.resize(1);
  made.checks[0].code = "srm";
  made.checks[0].value = 0.41;
  made.checks[0].limit = 0.001;
  made.counts.units = 62'788;
  judge::Row row;
  row.metric = "purchase";
  row.variant = "one-page";
  row.control = "control";
  row.arms[0] = {31'400, 0.12, 3'768, 0.1056, 3'768};
  row.arms[1] = {31'388, 0.125, 3'923.5, 0.109375, 3'923};
  row.absolute = {"ok", 0.005, 0.001, 0.009};
  row.fixed.test = "two_proportion_z";
  row.fixed.p = 0.0551;
  made.results = {row};
  made.ledger.sent = 100;
  made.digest.program = "1.0.0";
  return made;
}

// The outline of the report in the data model, written out by hand.
TEST(ReportJson, WritesTheDocumentOfTheDataModel) {
  const std::string interval = R"({"estimate":null,"low":null,"high":null,"status":"no_data"})";
  EXPECT_EQ(
      write_report(report()),
      R"({"format":1,"experiment":"checkout","as_of":null,"until":"2026-11-21T14:05:00Z","data_until":null,"config_version":4294967310,)"
      R"("plan":{"frozen_at":"2026-11-01T00:00:00Z","alpha":0.05,"method":{"id":"always-valid","version":2},"horizon":{},)"
      R"("crossover":"exclude","variants":[{"key":"control","weight":500000,"control":true},)"
      R"({"key":"one-page","weight":500000,"control":false}],"metrics":[{"metric":"purchase","version":1,"kind":"proportion",)"
      R"("role":"goal","direction":"increase","unit":""}]},"verdict":{"code":"ship","variant":"one-page","reasons":[)"
      R"({"code":"goal_better","metric":"purchase","variant":"one-page"}]},"checks":[{"code":"srm","level":"ok","value":0.41,)"
      R"("limit":0.001,"status":"ok","figures":{},"units":[]}],"results":[{"metric":"purchase","version":1,"kind":"proportion",)"
      R"("role":"goal","variant":"one-page","control":"control","n":[31400,31388],"mean":[0.12,0.125],"sum":[3768,3923.5],)"
      R"("variance":[0.1056,0.109375],"successes":[3768,3923],)"
      R"("absolute":{"estimate":0.005,"low":0.001,"high":0.009,"status":"ok"},"se":null,"relative":)" +
          interval + R"(,"always_valid":{"absolute":)" + interval + R"(,"relative":)" + interval +
          R"(,"p":null,"p_adjusted":null},)" +
          R"("fixed":{"test":"two_proportion_z","statistic":null,"df":null,"p":0.0551,"log10_p":null,"p_adjusted":null},)" +
          R"("posterior":{"model":"","chance_to_beat_control":null,"chance_best":null,"loss_choose_variant":null,)" +
          R"("loss_choose_control":null,"credible":)" + interval +
          R"(},"status":"ok","conclusion":"unknown"}],"segments":[],"series":[],"trust":[],)" +
          R"("counts":{"units":62788,"exposures":0,"repeated_exposures":0,"crossover_units":0,"contradictions":0,)" +
          R"("unattributed":0,"variants":[]},"remaining":null,"ledger":{"sent":100,"stored":0,"duplicate":0,"quarantined":0,"refused":0,)" +
          R"("unattributed":0},"digest":{"results":")" + results_digest(report()) +
          R"(","configuration":"","events":"","last_seq":0,"program":"1.0.0"}})");
}

TEST(ReportJson, SaysHowAndUpToWhichEntryAMetricWasWatched) {
  auto watched = report();
  watched.results[0].always_valid.method = "two_keys";
  watched.results[0].always_valid.until = *parse_time("2026-11-20T00:00:00Z");
  watched.results[0].always_valid.decided_at = *parse_time("2026-11-12T06:00:00Z");
  watched.results[0].always_valid.immature_units = 120;
  EXPECT_NE(write_report(watched).find(R"("p_adjusted":null,"method":"two_keys","until":"2026-11-20T00:00:00Z",)"
                                       R"("decided_at":"2026-11-12T06:00:00Z","immature_units":120},"fixed")"),
            std::string::npos);
}

TEST(ReportJson, DoubtsSayWhereTheyPoint) {
  auto doubtful = report();
  doubtful.trust.resize(1);
  doubtful.trust[0].code = "slice_split";
  doubtful.trust[0].level = judge::CheckLevel::warn;
  doubtful.trust[0].attribute = "country";
  doubtful.trust[0].slice = R"("DE")";
  doubtful.trust[0].variant = "one-page";
  EXPECT_NE(write_report(doubtful).find(
                R"("trust":[{"code":"slice_split","level":"warn","variant":"one-page","attribute":"country",)"
                R"("slice":"\"DE\"","value":null,)"),
            std::string::npos);
}

TEST(ReportJson, DigestCoversFindingsAndNothingElse) {
  const std::string before = results_digest(report());
  auto same = report();
  same.as_of = *parse_time("2030-01-01T00:00:00Z");
  same.plan.frozen_at.reset();
  same.ledger.sent = 7;
  same.digest.events = "x";
  same.config_version = 1;
  same.trust = same.checks;
  EXPECT_EQ(results_digest(same), before);

  auto other = report();
  other.results[0].absolute.low = std::nextafter(0.001, 1.0);
  EXPECT_NE(results_digest(other), before);
  other = report();
  other.plan.alpha = 0.01;
  EXPECT_NE(results_digest(other), before);
  other = report();
  other.checks[0].level = judge::CheckLevel::block;
  EXPECT_NE(results_digest(other), before);
  other = report();
  other.series.resize(1);
  EXPECT_NE(results_digest(other), before);
}

// Anybody can recompute the digest from the document alone: drop frozen_at, take the covered members, canonicalise.
TEST(ReportJson, DigestCanBeRecomputedFromTheDocument) {
  auto unfrozen = report();
  unfrozen.plan.frozen_at.reset();
  JsonDocument document;
  const std::string text = write_report(unfrozen);
  ASSERT_TRUE(document.read(text).ok());
  std::string covered;
  for (const char* member : {"checks", "plan", "results", "segments", "series", "verdict"}) {
    covered.append(covered.empty() ? "{\"" : ",\"").append(member).append("\":");
    ASSERT_TRUE(append_canonical(covered, *document.root().find(member)).ok());
  }
  covered += "}";
  const auto nulled = covered.find("\"frozen_at\":null,");
  ASSERT_NE(nulled, std::string::npos);
  covered.erase(nulled, std::string_view("\"frozen_at\":null,").size());
  EXPECT_EQ(digest_of(covered), results_digest(unfrozen));
}

TEST(ProblemJson, FollowsTheStandardMembers) {
  const Error error{ErrorCode::invalid, "must be a key", "/variants/0/key", "letters and digits"};
  EXPECT_EQ(
      write_problem(error, 422, "r-1"),
      R"({"type":"/problems/invalid","title":"The request breaks a rule","status":422,"detail":"must be a key",)"
      R"("errors":[{"pointer":"/variants/0/key","detail":"must be a key","hint":"letters and digits"}],"request_id":"r-1"})");
  EXPECT_EQ(
      write_problem(Error{ErrorCode::not_found, "no experiment x", "", ""}, 404, ""),
      R"({"type":"/problems/not-found","title":"There is no such thing here","status":404,"detail":"no experiment x"})");
}

TEST(ProblemJson, WordsAreDistinct) {
  std::set<std::string_view> words;
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code)
    words.insert(problem_word(static_cast<ErrorCode>(code)));
  EXPECT_EQ(words.size(), static_cast<std::size_t>(ErrorCode::internal) + 1);
}

}  // namespace
}  // namespace touchstone::codec
