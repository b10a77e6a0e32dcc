#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "assign/result.hpp"
#include "storage/sqlite/handle.hpp"

namespace touchstone::storage::sqlite {

/// Brings the schema up to the last of `steps`; step n ends with `PRAGMA user_version = n`. All missing steps run in
/// one transaction; a file that has a schema already is first copied into `backups`, and the copy checked. Error
/// invalid: the file was written by a newer program; it is left as it is. Throws Failure.
Status migrate(Handle& handle, std::span<const std::string_view> steps, const std::filesystem::path& backups);

[[nodiscard]] int schema_version(const Handle& handle);

}  // namespace touchstone::storage::sqlite
