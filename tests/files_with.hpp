#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace touchstone {

/// The files of a directory that hold these bytes anywhere.
inline std::vector<std::string> files_with(const std::filesystem::path& directory, const std::string& bytes) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (all.find(bytes) != std::string::npos) found.push_back(entry.path().filename().string());
  }
  return found;
}

}  // namespace touchstone
