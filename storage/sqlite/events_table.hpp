#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "storage/sqlite/handle.hpp"

namespace touchstone::storage::sqlite {

/// Adds the table `events` over the segments of a directory to a connection, read-only. `environments` names what the
/// segments number. Throws Failure.
void add_events_table(Handle& to, const std::filesystem::path& directory,
                      std::map<std::uint32_t, std::string> environments);

}  // namespace touchstone::storage::sqlite
