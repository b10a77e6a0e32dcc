#include "storage/query.hpp"

#include <gtest/gtest.h>

#include "storage/sqlite/handle.hpp"
#include "tests/storage/stocked.hpp"

namespace touchstone::storage {
namespace {

std::string text_of(const QueryValue& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* number = std::get_if<double>(&value)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string_view>(&value)) return std::string(*text);
  return "NULL";
}

/// Rows with | between cells, each in a line; or the error.
std::string answer(const std::filesystem::path& directory, std::string_view select) {
  std::string text;
  const Status answered = query_events(directory, select,
                                       {[](auto) {},
                                        [&](auto values) {
                                          for (const QueryValue& value : values) text += text_of(value) + "|";
                                          text.back() = '\n';
                                          return true;
                                        }});
  return answered ? text : "error: " + answered.error().message;
}

class QueryTest : public testing::Test {
 protected:
  std::string ask(std::string_view select) { return answer(stocked_.data(), select); }

  Stocked stocked_;
};

TEST_F(QueryTest, ShowsEverythingAnEventHas) {
  EXPECT_EQ(ask("SELECT * FROM events WHERE seq = 1"),
            "1|default/production|exposure|x1|user|u1|2026-11-21T12:00:00.000000Z|2026-11-21T12:00:00.000000Z|"
            "2026-11-21T12:00:00.000000Z|NULL|checkout|one-page|4294967310|NULL|{\"country\":\"DE\"}|NULL|NULL|NULL|"
            "NULL|NULL\n");
  EXPECT_EQ(ask("SELECT type, unit, name, value, json_extract(attributes, '$.margin'), channel, touchpoint, to_unit "
                "FROM events WHERE seq IN (2, 3)"),
            "event|u2|purchase|49.900000|12.500000|web|basket|NULL\nlink|d9|NULL|NULL|NULL|NULL|NULL|u1\n");
}

TEST_F(QueryTest, CountsGroupsAndDates) {
  EXPECT_EQ(ask("SELECT strftime('%Y-%m', te) AS month, count(*) FROM events WHERE name = 'purchase' GROUP BY month"),
            "2026-11|2\n2026-12|2\n");
  EXPECT_EQ(ask("SELECT count(*) FROM events"), "7\n");
}

TEST_F(QueryTest, BoundsGiveTheSameRowsAsNoBounds) {
  EXPECT_EQ(ask("SELECT seq FROM events WHERE te >= '2026-12'"), "6\n7\n");
  EXPECT_EQ(ask("SELECT seq FROM events WHERE te < '2026-11-21'"), "3\n");
  EXPECT_EQ(ask("SELECT seq FROM events WHERE te <= '2026-11-21T12:00:00.000000Z'"), "1\n3\n5\n");
  EXPECT_EQ(ask("SELECT seq FROM events WHERE te > '2026-11-21T12:00:00.000000Z' AND te < '2026-11-22'"), "2\n4\n");
  EXPECT_EQ(ask("SELECT seq FROM events WHERE seq BETWEEN 4 AND 6"), "4\n5\n6\n");
  EXPECT_EQ(ask("SELECT count(*) FROM events WHERE environment = 'default/production'"), "7\n");
  EXPECT_EQ(ask("SELECT count(*) FROM events WHERE environment = 'default/staging'"), "0\n");
  EXPECT_EQ(ask("SELECT count(*) FROM events WHERE te > 1"), "7\n") << "compared as texts";
  EXPECT_EQ(ask("SELECT count(*) FROM events AS a JOIN events AS b ON b.seq = a.seq"), "7\n");
}

// A segment that cannot be read tells whether it was.
TEST_F(QueryTest, SegmentsBeyondTheBoundsAreNotRead) {
  stocked_.rest();
  { sqlite::Handle(stocked_.data() / "journal-2026-11.db", sqlite::Access::write).run("UPDATE segment SET crc32 = 0"); }
  EXPECT_EQ(ask("SELECT count(*) FROM events WHERE te >= '2026-12-01'"), "2\n");
  EXPECT_EQ(ask("SELECT count(*) FROM events WHERE seq >= 6"), "2\n");
  EXPECT_NE(ask("SELECT count(*) FROM events").find("the checksum does not match"), std::string::npos);
}

TEST_F(QueryTest, ReadsAndNothingElse) {
  for (const char* statement :
       {"DELETE FROM events", "CREATE TABLE t(a)", "ATTACH '/etc/passwd' AS other", "PRAGMA journal_mode",
        "SELECT load_extension('x')", "BEGIN", "SELECT 1; SELECT 2", "", "SELECT nothing FROM events"})
    EXPECT_EQ(ask(statement).substr(0, 6), "error:") << statement;
}

TEST_F(QueryTest, SeesWhatWasAcknowledged) {
  stocked_.send({purchase("fresh", "u9", stocked_.now())});
  EXPECT_EQ(ask("SELECT id FROM events WHERE unit = 'u9'"), "fresh\n");
}

}  // namespace
}  // namespace touchstone::storage
