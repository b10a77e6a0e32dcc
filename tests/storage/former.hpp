#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "storage/segment.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/handle.hpp"
#include "storage/sqlite/statement.hpp"
#include "tests/storage/sample.hpp"

/// Files as former programs wrote them.
namespace touchstone::storage {

/// A journal of schema 1: two segments of four events each, and a ledger of one line per environment.
inline void write_first_schema(const std::filesystem::path& file) {
  sqlite::Handle db(file, sqlite::Access::write);
  db.run(sql::migration::journal::step_0001_segments);
  sqlite::Statement add(db, sql::journal::segment_add);
  for (const std::uint64_t first : {1U, 5U}) {
    auto events = one_of_each();
    for (Event& event : events) event.ts += std::chrono::hours(24 * first);
    const auto rows = stored(events, first);
    const auto [least, most] =
        std::minmax_element(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.te < b.te; });
    const std::string body = encode_segment(1, rows);
    add.run(first, first + 3, 1U, 4U, least->te, most->te, rows[0].received, rows[0].received, 1U,
            segment_checksum(body), sqlite::Blob{body});
  }
  db.run("INSERT INTO ledger VALUES (1, 8, 3, 1, 2, 5), (2, 0, 0, 0, 0, 4)");
}

/// The same of schema 1, 2 or 3.
inline void write_former_journal(const std::filesystem::path& file, int schema) {
  write_first_schema(file);
  sqlite::Handle db(file, sqlite::Access::write);
  if (schema > 1) db.run(sql::migration::journal::step_0002_ledger_lines);
  if (schema > 2) db.run(sql::migration::journal::step_0003_erased);
}

/// A catalogue of schema 1 to 4 with one environment.
inline void write_former_catalogue(const std::filesystem::path& file, int schema) {
  constexpr std::array steps{
      sql::migration::catalogue::step_0001_documents, sql::migration::catalogue::step_0002_receipts,
      sql::migration::catalogue::step_0003_erasures, sql::migration::catalogue::step_0004_people};
  sqlite::Handle db(file, sqlite::Access::write);
  for (int step = 0; step < schema; ++step) db.run(steps.at(static_cast<std::size_t>(step)));
  db.run("INSERT INTO environment(project, key) VALUES ('default', 'production')");
}

}  // namespace touchstone::storage
