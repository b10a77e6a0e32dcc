#include "storage/examine.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "storage/sqlite/handle.hpp"
#include "tests/storage/stocked.hpp"

namespace touchstone::storage {
namespace {

std::string told(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings)
    text += std::to_string(static_cast<int>(finding.level)) + " " + finding.subject + ": " + finding.text + "\n";
  return text;
}

std::size_t count(const std::vector<Finding>& findings, Finding::Level level) {
  return static_cast<std::size_t>(std::ranges::count(findings, level, &Finding::level));
}

const Finding* find(const std::vector<Finding>& findings, std::string_view subject) {
  const auto found = std::ranges::find(findings, subject, &Finding::subject);
  return found == findings.end() ? nullptr : &*found;
}

TEST(Examine, FindsNothingWrongInASoundDirectoryAlsoBesideItsWriter) {
  Stocked stocked;
  for (int pass = 0; pass < 2; ++pass) {
    const auto findings = examine(stocked.data(), stocked.now());
    EXPECT_EQ(count(findings, Finding::Level::problem), 0U) << told(findings);
    ASSERT_NE(find(findings, "segments"), nullptr) << told(findings);
    EXPECT_EQ(find(findings, "segments")->text, "7 events in 3 segments, all as they were written, none missing");
    EXPECT_EQ(find(findings, "identities")->text, "no event is there twice");
    EXPECT_NE(find(findings, "journal-2026-12.db: ledger"), nullptr) << told(findings);
    EXPECT_EQ(find(findings, "quarantine")->level, Finding::Level::note);
    EXPECT_NE(find(findings, "quarantine")->text.find("1 events"), std::string::npos);
    stocked.rest();
  }
}

TEST(Examine, ChangesNothing) {
  Stocked stocked;
  stocked.rest();
  const auto before = events_in(stocked.data());
  const auto written = std::filesystem::last_write_time(stocked.data() / "journal-2026-11.db");
  (void)examine(stocked.data(), stocked.now());
  EXPECT_EQ(events_in(stocked.data()), before);
  EXPECT_EQ(std::filesystem::last_write_time(stocked.data() / "journal-2026-11.db"), written);
}

/// Done to a directory at rest: by SQL to a file of it.
struct Harm {
  const char* name;
  const char* file;
  const char* sql;
  const char* subject;
  const char* says;
};

class HarmTest : public testing::TestWithParam<Harm> {};

TEST_P(HarmTest, IsFoundAndSaysWhatToDo) {
  Stocked stocked;
  stocked.rest();
  { sqlite::Handle(stocked.data() / GetParam().file, sqlite::Access::write).run(GetParam().sql); }
  const auto findings = examine(stocked.data(), stocked.now());
  const auto harmed = std::ranges::find_if(findings, [](const Finding& finding) {
    return finding.level == Finding::Level::problem && finding.subject == GetParam().subject;
  });
  ASSERT_NE(harmed, findings.end()) << told(findings);
  EXPECT_NE(harmed->text.find(GetParam().says), std::string::npos) << harmed->text;
  EXPECT_NE(harmed->advice, "");
}

INSTANTIATE_TEST_SUITE_P(
    Examine, HarmTest,
    testing::Values(
        Harm{"segment", "journal-2026-11.db", "UPDATE segment SET body = zeroblob(length(body)) WHERE first_seq = 5",
             "segments", "segment at seq 5: the checksum does not match"},
        Harm{"times", "journal-2026-11.db", "UPDATE segment SET min_te = 0 WHERE first_seq = 1", "segments",
             "row and body disagree"},
        Harm{"missing", "journal-2026-11.db", "DELETE FROM segment WHERE first_seq = 5", "segments",
             "events 5 to 5 are missing"},
        Harm{"ledger", "journal-2026-11.db", "UPDATE ledger_line SET stored = stored + 1", "journal-2026-11.db: ledger",
             "were counted as stored"},
        Harm{"newer", "journal-2026-11.db", "PRAGMA user_version = 1000", "journal-2026-11.db: schema",
             "schema 1000, but this program knows"},
        Harm{"chain", "catalogue.db", "UPDATE change SET actor = 'nobody' WHERE seq = 1", "catalogue.db: history",
             "breaks at change 1"},
        Harm{"document", "catalogue.db", "UPDATE document SET text = '[]'", "catalogue.db: history",
             "flag \"banner\" is not what its last change made it"},
        Harm{"extra", "catalogue.db", "INSERT INTO document VALUES (1, 'flag', 'other', 1, 0, '{}', 1)",
             "catalogue.db: history", "flag \"other\" is not what"},
        Harm{"secret", "catalogue.db", "DELETE FROM secret", "catalogue.db: secret", "lost its fingerprint key"}),
    [](const auto& one) { return one.param.name; });

TEST(Examine, FindsAMonthThatIsGone) {
  Stocked stocked;
  stocked.rest();
  std::filesystem::remove(stocked.data() / "journal-2026-11.db");
  const auto findings = examine(stocked.data(), stocked.now());
  ASSERT_NE(find(findings, "segments"), nullptr) << told(findings);
  EXPECT_EQ(find(findings, "segments")->text, "events 1 to 5 are missing");
}

TEST(Examine, FindsAnEventThatIsThereTwice) {
  Stocked stocked;
  stocked.rest();
  const auto twin = stored({purchase("a", "u1", kNoon)}, 8);
  auto journal = Journal::open(stocked.directory()).value();
  const JournalEntry entry{1, twin, {{.counts = {1, 0, 0, 0, 0}}}};
  ASSERT_TRUE(journal.append(stocked.now(), {&entry, 1}).ok());
  const auto findings = examine(stocked.data(), stocked.now());
  EXPECT_EQ(find(findings, "identities")->text, "1 events are there twice") << told(findings);
  EXPECT_EQ(find(findings, "identities")->level, Finding::Level::problem);
}

TEST(Examine, FindsADamagedPage) {
  Stocked stocked;
  stocked.rest();
  std::fstream file(stocked.data() / "journal-2026-11.db", std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);  // the second page's header
  file << std::string(8, 'x');
  file.close();
  EXPECT_GT(count(examine(stocked.data(), stocked.now()), Finding::Level::problem), 0U);
}

TEST(Examine, FindsWhatIsWrongAroundTheFiles) {
  Stocked stocked;
  stocked.rest();
  ASSERT_EQ(chmod(stocked.data().c_str(), 0755), 0);
  std::ofstream(stocked.data() / "copy.db") << "x";
  std::ofstream(stocked.data() / "checkpoint-1") << "x";
  std::filesystem::create_directory(stocked.data() / "backups");
  std::ofstream(stocked.data() / "backups" / "journal-2026-11-schema-1.db.partial") << "x";
  const auto findings = examine(stocked.data(), kNoon);
  EXPECT_EQ(find(findings, "permissions")->level, Finding::Level::problem);
  EXPECT_EQ(find(findings, "files")->text, "copy.db belongs to nobody here");
  EXPECT_EQ(find(findings, "backups/journal-2026-11-schema-1.db.partial")->level, Finding::Level::note);
  EXPECT_EQ(find(findings, "clock")->level, Finding::Level::problem) << "the newest event is of December";
}

TEST(Examine, SaysWhereThereIsNothing) {
  const TemporaryPlace place;
  EXPECT_EQ(examine(place.data(), kNoon).at(0).level, Finding::Level::problem);
  std::filesystem::create_directories(place.data());
  EXPECT_EQ(find(examine(place.data(), kNoon), "catalogue.db")->text, "it is missing");
}

}  // namespace
}  // namespace touchstone::storage
