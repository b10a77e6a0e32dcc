// `touchstone ingest`: files of real experiments give the figures of their expected.json through the service, and no
// row counts twice, whatever happens in between.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <zlib.h>

#include "tests/e2e/expected.hpp"
#include "tests/e2e/judged.hpp"

namespace touchstone::e2e {
namespace {

using nlohmann::json;

class Ingest : public testing::Test {
 protected:
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }

  /// Row by row: what this process held when it started another counts as the other's peak.
  std::string write_visits(const std::string& name, int rows, const std::string& filler = "x") {
    std::ofstream out(path(name), std::ios::binary);
    out << "user,time,event,page\n";
    for (int i = 0; i < rows; ++i) out << 'u' << i % 1000 << ",2026-01-02T00:00:00Z,visit," << filler << i << '\n';
    return path(name);
  }

  static std::string text_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  /// The command against the service, with its key from the environment.
  Outcome ingest(std::vector<std::string> words, Service& to) {
    words.insert(words.begin(), {program(), "ingest"});
    words.insert(words.end(), {"--to", "http://127.0.0.1:" + std::to_string(to.port())});
    return run(words, {"TOUCHSTONE_KEY=" + to.key()});
  }
  Outcome ingest(std::vector<std::string> words) { return ingest(std::move(words), service()); }

  /// What the command says of one file that it must bring wholly.
  json brought(std::vector<std::string> words) {
    words.insert(words.end(), {"--yes", "--json"});
    const auto outcome = ingest(std::move(words));
    EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
    return json::parse(outcome.out);
  }

  Service& service() {
    if (!service_) service_.emplace(folder_.path() / "data");
    return *service_;
  }

  /// One value of the stored events.
  std::string asked(const std::string& select) {
    const auto outcome =
        run({program(), "sql", "--format", "csv", "--data", (folder_.path() / "data").string(), select});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    std::istringstream lines(outcome.out);
    std::string line;
    std::getline(lines, line);
    std::getline(lines, line);
    return line;
  }

  json report(const std::string& experiment) {
    return json::parse(service().must_get("/v1/experiments/" + experiment + "/report").body);
  }

  /// A metric and a running experiment of assignments made elsewhere.
  void start(const std::string& experiment, const std::vector<std::string>& variants, const std::string& metric,
             const std::string& at) {
    service().must_post("/v1/metrics", metric);
    json arms = json::array();
    for (const auto& variant : variants) arms.push_back({{"key", variant}});
    arms[0]["control"] = true;
    const json plan = {{"metrics", {{{"metric", json::parse(metric)["key"]}}}}};
    service().must_post(
        "/v1/experiments",
        json({{"key", experiment}, {"scheme", "external"}, {"exposure", "client"}, {"variants", arms}, {"plan", plan}})
            .dump());
    service().must_post("/v1/experiments/" + experiment + ":start", json({{"at", at}}).dump());
  }
  void start_checkout() {
    start("checkout", {"control", "b"}, R"({"key":"bought","kind":"proportion","event":"bought"})",
          "2026-01-01T00:00:00Z");
  }

  TemporaryDirectory folder_;
  std::optional<Service> service_;
};

/// With the shared data: what `touchstone analyze` says of the file, agreed on with the service.
class IngestReal : public Ingest {
 protected:
  void SetUp() override {
    if (shared_data().empty()) GTEST_SKIP() << "no shared data: set TOUCHSTONE_SHARED";
  }

  static std::string data(const std::string& file) { return (shared_data() / "data" / file).string(); }
  static json expected(const std::string& set) { return json::parse(std::ifstream(data(set + "/expected.json"))); }

  Judged agreed_as(const std::vector<std::string>& arguments) {
    auto judged = judge_file(arguments);
    agree(service(), judged);
    return judged;
  }

  /// A repetition sends the last batch again and stores nothing.
  void repeats_nothing(std::vector<std::string> words, const Judged& judged) {
    const auto again = brought(std::move(words));
    EXPECT_EQ(again["stored"], 0) << again;
    EXPECT_EQ(again["before"], again["rows"]) << again;
    EXPECT_EQ(digest_of(service(), judged.experiment), judged.digest);
  }
};

TEST_F(IngestReal, LandingPageFromItsTable) {
  const auto judged =
      agreed_as({data("landing-page/events.ndjson.gz"), "--metric", "converted:proportion", "--control", "control",
                 "--split", "control=50,treatment=50", "--expect", "landing_page=control:old_page,treatment:new_page"});
  const std::vector<std::string> words{data("landing-page/ab_data.csv.gz"), "--set", "experiment=landing_page"};
  const auto given = expected("landing-page");
  auto copied = words;
  copied[0] = path("ab_data.csv.gz");
  std::filesystem::copy(words[0], copied[0]);
  const auto told = brought(copied);
  EXPECT_EQ(told["rows"], given["rows"]);
  EXPECT_EQ(told["stored"], given["events_file"]["lines"]);
  EXPECT_EQ(digest_of(service(), judged.experiment), judged.digest) << "as from the event log";
  expect_metric(report("landing_page"), "converted",
                given["views"]["F_exclude_users_seen_in_both_groups"]["converted"]);
  repeats_nothing(copied, judged);
}

TEST_F(IngestReal, LandingPageFromItsLog) {
  const auto judged =
      agreed_as({data("landing-page/events.ndjson.gz"), "--metric", "converted:proportion", "--control", "control",
                 "--split", "control=50,treatment=50", "--expect", "landing_page=control:old_page,treatment:new_page"});
  const auto log = path("events.ndjson.gz");
  std::filesystem::copy(data("landing-page/events.ndjson.gz"), log);
  EXPECT_EQ(brought({log})["stored"], expected("landing-page")["events_file"]["lines"]);
  EXPECT_EQ(digest_of(service(), judged.experiment), judged.digest);
  repeats_nothing({log}, judged);
}

TEST_F(IngestReal, HillstromHasNoIdsAndEqualRowsAreDifferentCustomers) {
  const auto given = expected("hillstrom-email");
  const auto judged = agreed_as({data("hillstrom-email/hillstrom.csv.gz"), "--experiment", "email_campaign",
                                 "--variant", "segment", "--control", "No E-Mail", "--metric", "visit:proportion",
                                 "--metric", "conversion:proportion", "--metric", "spend:sum"});
  const auto table = path("hillstrom.csv.gz");
  std::filesystem::copy(data("hillstrom-email/hillstrom.csv.gz"), table);
  const std::vector<std::string> words{table,   "--unit-per-row",           "--set", "experiment=email_campaign",
                                       "--set", "time=2000-01-01T00:00:00Z"};
  const auto told = brought(words);
  EXPECT_EQ(told["rows"], given["rows"]);
  EXPECT_EQ(told["duplicate"], 0);
  const auto found = report("email_campaign");
  for (const auto* metric : {"visit", "conversion", "spend"}) expect_metric(found, metric, given["metrics"][metric]);
  repeats_nothing(words, judged);
}

TEST_F(IngestReal, CookieCatsIsGuessedWholly) {
  const auto given = expected("cookie-cats");
  const auto judged = agreed_as({data("cookie-cats/cookie_cats.csv.gz"), "--unit", "userid", "--variant", "version",
                                 "--control", "gate_30", "--metric", "retention_7:proportion", "--metric",
                                 "retention_1:proportion", "--metric", "sum_gamerounds:sum"});
  const auto table = path("cookie_cats.csv.gz");
  std::filesystem::copy(data("cookie-cats/cookie_cats.csv.gz"), table);
  const std::vector<std::string> words{table, "--set", "time=2000-01-01T00:00:00Z"};
  EXPECT_EQ(brought(words)["rows"], 90'189);
  const auto found = report("cookie_cats");
  for (const auto* metric : {"retention_1", "retention_7"}) expect_metric(found, metric, given["metrics"][metric]);
  expect_metric(found, "sum_gamerounds", given["metrics"]["sum_gamerounds_raw"]);
  EXPECT_EQ(digest_of(service(), "cookie_cats"), judged.digest);
  repeats_nothing(words, judged);
}

/// Customers in two arms by the parity of their number, so that a report has all of them.
TEST_F(IngestReal, CdnowPurchasesAreEventsWithALifetimeValue) {
  const auto given = expected("cdnow-ltv");
  start("cohort", {"even", "odd"},
        R"({"key":"value","kind":"lifetime_value","event":"purchase","window":{"length":"546d"}})",
        "1996-12-31T00:00:00Z");
  const auto purchases = path("cdnow_transactions.csv.gz");
  std::filesystem::copy(data("cdnow-ltv/cdnow_transactions.csv.gz"), purchases);
  const auto told = brought({purchases, "--set", "event=purchase"});
  EXPECT_EQ(told["stored"], given["rows"]);
  EXPECT_EQ(asked("SELECT count(DISTINCT unit) FROM events"), std::to_string(given["customers"].get<int>()));
  EXPECT_EQ(asked("SELECT printf('%.2f', sum(value)) FROM events"), "244091.94");
  EXPECT_EQ(asked("SELECT min(date(te)) FROM events"), given["date_min"].get<std::string>());
  std::string exposures = "customer,variant\n";
  for (int customer = 1; customer <= given["customers"]; ++customer)
    exposures += std::to_string(customer) + (customer % 2 == 0 ? ",even\n" : ",odd\n");
  brought({write("cohort.csv", exposures), "--set", "experiment=cohort", "--set", "time=1997-01-01"});
  service().must_post("/v1/events",  // all windows have closed
                      R"({"id":"end","type":"event","name":"visit","unit":"nobody","ts":"1999-01-01T00:00:00Z"})");
  const auto row = row_of(report("cohort"), "value", "odd");
  EXPECT_EQ(row["n"][0].get<int>() + row["n"][1].get<int>(), given["customers"]);
  expect_close(row["sum"][0].get<double>() + row["sum"][1].get<double>(), given["total_spend"], from_counts, "spend");
}

/// Markets as variants, for the sake of the arithmetic.
TEST_F(IngestReal, NpsBankAnswersAreEvents) {
  const auto given = expected("nps-bank");
  start("markets", {"UK", "MEX", "US"},
        R"({"key":"nps","kind":"score","score":{"as":"nps"},"event":"score","window":{"length":"1d"}})",
        "2020-12-31T00:00:00Z");
  const auto answers = path("nps_responses.csv.gz");
  std::filesystem::copy(data("nps-bank/nps_responses.csv.gz"), answers);
  const auto told = brought({answers, "--map", "market=variant", "--set", "experiment=markets"});
  EXPECT_EQ(told["stored"], 2 * given["rows"].get<int>()) << "each an exposure and an answer";
  const auto rows = report("markets")["results"];
  EXPECT_EQ(rows.size(), 2U);
  for (const auto& row : rows) {
    const auto& market = given["by_market"][row["variant"].get<std::string>()];
    expect_close(row["mean"][1], market["nps_points"], from_counts, "NPS");
    EXPECT_EQ(row["n"][1], market["n"]);
  }
}

TEST_F(Ingest, ADryRunShowsTheGuessAndTheFirstRows) {
  std::string table = "user_id,group,country,bought,spend\n";
  for (int i = 0; i < 30; ++i) table += "u" + std::to_string(i) + ",control,DE,1,12.5\n";
  const auto file = write("shop.csv", table);
  const auto outcome = run({program(), "ingest", file, "--set", "time=2026-01-02T00:00:00Z", "--dry-run"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  for (const auto* shown :
       {"--map 'user_id=unit'", "--map 'group=variant'", "--map 'country=property'", "--map 'bought=happened'",
        "--map 'spend=amount'", "--set 'experiment=shop'", "The first 20 rows become",
        R"("attributes":{"country":"DE"},"experiment":"shop")",
        R"("name":"spend","ts":"2026-01-02T00:00:01Z","type":"event","unit":{"id":"u19","type":"user"},"value":12.5)"})
    EXPECT_NE(outcome.out.find(shown), std::string::npos) << shown << "\n" << outcome.out;
  EXPECT_EQ(outcome.out.find("\"u20\""), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(file + ".ingested"));
}

TEST_F(Ingest, AGuessNeedsAYes) {
  const auto outcome = ingest({write("p.csv", "user,time,value\nu,2026-01-01,1\n")});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_NE(outcome.err.find("what the columns mean was guessed"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("--map 'value=value'   (guessed)"), std::string::npos) << outcome.err;
  const auto told =
      ingest({path("p.csv"), "--map", "user=unit", "--map", "time=time", "--map", "value=value", "--set", "event=pay"});
  EXPECT_EQ(told.exit_code, 0) << told.err;
  EXPECT_NE(told.out.find("1 rows, 1 events sent = 1 stored + 0 there already"), std::string::npos) << told.out;
}

TEST_F(Ingest, WhatIsWrongWithTheOptionsIsSaid) {
  const auto file = write("p.csv", "user,when,total\nu,2026-01-01,1\n");
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong{
      {{"--map", "usr=unit"}, "there is no column \"usr\""},
      {{"--map", "user=untit"}, "did you mean \"unit\"?"},
      {{"--map", "user"}, "write it like user_id=unit"},
      {{"--map", "when=unit:x"}, "only outcomes and properties have a name"},
      {{"--set", "property=1"}, "differs from row to row"},
      {{"--set", "time=yesterday"}, "is not a time"},
      {{"--zone", "Mars"}, "write UTC, +01:00"},
      {{"--time-format", "fast"}, "write plain, s, ms, us or a pattern"},
      {{}, "no column tells when it was"},
      {{"--map", "when=time", "--set", "time=2026-01-01"}, "the time is both fixed and in the column"},
      {{"--map", "when=time", "--map", "total=time"}, "two columns are the time"},
      {{"--map", "when=time", "--map", "total=variant"}, "a variant of which experiment?"},
  };
  for (const auto& [options, said] : wrong) {
    auto words = options;
    words.insert(words.begin(), file);
    words.emplace_back("--yes");
    if (said.starts_with("a variant")) words.insert(words.end(), {"--map", "user=event", "--unit-per-row"});
    const auto outcome = ingest(words);
    EXPECT_EQ(outcome.exit_code, 2) << said;
    EXPECT_NE(outcome.err.find(said), std::string::npos) << outcome.err;
  }
  EXPECT_EQ(ingest({path("none.csv")}).exit_code, 3);
  EXPECT_EQ(ingest({write("empty.csv", "")}).exit_code, 1);
  const auto keyless = run({program(), "ingest", file, "--set", "time=2026-01-02", "--map", "when=ignore", "--yes",
                            "--to", "http://127.0.0.1:1"});
  EXPECT_NE(keyless.err.find("--to needs a key"), std::string::npos) << keyless.err;
  const auto secure = run({program(), "ingest", file, "--set", "time=2026-01-02", "--map", "when=ignore", "--yes",
                           "--to", "https://127.0.0.1:1", "--key", "k"});
  EXPECT_NE(secure.err.find("is no address of a service"), std::string::npos) << secure.err;
}

TEST_F(Ingest, RowsThatCannotBeStoredAreRejectedWithTheirReasons) {
  start_checkout();
  const auto file = write("t.csv",
                          "user,time,variant,bought\n"
                          "u1,2026-01-02,control,1\n"
                          "u2,soon,b,0\n"
                          "u3,2026-01-02,c,0\n"
                          "u4,2026-01-02,b,maybe\n"
                          "u5,2026-01-02,b\n"
                          ",2026-01-02,b,1\n"
                          "u7,2026-01-02,b,1\n");
  const std::vector<std::string> words{file,
                                       "--map",
                                       "user=unit",
                                       "--map",
                                       "time=time",
                                       "--map",
                                       "variant=variant",
                                       "--map",
                                       "bought=happened",
                                       "--set",
                                       "experiment=checkout"};
  const auto refused = ingest(words);
  EXPECT_EQ(refused.exit_code, 3) << "its first rows name a variant that is not there";
  EXPECT_NE(refused.err.find("experiment \"checkout\" has no variant \"c\""), std::string::npos) << refused.err;
  std::string text = text_of(file);
  for (int i = 0; i < 20; ++i) text.insert(text.find('\n') + 1, "v" + std::to_string(i) + ",2026-01-02,b,1\n");
  write("t.csv", text);
  const auto outcome = ingest(words);
  EXPECT_EQ(outcome.exit_code, 1) << outcome.err;
  EXPECT_NE(outcome.out.find("27 rows, 44 events sent = 44 stored"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("5 rows rejected, see " + file + ".rejects.csv"), std::string::npos) << outcome.out;
  const auto rejects = text_of(file + ".rejects.csv");
  for (const auto* line : {"user,time,variant,bought,rejected_row,rejected_reason,rejected_hint\n", "\nu2,soon,b,0,22,",
                           "\nu3,2026-01-02,c,0,23,", "\nu4,2026-01-02,b,maybe,24,", "is neither yes nor no",
                           "\n\"u5,2026-01-02,b\",,,,25,\"3 fields, where the header has 4", "\n,2026-01-02,b,1,26,"})
    EXPECT_NE(rejects.find(line), std::string::npos) << line << "\n" << rejects;
  std::string mended = rejects;
  mended.replace(mended.find("soon"), 4, "2026-01-02");
  auto again = words;
  again[0] = write("mended.csv", mended.substr(0, mended.find("\nu3") + 1));
  again.emplace_back("--yes");
  EXPECT_EQ(ingest(again).exit_code, 0);
  EXPECT_EQ(asked("SELECT count(*) FROM events WHERE unit = 'u2'"), "1");
}

TEST_F(Ingest, AnExperimentThatIsNotThereIsAsked) {
  start_checkout();
  const auto file = write("t.csv", "user,time,variant\nu1,2026-01-02,control\n");
  const auto outcome = ingest({file, "--set", "experiment=chekout", "--yes"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_NE(outcome.err.find("there is no experiment \"chekout\""), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("did you mean \"checkout\"?"), std::string::npos) << outcome.err;
  EXPECT_EQ(ingest({file, "--set", "experiment=chekout", "--yes", "--ahead"}).exit_code, 0);
  const auto devices = ingest({write("d.csv", "device,time,variant\nd1,2026-01-02,control\n"), "--set",
                               "experiment=checkout", "--unit-type", "device", "--yes"});
  EXPECT_EQ(devices.exit_code, 1);
  EXPECT_NE(devices.err.find("is about units of type user, not device"), std::string::npos) << devices.err;
}

TEST_F(Ingest, AFileThatGrowsBringsWhatIsNew) {
  const auto file = write("log.csv", "user,time,event\nu1,2026-01-02,visit\nu2,2026-01-02,visit\nu3,2026-01-");
  const auto first = ingest({file, "--yes"});
  EXPECT_EQ(first.exit_code, 1) << "the last row is half written";
  EXPECT_NE(first.out.find("2 rows, 2 events sent = 2 stored"), std::string::npos) << first.out;
  EXPECT_NE(first.out.find("the last row is not finished"), std::string::npos) << first.out;
  EXPECT_FALSE(std::filesystem::exists(file + ".rejects.csv"));
  std::ofstream(file, std::ios::app) << "03,visit\nu4,2026-01-03,visit\n";
  const auto told = brought({file});
  EXPECT_EQ(told["rows"], 4);
  EXPECT_EQ(told["before"], 2);
  EXPECT_EQ(told["stored"], 2);
  EXPECT_EQ(asked("SELECT count(*) FROM events"), "4");
}

TEST_F(Ingest, AFileThatWasChangedIsRefused) {
  const auto file = write("log.csv", "user,time,event\nu1,2026-01-02,visit\nu2,2026-01-02,visit\n");
  brought({file});
  write("log.csv", "user,time,event\nu0,2026-01-02,visit\nu1,2026-01-02,visit\nu2,2026-01-02,visit\n");
  const auto changed = ingest({file, "--yes"});
  EXPECT_EQ(changed.exit_code, 1);
  EXPECT_NE(changed.err.find("was changed: its first 2 rows are not those that were stored before"), std::string::npos)
      << changed.err;
  write("log.csv", "user,time,event\nu1,2026-01-02,visit\n");
  EXPECT_EQ(ingest({file, "--yes"}).exit_code, 1) << "shorter";
  write("log.csv", "user,time,event\nu1,2026-01-02,visit\nu2,2026-01-02,visit\n");
  const auto otherwise = ingest({file, "--yes", "--zone", "+02:00"});
  EXPECT_EQ(otherwise.exit_code, 1);
  EXPECT_NE(otherwise.err.find("with other meanings of its columns"), std::string::npos) << otherwise.err;
  EXPECT_EQ(asked("SELECT count(*) FROM events"), "2");
}

TEST_F(Ingest, AKilledRunGoesOnAndCountsNothingTwice) {
  const auto file = write_visits("visits.csv", 150'000);
  service();
  {
    Process begun({program(), "ingest", file, "--yes", "--to", "http://127.0.0.1:" + std::to_string(service().port()),
                   "--key", service().key()});
    while (!std::filesystem::exists(file + ".ingested")) ASSERT_EQ(::kill(begun.pid(), 0), 0);
  }  // killed
  const auto stored = std::stoi(asked("SELECT count(*) FROM events"));
  const auto told = brought({file});
  EXPECT_EQ(told["rows"], 150'000);
  EXPECT_LE(told["before"], stored) << "only what was acknowledged counts as brought";
  EXPECT_EQ(stored + told["stored"].get<int>(), 150'000);
  EXPECT_EQ(asked("SELECT count(DISTINCT id) FROM events"), "150000");
}

TEST_F(Ingest, AnotherServiceGetsAllOfAFileThatOneHas) {
  const auto file = write_visits("visits.csv", 2'500);
  brought({file});
  Service other(folder_.path() / "other");
  const auto outcome = ingest({file, "--yes", "--json"}, other);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(json::parse(outcome.out)["stored"], 2'000) << "the last 500 told that the others are missing";
  EXPECT_EQ(json::parse(outcome.out)["duplicate"], 500);
}

TEST_F(Ingest, ARateLimitIsWaitedFor) {
  service_.emplace(folder_.path() / "data", std::vector<std::string>{"--rate-limit", "1"});
  const auto file = write_visits("visits.csv", 3'500);
  const auto outcome = ingest({file, "--yes"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("3,500 events sent = 3,500 stored"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.err.find("trying again"), std::string::npos) << "nothing was limited: " << outcome.err;
}

TEST_F(Ingest, AServiceThatIsNotThereEndsPatienceAndTheNextRunGoesOn) {
  const auto file = write_visits("visits.csv", 10);
  brought({file});
  std::ofstream(file, std::ios::app) << "new,2026-01-02T00:00:00Z,visit,y\n";
  service().kill();
  const auto outcome = ingest({file, "--yes", "--patience", "1s"});
  EXPECT_EQ(outcome.exit_code, 1);
  service().start();
  EXPECT_EQ(brought({file})["stored"], 1);
}

TEST_F(Ingest, WhatCannotEnterIsSaidOnce) {
  const auto file = write_visits("visits.csv", 10);
  const auto outcome = run({program(), "ingest", file, "--yes", "--key", "ts_server_none", "--to",
                            "http://127.0.0.1:" + std::to_string(service().port())});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_EQ(outcome.err.find("trying again"), std::string::npos) << outcome.err;
}

TEST_F(Ingest, IntoADataDirectoryThatNobodyServes) {
  const auto file = write_visits("visits.csv", 10);
  const auto outcome = run({program(), "ingest", file, "--yes", "--data", path("data")});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(asked("SELECT count(*) FROM events"), "10");
}

TEST_F(Ingest, ObjectsAreRowsAndStandardInputIsAFile) {
  const auto file = write(
      "export.ndjson", R"({"user":{"id":42},"timestamp":1767312000,"event":"Add to cart","properties":{"price":9.5}})"
                       "\n"
                       R"({"user":{"id":43},"timestamp":1767312000.5,"event":"Buy","properties":{"gift":true}})"
                       "\nnot json\n");
  const auto piped = run({"sh", "-c", "cd " + path("") + " && " + program() + " ingest - --yes --data data < " + file});
  EXPECT_EQ(piped.exit_code, 1) << piped.err;
  EXPECT_NE(piped.out.find("3 rows, 2 events sent = 2 stored"), std::string::npos) << piped.out;
  EXPECT_EQ(asked("SELECT unit || ' ' || ts || ' ' || value FROM events WHERE name = 'Add-to-cart'"),
            "42 2026-01-02T00:00:00.000000Z 9.5");
  EXPECT_EQ(asked("SELECT json_extract(attributes, '$.\"properties.gift\"') FROM events WHERE ts LIKE '%.5%'"), "1");
  EXPECT_NE(text_of(path("standard-input.rejects.csv")).find("\nnot json,3,"), std::string::npos);
}

TEST_F(Ingest, AttributesAreKnownFromTheirDatesOn) {
  const auto file = write("customers.csv",
                          "customer,date,plan,seats\n"
                          "a,2026-01-20,free,1\n"
                          "b,2026-01-20,pro,30\n"
                          "a,2026-02-01,pro,12\n"
                          "c,2026-01-20,free,2\n");
  EXPECT_EQ(brought({file, "--set", "type=traits"})["stored"], 4);
  EXPECT_EQ(asked("SELECT group_concat(unit || ' ' || substr(te, 1, 10) || ' ' || attributes, '; ') FROM events "
                  "WHERE type = 'traits' AND unit = 'a'"),
            R"("a 2026-01-20 {""plan"":""free"",""seats"":1}; a 2026-02-01 {""plan"":""pro"",""seats"":12}")");
  const std::string visits = R"([{"id":"1","type":"event","name":"visit","unit":"a","ts":"2026-02-02T00:00:00Z"},
      {"id":"2","type":"event","name":"visit","unit":"b","ts":"2026-02-02T00:00:00Z"},
      {"id":"3","type":"event","name":"visit","unit":"c","ts":"2026-02-02T00:00:00Z"}])";
  service().must_post("/v1/events", visits);
  json counted;
  do counted = json::parse(service().must_post("/v1/segment-counts", R"({"when":["plan","is","pro"]})").body)["count"];
  while (counted.is_null());
  EXPECT_EQ(counted["units"], 2) << counted;
  EXPECT_EQ(counted["of"], 3) << counted;
  EXPECT_EQ(brought({file, "--set", "type=traits", "--rejects", path("again.csv")})["stored"], 0);
}

TEST_F(Ingest, ASegmentIsTheListOfUnitsInAFile) {
  const auto segment = [this](std::vector<std::string> words) {
    words.insert(words.begin(), {program(), "segment", "vip"});
    words.insert(words.end(),
                 {"--to", "http://127.0.0.1:" + std::to_string(service().port()), "--key", service().key()});
    return run(words);
  };
  const auto file = write("vip.csv", "customer_id,since\nc2,2026-01-01\nc1,2026-01-01\nc2,2026-01-02\n");
  const auto made = segment({file});
  EXPECT_EQ(made.out, "segment vip: 2 units, 2 came and 0 left\n") << made.err;
  EXPECT_EQ(segment({file}).out, "segment vip: 2 units, as before\n");
  const auto more = write("more.ndjson", "{\"who\":{\"user\":\"c3\"}}\n{\"who\":{\"user\":\"c1\"}}\n");
  EXPECT_EQ(segment({more}).out, "segment vip: 2 units, 1 came and 1 left\n");
  const auto stored = json::parse(service().must_get("/v1/segments/vip").body);
  EXPECT_EQ(stored["list"], json({{"unit", "user"}, {"ids", {"c1", "c3"}}}));
  EXPECT_EQ(stored["version"], 2);
  service().must_post("/v1/flags", R"({"key":"lounge","type":"bool","default":false,"off_value":false,)"
                                   R"("rules":[{"when":{"segment":"vip"},"give":true}]})");
  for (const auto& [unit, value] : {std::pair("c3", true), {"c2", false}}) {
    const auto asked = R"({"flag":"lounge","unit":")" + std::string(unit) + "\"}";
    EXPECT_EQ(json::parse(service().must_post("/v1/evaluate", asked).body)["value"], value) << unit;
  }
  const auto nobody = segment({write("ids.csv", "c1\nc2\n")});
  EXPECT_EQ(nobody.exit_code, 1);
  EXPECT_NE(nobody.err.find("no column of " + path("ids.csv") + " tells units"), std::string::npos) << nobody.err;
  const auto lacking = segment({write("gap.csv", "user,x\nc1,1\n,1\n")});
  EXPECT_NE(lacking.err.find("row 2: column user: \"\" is not an id"), std::string::npos) << lacking.err;
  EXPECT_NE(segment({file, "--unit", "cid"}).err.find("has no column \"cid\""), std::string::npos);
  EXPECT_NE(segment({file, "--unit-type", "device"}).err.find("lists units of type user"), std::string::npos);
  service().must_post("/v1/segments", R"({"key":"pro","when":["plan","is","pro"]})");
  const auto rule = run({program(), "segment", "pro", file, "--data", path("data")});
  EXPECT_NE(rule.err.find("segment \"pro\" is a rule"), std::string::npos) << rule.err;
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr long kMostGrowth = 1'024L * 1'024;  // KiB; a sanitizer keeps what was freed
#else
constexpr long kMostGrowth = 24L * 1'024;
#endif

/// A file of 60 MB costs no more memory than one of a few rows, but for what batches and the sample hold.
TEST_F(Ingest, MemoryDoesNotGrowWithTheFile) {
  const auto peak = [] {
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    return usage.ru_maxrss;  // KiB
  };
  const auto small = write_visits("small.csv", 10);
  brought({small});
  const auto before = peak();
  const auto large = write_visits("large.csv", 100'000, std::string(580, 'f'));
  ASSERT_GT(std::filesystem::file_size(large), 60'000'000U);
  brought({large, "--map", "page=ignore"});
  EXPECT_LT(peak() - before, kMostGrowth);
}

}  // namespace
}  // namespace touchstone::e2e
