#include "storage/sqlite/statement.hpp"

#include <string>

#include <sqlite3.h>

#include "storage/sqlite/failure.hpp"

namespace touchstone::storage::sqlite {
namespace {

[[noreturn]] void fail(sqlite3_stmt* statement, int code) {
  sqlite3* db = sqlite3_db_handle(statement);
  const char* file = sqlite3_db_filename(db, "main");
  throw Failure(code, std::string(file == nullptr ? "" : file) + ": " + sqlite3_errmsg(db));
}

void accept(sqlite3_stmt* statement, int code) {
  if (code != SQLITE_OK) fail(statement, code);
}

/// SQLite takes a null pointer for NULL; an empty text is not that.
const char* start_of(std::string_view text) { return text.data() == nullptr ? "" : text.data(); }

}  // namespace

Rows::~Rows() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Rows::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(statement_, code);
}

std::string_view Rows::text(int column) const noexcept {
  const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Rows::bytes(int column) const noexcept {
  const auto* start = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool Rows::null(int column) const noexcept { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::int64_t Rows::integer(int column) const noexcept { return sqlite3_column_int64(statement_, column); }

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }

Statement::Statement(const Handle& handle, std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle.raw(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                      &statement, nullptr);
  statement_.reset(statement);
  if (code != SQLITE_OK) handle.fail(code);
}

void Statement::bind(int index, std::string_view text) {
  accept(statement_.get(),
         sqlite3_bind_text64(statement_.get(), index, start_of(text), text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind(int index, Blob blob) {
  accept(statement_.get(),
         sqlite3_bind_blob64(statement_.get(), index, start_of(blob.bytes), blob.bytes.size(), SQLITE_STATIC));
}

void Statement::bind(int index, std::nullopt_t) {
  accept(statement_.get(), sqlite3_bind_null(statement_.get(), index));
}

void Statement::bind_integer(int index, std::int64_t value) {
  accept(statement_.get(), sqlite3_bind_int64(statement_.get(), index, value));
}

}  // namespace touchstone::storage::sqlite
