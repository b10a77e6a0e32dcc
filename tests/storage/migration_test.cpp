// Directories that former programs wrote, opened by this one.

#include <gtest/gtest.h>

#include "storage/examine.hpp"
#include "storage/schemas.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/handle.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/statement.hpp"
#include "tests/storage/erasing.hpp"
#include "tests/storage/former.hpp"
#include "tests/storage/stocked.hpp"

namespace touchstone::storage {
namespace {

TEST(FormerJournal, KeepsItsEventsAndItsCounts) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  write_first_schema(directory.path() / "journal-2026-11.db");
  { const auto catalogue = Catalogue::open(directory).value(); }
  {
    const auto journal = Journal::open(directory).value();
    EXPECT_EQ(journal.last_seq(), 8U);
  }
  EXPECT_EQ(events_in(directory.path()).size(), 8U);
  JournalReader reader(directory);
  const auto ledgers = reader.ledgers().value();
  EXPECT_EQ(ledgers.at(1).total(), (Ledger{8, 3, 1, 2, 5}));
  EXPECT_EQ(ledgers.at(2).total(), (Ledger{0, 0, 0, 0, 4}));
  EXPECT_EQ(reader.ledger(1, Time{}, kNoon).value(), (std::vector<LedgerLine>{{Time{}, 0, "", {8, 3, 1, 2, 5}}}));
  for (const Finding& finding : examine(directory.path(), kNoon))
    EXPECT_NE(finding.level, Finding::Level::problem) << finding.subject << ": " << finding.text;
  const sqlite::Handle copy(directory.backups() / "journal-2026-11-schema-1.db", sqlite::Access::read);
  EXPECT_EQ(sqlite::schema_version(copy), 1);
}

TEST(FormerJournal, IsNamedByTheExaminationBeforeItIsOpened) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  write_first_schema(directory.path() / "journal-2026-11.db");
  { const auto catalogue = Catalogue::open(directory).value(); }
  std::string said;
  for (const Finding& finding : examine(directory.path(), kNoon))
    if (finding.subject == "journal-2026-11.db: schema") said = finding.text;
  EXPECT_EQ(said, "schema 1 of " + std::to_string(journal_schema()));
  const Status read = JournalReader(directory).scan({}, [](auto, auto&&) { return true; });
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("has schema 1"), std::string::npos) << read.error().message;
}

TEST(FormerCatalogue, OfTheFirstSchemaIsBroughtUp) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  write_former_catalogue(directory.catalogue(), 1);
  {
    const auto catalogue = Catalogue::open(directory).value();
    EXPECT_EQ(catalogue.environments()->size(), 1U);
    EXPECT_EQ(catalogue.receipt({}).error().code, ErrorCode::not_found);
  }
  EXPECT_EQ(sqlite::schema_version(sqlite::Handle(directory.catalogue(), sqlite::Access::read)), catalogue_schema());
}

TEST(FormerCatalogue, OfTheSecondSchemaLearnsToForget) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  write_former_catalogue(directory.catalogue(), 2);
  {
    const auto writer = Writer::open(directory, {}).value();
    const UnitName unit{"user", "u1"};
    ASSERT_TRUE(order_erasure(*writer, unit).ok());
    ASSERT_TRUE(writer->erase_and_wait(1, {unit}).ok());
  }
  const auto catalogue = Catalogue::read(directory).value();
  EXPECT_EQ(catalogue->erasures()->size(), 1U);
  EXPECT_EQ(catalogue->backups()->size(), 0U);
  EXPECT_EQ(sqlite::schema_version(sqlite::Handle(directory.catalogue(), sqlite::Access::read)), catalogue_schema());
}

TEST(FormerCatalogue, OfTheThirdSchemaLetsPeopleInAndKeepsItsKeys) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  write_former_catalogue(directory.catalogue(), 3);
  {
    sqlite::Handle db(directory.catalogue(), sqlite::Access::write);
    db.run(
        "INSERT INTO api_key(environment, kind, name, prefix, sha256, created) VALUES (1, 3, 'k', 'p', zeroblob(32), "
        "5)");
  }
  auto catalogue = Catalogue::open(directory).value();
  EXPECT_EQ(catalogue.keys(1)->size(), 1U);
  EXPECT_EQ(catalogue.people(1)->size(), 0U);
  Person ada;
  ada.environment = 1;
  ada.email = "ada@example.com";
  const auto added = catalogue.add_person(ada);
  ASSERT_TRUE(added) << added.error().message;
  EXPECT_TRUE(catalogue.open_session({{}, added->id, kNoon, kNoon}));
  EXPECT_TRUE(std::filesystem::exists(directory.backups() / "catalogue-schema-3.db"));
  EXPECT_EQ(sqlite::schema_version(sqlite::Handle(directory.catalogue(), sqlite::Access::read)), catalogue_schema());
}

TEST(FormerJournal, OfTheSecondSchemaLosesAnErasedUnit) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  const auto file = directory.path() / "journal-2026-11.db";
  write_former_journal(file, 2);
  const auto writer = Writer::open(directory, {}).value();
  const Status made = writer->change_and_wait([](Catalogue& catalogue) -> Status {
    const auto environment = catalogue.create_environment("default", "production");
    return environment ? ok() : Status(environment.error());
  });
  ASSERT_TRUE(made.ok());
  const UnitName unit{"user", "u1"};
  ASSERT_TRUE(order_erasure(*writer, unit).ok());
  ASSERT_TRUE(writer->erase_and_wait(1, {unit}).ok());
  EXPECT_EQ(events_in(directory.path()).size(), 2U) << "of another user";
  EXPECT_EQ(JournalReader(directory).last_seq().value(), 8U);
  for (const Finding& finding : examine(directory.path(), kNoon))
    EXPECT_NE(finding.level, Finding::Level::problem) << finding.subject << ": " << finding.text;
}

TEST(FormerDirectory, OfTheThirdAndFourthSchemaLetsOldEventsGo) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  write_former_journal(directory.path() / "journal-2026-11.db", 3);
  write_former_catalogue(directory.catalogue(), 4);
  const auto writer = Writer::open(directory, {}).value();
  const Status ordered = writer->change_and_wait([](Catalogue& catalogue) {
    return catalogue.order_expiry({1, kNoon + std::chrono::hours(72), kNoon, 1, {}});
  });
  ASSERT_TRUE(ordered.ok()) << ordered.error().message;
  ASSERT_TRUE(writer->expire_and_wait(1).ok());
  EXPECT_EQ(JournalReader(directory).expired(1).value().events.count(), 2U);
  EXPECT_EQ(events_in(directory.path()).size(), 6U) << "a link and traits of the older segment";
  EXPECT_TRUE(std::filesystem::exists(directory.backups() / "journal-2026-11-schema-3.db"));
  EXPECT_TRUE(std::filesystem::exists(directory.backups() / "catalogue-schema-4.db"));
  for (const Finding& finding : examine(directory.path(), kNoon))
    EXPECT_NE(finding.level, Finding::Level::problem) << finding.subject << ": " << finding.text;
}

}  // namespace
}  // namespace touchstone::storage
