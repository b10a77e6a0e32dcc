#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "storage/time.hpp"

namespace touchstone::storage {

/// What was looked at in a data directory and how it was found.
struct Finding {
  enum class Level : std::uint8_t {
    ok,
    note,     ///< nothing is lost or wrong; somebody may want to know
    problem,  ///< something is damaged, missing or about to fail
  };

  std::string subject;  ///< "space", "permissions", "catalogue.db: pages", ...
  Level level = Level::ok;
  std::string text;    ///< what is so
  std::string advice;  ///< what to do; empty where it is ok

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// Looks at everything in a data directory and changes nothing, also beside the process that serves it: the folder, its
/// permissions, its space, files that belong to nobody, the clock; the schema, the pages and the chain of the
/// catalogue; of each journal file the schema, pages, every segment's checksum and content, the ledger; over all files
/// the order of events and that none is there twice; and whether what was acknowledged last is there. Copies made
/// before migrations are opened too. Reads every byte once, and the events again for each 4 million of them, so that it
/// needs no more than 64 MiB for identities.
[[nodiscard]] std::vector<Finding> examine(const std::filesystem::path& directory, Time now);

}  // namespace touchstone::storage
