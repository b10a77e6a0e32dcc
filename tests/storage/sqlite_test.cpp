#include <array>

#include <gtest/gtest.h>

#include "storage/catalogue.hpp"
#include "storage/journal.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/failure.hpp"
#include "storage/sqlite/handle.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/sqlite/transaction.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage::sqlite {
namespace {

std::int64_t number(const Handle& db, std::string_view question) {
  Statement statement(db, question);
  auto row = statement();
  return row.step() ? row.integer(0) : -1;
}

/// By its migrations: of the catalogue or of a journal.
Handle fresh(std::string_view migrations) {
  Handle db({}, Access::memory);
  for (const auto& [file, text] : sql::all)
    if (file.starts_with(migrations)) db.run(text);
  return db;
}

Handle fresh_catalogue() { return fresh("migration/catalogue/"); }

TEST(Queries, AllPrepareOnAFreshDatabase) {
  Handle catalogue = fresh_catalogue();
  Handle journal = fresh("migration/journal/");
  int prepared = 0;
  for (const auto& [file, text] : sql::all) {
    const bool of_catalogue = file.starts_with("catalogue/");
    if (!of_catalogue && !file.starts_with("journal/")) continue;
    EXPECT_NO_THROW(Statement(of_catalogue ? catalogue : journal, text)) << file;
    ++prepared;
  }
  EXPECT_GT(prepared, 30);
}

TEST(Queries, LookUpEventsAndKeysWithoutWalkingTables) {
  Handle catalogue = fresh_catalogue();
  for (const auto text : {sql::catalogue::key_find, sql::catalogue::receipt_find, sql::catalogue::receipt_forget,
                          sql::catalogue::document_find, sql::catalogue::changes, sql::catalogue::history,
                          sql::catalogue::document_version, sql::catalogue::erasure_find}) {
    Statement plan(catalogue, "EXPLAIN QUERY PLAN " + std::string(text));
    for (auto row = plan(); row.step();) EXPECT_NE(row.text(3).substr(0, 4), "SCAN") << text;
  }
}

TEST(Handle, WritesDurablyAndReadsWithoutWriting) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  Handle writer(directory.catalogue(), Access::write);
  writer.run("CREATE TABLE t(a INTEGER) STRICT");
  EXPECT_EQ(number(writer, "PRAGMA synchronous"), 2);
  EXPECT_EQ(number(writer, "PRAGMA mmap_size"), 0);
  EXPECT_EQ(number(writer, "PRAGMA foreign_keys"), 1);
  EXPECT_EQ(number(writer, "PRAGMA trusted_schema"), 0);
  Handle reader(directory.catalogue(), Access::read);
  EXPECT_THROW(reader.run("INSERT INTO t VALUES (1)"), Failure);
}

TEST(Transaction, UndoesWhatWasNotCommitted) {
  Handle db({}, Access::memory);
  db.run("CREATE TABLE t(a INTEGER) STRICT");
  {
    const Transaction transaction(db);
    db.run("INSERT INTO t VALUES (1)");
  }
  EXPECT_EQ(number(db, "SELECT count(*) FROM t"), 0);
}

constexpr std::array<std::string_view, 1> kFirst{"CREATE TABLE t(a INTEGER) STRICT; PRAGMA user_version = 1;"};
constexpr std::array<std::string_view, 2> kSecond{
    kFirst[0], "ALTER TABLE t ADD COLUMN b INTEGER; UPDATE t SET b = a; PRAGMA user_version = 2;"};
constexpr std::array<std::string_view, 2> kBroken{kFirst[0],
                                                  "DELETE FROM t; PRAGMA user_version = 2; SELECT no_such_function();"};

class MigrationTest : public ::testing::Test {
 protected:
  MigrationTest() : directory_(place_.open()), db_(directory_.path() / "some.db", Access::write) {
    EXPECT_TRUE(migrate(db_, kFirst, directory_.backups()).ok());
    db_.run("INSERT INTO t VALUES (5)");
  }

  TemporaryPlace place_;
  Directory directory_;
  Handle db_;
};

TEST_F(MigrationTest, KeepsACheckedCopyOfWhatItChanges) {
  ASSERT_TRUE(migrate(db_, kSecond, directory_.backups()).ok());
  EXPECT_EQ(schema_version(db_), 2);
  EXPECT_EQ(number(db_, "SELECT b FROM t"), 5);
  Handle copy(directory_.backups() / "some-schema-1.db", Access::read);
  EXPECT_EQ(schema_version(copy), 1);
  EXPECT_EQ(number(copy, "SELECT a FROM t"), 5);
}

TEST_F(MigrationTest, LeavesTheOldSchemaWhereAStepFails) {
  EXPECT_THROW((void)migrate(db_, kBroken, directory_.backups()), Failure);
  EXPECT_EQ(schema_version(db_), 1);
  EXPECT_EQ(number(db_, "SELECT a FROM t"), 5);
}

TEST_F(MigrationTest, RefusesANewerSchema) {
  db_.run("PRAGMA user_version = 7");
  const Status migrated = migrate(db_, kSecond, directory_.backups());
  ASSERT_FALSE(migrated.ok());
  EXPECT_EQ(migrated.error().code, ErrorCode::invalid);
  EXPECT_NE(migrated.error().message.find("has schema 7"), std::string::npos);
  EXPECT_EQ(schema_version(db_), 7);
}

TEST(Opening, RefusesACatalogueOfANewerProgram) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  { const auto fresh = Catalogue::open(directory).value(); }
  { Handle(directory.catalogue(), Access::write).run("PRAGMA user_version = 1000"); }
  const auto opened = Catalogue::open(directory);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::invalid);
}

TEST(Opening, RefusesAFileThatIsNoDatabase) {
  const TemporaryPlace place;
  const Directory directory = place.open();
  FILE* file = std::fopen((directory.path() / "journal-2026-01.db").c_str(), "w");
  ASSERT_NE(file, nullptr);
  std::fputs(std::string(8192, 'x').c_str(), file);
  std::fclose(file);
  const auto opened = Journal::open(directory);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::internal);
  EXPECT_NE(opened.error().message.find("journal-2026-01.db"), std::string::npos) << opened.error().message;
}

}  // namespace
}  // namespace touchstone::storage::sqlite
