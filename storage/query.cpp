#include "storage/query.hpp"

#include <map>
#include <vector>

#include <sqlite3.h>

#include "storage/catalogue.hpp"
#include "storage/sqlite/events_table.hpp"
#include "storage/sqlite/failure.hpp"

namespace touchstone::storage {
namespace {

/// Reading alone: no pragma, no other file, no table of its own.
int allow(void*, int action, const char*, const char*, const char*, const char*) {
  const bool reads =
      action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE;
  return reads ? SQLITE_OK : SQLITE_DENY;
}

Error refused(sqlite3* db) {
  return {ErrorCode::invalid, sqlite3_errmsg(db), {}, "Write one SELECT over the table events."};
}

struct Finalize {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

Result<Prepared> prepare(sqlite3* db, std::string_view select) {
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v2(db, select.data(), static_cast<int>(select.size()), &statement, &rest);
  Prepared prepared(statement);
  if (code != SQLITE_OK) return refused(db);
  const auto after = select.substr(static_cast<std::size_t>(rest - select.data()));
  if (!prepared || after.find_first_not_of(" \t\r\n;") != std::string_view::npos)
    return Error{ErrorCode::invalid, "this is not one statement", {}, "Write one SELECT over the table events."};
  return prepared;
}

QueryValue value_of(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL:
      return std::monostate{};
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    default: {
      const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
      return std::string_view(start, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    }
  }
}

Status tell(sqlite3* db, sqlite3_stmt* statement, const QueryListener& listener) {
  const int columns = sqlite3_column_count(statement);
  std::vector<std::string> names;
  for (int column = 0; column < columns; ++column) names.emplace_back(sqlite3_column_name(statement, column));
  listener.columns(names);
  std::vector<QueryValue> values(names.size());
  int code = sqlite3_step(statement);
  for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
    for (int column = 0; column < columns; ++column)
      values[static_cast<std::size_t>(column)] = value_of(statement, column);
    if (!listener.row(values)) return ok();
  }
  if (code == SQLITE_DONE) return ok();
  if (code == SQLITE_ERROR) return refused(db);
  return sqlite::error_of(sqlite::Failure(code, sqlite3_errmsg(db)));
}

Result<std::map<std::uint32_t, std::string>> names_of_environments(const std::filesystem::path& directory) {
  const auto catalogue = Catalogue::read(directory);
  if (!catalogue) return catalogue.error();
  const auto environments = (*catalogue)->environments();
  if (!environments) return environments.error();
  std::map<std::uint32_t, std::string> names;
  for (const Environment& one : *environments) names.emplace(one.id, one.project + "/" + one.key);
  return names;
}

}  // namespace

Status query_events(const std::filesystem::path& directory, std::string_view select, const QueryListener& listener) {
  auto environments = names_of_environments(directory);
  if (!environments) return environments.error();
  return sqlite::answering([&]() -> Status {
    sqlite::Handle db({}, sqlite::Access::memory);
    sqlite::add_events_table(db, directory, std::move(*environments));
    sqlite3_set_authorizer(db.raw(), allow, nullptr);
    const auto statement = prepare(db.raw(), select);
    if (!statement) return statement.error();
    return tell(db.raw(), statement->get(), listener);
  });
}

}  // namespace touchstone::storage
