#pragma once

#include <filesystem>
#include <vector>

#include "assign/result.hpp"

namespace touchstone::storage {

/// B2SUMS.txt of a folder: a line per file, 128 hex digits of BLAKE2b-512, two spaces, the name. `b2sum -c` reads it.
[[nodiscard]] std::filesystem::path sums_of(const std::filesystem::path& folder);

/// Errors: unavailable.
[[nodiscard]] Status write_sums(const std::filesystem::path& folder, const std::vector<std::filesystem::path>& files);

/// The files that it lists, each of which is as it was. Errors: not_found without a list; internal, naming the file
/// that differs or is missing.
[[nodiscard]] Result<std::vector<std::filesystem::path>> check_sums(const std::filesystem::path& folder);

}  // namespace touchstone::storage
