#include "storage/sqlite/handle.hpp"

#include <string>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "storage/sql_text.hpp"
#include "storage/sqlite/failure.hpp"
#include "storage/sqlite/statement.hpp"

namespace touchstone::storage::sqlite {
namespace {

constexpr int kBusyMillis = 1000;

int flags_of(Access access) {
  constexpr int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (access == Access::read) return common | SQLITE_OPEN_READONLY;
  return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

std::string_view settings_of(Access access) {
  return access == Access::read ? sql::connection::reader : sql::connection::writer;
}

}  // namespace

Error error_of(const Failure& failure) {
  const int primary = failure.code() & 0xFF;
  const bool damaged = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
  return {damaged ? ErrorCode::internal : ErrorCode::unavailable, failure.what(), {}, {}};
}

void Handle::Close::operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }

Handle::Handle(const std::filesystem::path& file, Access access) : file_(file) {
  const std::string name = access == Access::memory ? ":memory:" : file.string();
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &db, flags_of(access), nullptr);
  db_.reset(db);
  if (code != SQLITE_OK) fail(code);
  sqlite3_busy_timeout(db, kBusyMillis);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (access == Access::read) keep_log_on_close();
  run(settings_of(access));
}

void Handle::run(std::string_view script) {
  const std::string text(script);
  const int code = sqlite3_exec(raw(), text.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t Handle::last_rowid() const noexcept { return sqlite3_last_insert_rowid(raw()); }

void Handle::checkpoint() {
  const int code = sqlite3_wal_checkpoint_v2(raw(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

void Handle::rebuild() {
  run(sql::connection::vacuum);
  checkpoint();
}

void Handle::sync_folder() const {
  const int folder = open(file_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = folder >= 0 && fsync(folder) == 0;
  if (folder >= 0) close(folder);
  if (!synced) throw Failure(SQLITE_IOERR_DIR_FSYNC, file_.parent_path().string() + ": cannot sync the folder");
}

void Handle::keep_log_on_close() noexcept { sqlite3_db_config(raw(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr); }

void Handle::check() {
  Statement check(*this, sql::connection::check);
  auto row = check();
  if (!row.step() || row.text(0) != "ok") {
    throw Failure(SQLITE_CORRUPT, file_.string() + " is damaged: " + std::string(row.text(0)));
  }
}

void Handle::copy_to(const std::filesystem::path& file) {
  Handle copy(file, Access::write);
  sqlite3_backup* backup = sqlite3_backup_init(copy.raw(), "main", raw(), "main");
  if (backup == nullptr) copy.fail(sqlite3_errcode(copy.raw()));
  sqlite3_backup_step(backup, -1);
  const int code = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK) copy.fail(code);
  copy.checkpoint();
  copy.check();
}

void Handle::fail(int code) const {
  const std::string_view reason = db_ && sqlite3_errcode(raw()) != SQLITE_OK ? sqlite3_errmsg(raw()) : "";
  throw Failure(code, file_.string() + ": " + std::string(reason.empty() ? sqlite3_errstr(code) : reason));
}

}  // namespace touchstone::storage::sqlite
