#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "assign/result.hpp"
#include "storage/directory.hpp"
#include "storage/examine.hpp"
#include "storage/writer.hpp"

namespace touchstone::storage {

/// What a backup holds.
struct BackupSummary {
  std::uint64_t last_seq = 0;  ///< every event up to it
  std::size_t files = 0;
  std::uint64_t bytes = 0;
};

/// Copies a directory that is being served into `target`, which must be new: the catalogue and every journal as they
/// were at one moment between two commits, so they belong together. Writing goes on meanwhile. The copy is synced,
/// listed in B2SUMS.txt (BLAKE2b-512, as `b2sum -c` reads it), examined as a whole, and only then gets its name.
/// Errors: conflict where there is something at `target`; unavailable; internal where the copy is not sound.
[[nodiscard]] Result<BackupSummary> back_up(Writer& writer, const Directory& directory,
                                            const std::filesystem::path& target, Time now);

/// Makes the data directory `data`, which must be new or empty, from a backup: after its sums and its content were
/// examined, with the epoch of every environment raised, so that no client sees its configuration go back. All or
/// nothing. Errors: conflict where `data` is not empty; not_found where `backup` is none; internal where it is not
/// sound.
[[nodiscard]] Result<BackupSummary> restore(const std::filesystem::path& backup, const std::filesystem::path& data,
                                            Time now);

}  // namespace touchstone::storage
