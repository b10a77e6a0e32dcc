// What a person in charge does with a data directory: looks at it, asks it, copies it, proves what it said.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/service.hpp"

namespace touchstone::e2e {
namespace {

using nlohmann::json;

std::string exposure(int unit, const char* variant) {
  return R"({"id":"x)" + std::to_string(unit) + R"(","type":"exposure","unit":"u)" + std::to_string(unit) +
         R"(","ts":"2026-01-02T00:00:00Z","experiment":"checkout","variant":")" + variant + "\"}\n";
}

std::string purchase(int unit, const std::string& day, double value) {
  return R"({"id":"p)" + std::to_string(unit) + R"(","type":"event","name":"purchase","unit":"u)" +
         std::to_string(unit) + R"(","ts":")" + day + R"(T01:00:00Z","value":)" + std::to_string(value) + "}\n";
}

/// A served directory with an experiment of 200 people, each of whom bought something.
class JournalCommands : public testing::Test {
 protected:
  JournalCommands() : service_(data()) {
    service_.must_post("/v1/metrics", R"({"key":"revenue","kind":"sum","event":"purchase"})");
    service_.must_post("/v1/metrics", R"({"key":"tamed","kind":"sum","event":"purchase","cap":{"percentile":80}})");
    service_.must_post("/v1/experiments",
                       R"({"key":"checkout","scheme":"external","exposure":"client","variants":[{"key":"control",)"
                       R"("control":true},{"key":"b"}],"plan":{"metrics":[{"metric":"revenue"},)"
                       R"({"metric":"tamed","role":"secondary"}]}})");
    service_.must_post("/v1/experiments/checkout:start", R"({"at":"2026-01-01T00:00:00Z"})");
    std::string exposures;
    std::string purchases;
    for (int unit = 0; unit < 200; ++unit) {
      exposures += exposure(unit, unit % 2 == 0 ? "control" : "b");
      purchases += purchase(unit, unit < 100 ? "2026-01-03" : "2026-02-03", 10 + unit % 7);
    }
    service_.must_post("/v1/events", exposures);
    service_.must_post("/v1/events", purchases);
  }

  [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "data"; }
  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }

  /// The program with the command and the directory.
  Outcome command(std::vector<std::string> words, const std::filesystem::path& on) {
    words.insert(words.begin(), program());
    words.insert(words.end(), {"--data", on.string()});
    return run(words);
  }
  Outcome command(std::vector<std::string> words) { return command(std::move(words), data()); }

  void write(const std::string& name, const std::string& text) { std::ofstream(file(name)) << text; }

  static std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  TemporaryDirectory folder_;
  Service service_;
};

TEST_F(JournalCommands, TheDoctorIsContentBesideAServerAndAfterIt) {
  for (int pass = 0; pass < 2; ++pass) {
    const auto doctor = command({"doctor"});
    EXPECT_EQ(doctor.exit_code, 0) << doctor.out << doctor.err;
    EXPECT_NE(doctor.out.find("400 events in"), std::string::npos) << doctor.out;
    EXPECT_NE(doctor.out.find("0 problems"), std::string::npos) << doctor.out;
    if (pass == 0) service_.kill();
  }
}

TEST_F(JournalCommands, TheDoctorNamesWhatIsDamagedAndEndsWithItsOwnCode) {
  EXPECT_EQ(service_.stop(), 0);
  for (const auto& entry : std::filesystem::directory_iterator(data())) {
    if (!entry.path().filename().string().starts_with("journal-")) continue;
    std::fstream damaged(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    for (std::uintmax_t page = 4096; page < entry.file_size(); page += 4096) {
      damaged.seekp(static_cast<std::streamoff>(page + 200));
      damaged << "xxxxxxxxxxxxxxxx";
    }
  }
  const auto doctor = command({"doctor", "--json"});
  EXPECT_EQ(doctor.exit_code, 4);
  const json found = json::parse(doctor.out);
  EXPECT_EQ(found["healthy"], false);
  bool named = false;
  for (const auto& finding : found["findings"])
    named = named || (finding["level"] == "problem" && !finding["advice"].get<std::string>().empty());
  EXPECT_TRUE(named) << doctor.out;
  const auto served = run({program(), "serve", "--data", data().string(), "--listen", "127.0.0.1:0"});
  EXPECT_NE(served.exit_code, 0) << "a start relies on what is damaged";
  EXPECT_NE(served.err.find("journal-"), std::string::npos) << served.err;
}

TEST_F(JournalCommands, EventsAreExportedAsTheyCanBeSentAgain) {
  const auto all = command({"export", "events"});
  ASSERT_EQ(all.exit_code, 0) << all.err;
  EXPECT_EQ(lines(all.out), 400U);
  const auto again = service_.must_post("/v1/events", all.out);
  EXPECT_EQ(json::parse(again.body)["duplicate"], 400);
  EXPECT_EQ(lines(command({"export", "events", "--name", "purchase", "--before", "2026-02-01T00:00:00Z"}).out), 100U);
  EXPECT_EQ(lines(command({"export", "events", "--experiment", "checkout", "--type", "exposure"}).out), 200U);
  const auto table = command({"export", "events", "--format", "csv", "--from", "2026-02-01T00:00:00Z"});
  EXPECT_EQ(lines(table.out), 101U);
  EXPECT_EQ(table.out.substr(0, 9), "seq,type,");
  const auto full = command({"export", "events", "--full", "--type", "exposure"});
  EXPECT_EQ(json::parse(full.out.substr(0, full.out.find('\n')))["te"], "2026-01-02T00:00:00Z");
  const auto wrong = command({"export", "events", "--from", "yesterday"});
  EXPECT_EQ(wrong.exit_code, 1);
  EXPECT_NE(wrong.err.find("--from"), std::string::npos) << wrong.err;
  EXPECT_EQ(command({"export", "events", "--environment", "default/none"}).exit_code, 3);
}

TEST_F(JournalCommands, EventsAnswerSql) {
  const std::string select =
      "SELECT strftime('%Y-%m', te) AS month, count(*) AS n FROM events WHERE name = 'purchase' "
      "GROUP BY month ORDER BY month";
  EXPECT_EQ(command({"sql", "--format", "csv", select}).out, "month,n\n2026-01,100\n2026-02,100\n");
  EXPECT_EQ(command({"sql", "--format", "json", select}).out,
            "{\"month\":\"2026-01\",\"n\":100}\n{\"month\":\"2026-02\",\"n\":100}\n");
  EXPECT_EQ(command({"sql", select}).out, "month    n\n2026-01  100\n2026-02  100\n(2 rows)\n");
  const auto refused = command({"sql", "DELETE FROM events"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.err.find("Write one SELECT"), std::string::npos) << refused.err;
}

TEST_F(JournalCommands, ABackupIsRestoredAndSaysTheSame) {
  const auto backup = command({"backup", file("copy").string()});
  ASSERT_EQ(backup.exit_code, 0) << backup.err;
  EXPECT_NE(backup.out.find("every event up to number 400"), std::string::npos) << backup.out;
  service_.must_post("/v1/events", purchase(1000, "2026-02-03", 5));
  const auto restored = command({"restore", file("copy").string()}, file("restored"));
  ASSERT_EQ(restored.exit_code, 0) << restored.err;
  EXPECT_EQ(command({"doctor"}, file("restored")).exit_code, 0);
  EXPECT_EQ(lines(command({"export", "events"}, file("restored")).out), 400U);
  EXPECT_EQ(lines(command({"export", "events"}).out), 401U);
  const auto one = json::parse(command({"report", "checkout", "--json"}).out);
  const auto other = json::parse(command({"report", "checkout", "--json"}, file("restored")).out);
  EXPECT_GT(other["config_version"].get<std::uint64_t>(), one["config_version"].get<std::uint64_t>());
  EXPECT_EQ(command({"restore", file("copy").string()}, file("restored")).exit_code, 1) << "there is one already";
}

TEST_F(JournalCommands, AReportIsVerifiedLongAfterItWasMade) {
  const auto report = command({"report", "checkout", "--json"});
  ASSERT_EQ(report.exit_code, 0) << report.err;
  write("report.json", report.out);
  for (int unit = 0; unit < 50; ++unit) service_.must_post("/v1/events", purchase(unit + 1000, "2026-02-04", 99));
  service_.must_post("/v1/events", purchase(0, "2026-02-05", 500));
  service_.must_post("/v1/metrics", R"({"key":"later","kind":"sum","event":"purchase"})");
  service_.must_post("/v1/experiments/checkout:stop", "{}");
  const auto live = json::parse(command({"report", "checkout", "--json"}).out);
  EXPECT_NE(live["digest"]["events"], json::parse(report.out)["digest"]["events"]);

  const auto verified = command({"verify", file("report.json").string()});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  EXPECT_NE(verified.out.find("recomputed from the journal, and the same"), std::string::npos) << verified.out;
  EXPECT_NE(verified.out.find("signed here, and unchanged since"), std::string::npos) << verified.out;

  auto altered = json::parse(report.out);
  altered["results"][0]["mean"][1] = 1e6;
  write("altered.json", altered.dump());
  const auto caught = command({"verify", "--json", file("altered.json").string()});
  EXPECT_EQ(caught.exit_code, 4);
  const auto answer = json::parse(caught.out);
  EXPECT_EQ(answer["signature"], "broken");
  ASSERT_EQ(answer["differences"].size(), 1U) << caught.out;
  EXPECT_EQ(answer["differences"][0]["pointer"], "/results/0/mean/1");
  EXPECT_EQ(command({"verify", "/dev/null"}).exit_code, 1);
}

TEST_F(JournalCommands, ARestoredBackupVerifiesWhatTheOriginalSaid) {
  write("report.json", command({"report", "checkout", "--json"}).out);
  ASSERT_EQ(command({"backup", file("copy").string()}).exit_code, 0);
  ASSERT_EQ(command({"restore", file("copy").string()}, file("restored")).exit_code, 0);
  const auto verified = command({"verify", file("report.json").string()}, file("restored"));
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
}

TEST_F(JournalCommands, AUnitIsForgottenAndOlderReportsSaySo) {
  const auto report = command({"report", "checkout", "--json"}).out;
  write("report.json", report);
  ASSERT_EQ(command({"backup", file("copy").string()}).exit_code, 0);
  service_.must_post("/v1/events", R"({"id":"l","type":"link","unit":{"type":"device","id":"d1"},"to":"u7",)"
                                   R"("ts":"2026-01-02T00:00:00Z"})");
  const auto erased = command({"erase", "u7"});
  ASSERT_EQ(erased.exit_code, 0) << erased.err;
  EXPECT_NE(erased.out.find("3 events of the journal"), std::string::npos) << erased.out;
  EXPECT_NE(erased.out.find("1 linked units, which stay"), std::string::npos) << erased.out;
  EXPECT_NE(erased.out.find("may still be in the copy " + file("copy").string()), std::string::npos) << erased.out;
  EXPECT_EQ(command({"rebuild"}).exit_code, 0) << "live equals recomputed";
  EXPECT_EQ(command({"doctor"}).exit_code, 0) << command({"doctor"}).out;
  EXPECT_EQ(lines(command({"export", "events"}).out), 398U);

  const auto verified = command({"verify", file("report.json").string()});
  EXPECT_EQ(verified.exit_code, 0) << verified.out << verified.err;
  EXPECT_NE(verified.out.find("changed by 1 erased unit since, and by nothing else"), std::string::npos)
      << verified.out;
  write("again.json", command({"report", "checkout", "--json"}).out);
  const auto again = command({"verify", file("again.json").string()});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_NE(again.out.find("recomputed from the journal, and the same"), std::string::npos) << again.out;
  auto altered = json::parse(report);
  altered["results"][0]["mean"][1] = 1e6;
  write("altered.json", altered.dump());
  const auto caught = command({"verify", file("altered.json").string()});
  EXPECT_EQ(caught.exit_code, 4) << "an erasure excuses nothing that was changed by hand";

  EXPECT_EQ(json::parse(service_.must_post("/v1/events", purchase(7, "2026-02-05", 1)).body)["refused"], 1);
  EXPECT_EQ(json::parse(command({"erase", "u7", "--show", "--json"}).out)["events"]["count"], 3);
  EXPECT_EQ(command({"erase", "u7", "--lift"}).exit_code, 0);
  EXPECT_EQ(command({"erase", "u7", "--lift"}).exit_code, 3);
  EXPECT_EQ(json::parse(service_.must_post("/v1/events", purchase(7, "2026-02-05", 1)).body)["stored"], 1);
}

/// What the ledger says of an experiment.
std::uint64_t counted(Service& service, const std::string& experiment, const char* verdict) {
  const json ledger = json::parse(service.must_get("/v1/ledger").body);
  std::uint64_t sum = 0;
  for (const auto& line : ledger["items"])
    if (line["experiment"] == experiment) sum += line[verdict].get<std::uint64_t>();
  return sum;
}

TEST_F(JournalCommands, AForgottenUnitIsAnsweredAndNotWrittenDown) {
  service_.must_post("/v1/experiments?start", R"({"key":"seen","variants":[{"key":"a"},{"key":"b"}]})");
  ASSERT_EQ(command({"erase", "u7"}).exit_code, 0);
  const auto evaluated = service_.must_get("/v1/evaluate?flag=seen&unit=u7");
  EXPECT_NE(evaluated.body.find("variant"), std::string::npos) << evaluated.body;
  while (counted(service_, "seen", "refused") == 0) std::this_thread::yield();
  EXPECT_EQ(counted(service_, "seen", "stored"), 0U);
  EXPECT_EQ(lines(command({"export", "events", "--experiment", "seen"}).out), 0U);
}

// Of 200 amounts of 10 to 16 in turn 172 are 15 or less, 144 14 or less.
TEST_F(JournalCommands, ACapByPercentileIsShownWithWhatItHides) {
  const auto row = json::parse(service_.must_get("/v1/experiments/checkout/report").body)["results"][1];
  EXPECT_EQ(row["cap"]["value"], 15) << row;
  EXPECT_EQ(row["cap"]["units"], json::array({14, 14}));
  EXPECT_EQ(row["sum"][0].get<double>() + row["sum"][1].get<double>(), 2594 - 28);
  EXPECT_EQ(row["always_valid"]["method"], "confidence_sequence");
  EXPECT_NE(service_.must_get("/experiments/checkout").body.find("at 15, percentile 80 of all arms together"),
            std::string::npos);
  EXPECT_NE(command({"report", "checkout"}).out.find("at 15, percentile 80"), std::string::npos);
}

TEST_F(JournalCommands, TheLiveFiguresAreThoseOfTheJournal) {
  const auto rebuilt = command({"rebuild"});
  EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.out << rebuilt.err;
  EXPECT_NE(rebuilt.out.find("same     production/checkout  b2-256:"), std::string::npos) << rebuilt.out;
  EXPECT_NE(rebuilt.out.find("1 experiments recomputed"), std::string::npos) << rebuilt.out;
}

TEST_F(JournalCommands, AReportIsMadeAsOfATimeInThePast) {
  const auto now = json::parse(command({"sql", "--format", "json", "SELECT max(received) AS at FROM events"}).out);
  const std::string then = now["at"];
  const auto before = json::parse(command({"report", "checkout", "--json"}).out);
  service_.must_post("/v1/events", purchase(1, "2026-02-05", 500));
  const auto past = command({"report", "checkout", "--json", "--as-of", then});
  ASSERT_EQ(past.exit_code, 0) << past.err;
  EXPECT_EQ(json::parse(past.out)["digest"]["results"], before["digest"]["results"]);
  EXPECT_EQ(json::parse(past.out)["digest"]["events"], before["digest"]["events"]);
  write("past.json", past.out);
  EXPECT_EQ(command({"verify", file("past.json").string()}).exit_code, 0);
  EXPECT_EQ(command({"report", "checkout", "--as-of", then}).exit_code, 0);
  EXPECT_NE(command({"report", "checkout", "--as-of", "yesterday"}).exit_code, 0);
}

}  // namespace
}  // namespace touchstone::e2e
