#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace touchstone::storage {

/// The names in a folder, sorted; none where there is no such folder. Throws std::system_error where it cannot be read.
[[nodiscard]] std::vector<std::string> names_in(const std::filesystem::path& folder);

}  // namespace touchstone::storage
