#include "storage/sqlite/migrate.hpp"

#include <fmt/format.h>

#include "storage/sql_text.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/sqlite/transaction.hpp"

namespace touchstone::storage::sqlite {
namespace {

Error newer(const Handle& handle, int version, std::size_t known) {
  return {
      ErrorCode::invalid,
      fmt::format("{} has schema {}, but this program knows schemas up to {}", handle.file().string(), version, known),
      {},
      "Start the newer program, or go back to the copy it made in the directory's backups."};
}

/// An older copy of the same schema is kept: it was made before a migration that did not finish.
void back_up(Handle& handle, int version, const std::filesystem::path& backups) {
  std::filesystem::create_directories(backups);
  const auto name = fmt::format("{}-schema-{}.db", handle.file().stem().string(), version);
  const auto partial = backups / (name + ".partial");
  std::filesystem::remove(partial);
  handle.copy_to(partial);
  std::filesystem::rename(partial, backups / name);
}

}  // namespace

int schema_version(const Handle& handle) {
  Statement version(handle, sql::connection::schema_version);
  auto row = version();
  return row.step() ? row.number<int>(0) : 0;
}

Status migrate(Handle& handle, std::span<const std::string_view> steps, const std::filesystem::path& backups) {
  const int version = schema_version(handle);
  const auto done = static_cast<std::size_t>(version);
  if (version < 0 || done > steps.size()) return newer(handle, version, steps.size());
  if (done == steps.size()) return ok();
  if (done > 0) back_up(handle, version, backups);
  Transaction transaction(handle);
  for (const std::string_view step : steps.subspan(done)) handle.run(step);
  transaction.commit();
  return ok();
}

}  // namespace touchstone::storage::sqlite
