#include <fmt/format.h>

#include "storage/examine/parts.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/failure.hpp"
#include "storage/sqlite/handle.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/statement.hpp"

namespace touchstone::storage::examination {
namespace {

constexpr std::string_view kRestore = "Restore this file from a backup (touchstone restore).";

Finding schema(const std::string& name, int version, int newest) {
  const std::string subject = name + ": schema";
  if (version > newest)
    return problem(subject, fmt::format("schema {}, but this program knows schemas up to {}", version, newest),
                   "Use the program that wrote it, or a newer one.");
  if (version == 0) return problem(subject, "there is no schema in it", std::string(kRestore));
  if (version < newest)
    return note(subject, fmt::format("schema {} of {}", version, newest),
                "Nothing: the next start migrates it, after a copy.");
  return fine(subject, fmt::format("schema {}", version));
}

Status pages(sqlite::Handle& db) {
  sqlite::Statement check(db, sql::connection::check_all);
  auto row = check();
  if (row.step() && row.text(0) == "ok") return ok();
  return Error{ErrorCode::internal, std::string(row.text(0)), {}, std::string(kRestore)};
}

Status references(sqlite::Handle& db) {
  sqlite::Statement check(db, sql::connection::foreign_keys);
  auto row = check();
  if (!row.step()) return ok();
  return Error{ErrorCode::internal,
               fmt::format("row {} of {} refers to nothing", row.integer(1), row.text(0)),
               {},
               std::string(kRestore)};
}

}  // namespace

bool examine_database(const std::filesystem::path& file, int newest_schema, Findings& findings) {
  const std::string name = file.filename().string();
  const Status opened = sqlite::answering([&]() -> Status {
    sqlite::Handle db(file, sqlite::Access::read);
    const int version = sqlite::schema_version(db);
    findings.push_back(schema(name, version, newest_schema));
    findings.push_back(told(name + ": pages", pages(db), "every page is sound", kRestore));
    if (const Status sound = references(db); !sound)
      findings.push_back(told(name + ": references", sound, "", kRestore));
    if (version == newest_schema) return ok();
    return Error{ErrorCode::invalid, {}, {}, {}};
  });
  if (!opened && !opened.error().message.empty())
    findings.push_back(problem(name, opened.error().message, std::string(kRestore)));
  return opened.ok();
}

Finding examine_copy(const std::filesystem::path& file, const std::string& name) {
  const Status sound = sqlite::answering([&] {
    sqlite::Handle db(file, sqlite::Access::read);
    return pages(db);
  });
  return told(name, sound, "a sound copy of a former schema", "Remove it: nothing can be restored from it.");
}

}  // namespace touchstone::storage::examination
