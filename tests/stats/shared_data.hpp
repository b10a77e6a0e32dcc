#pragma once

#include <cstdlib>
#include <filesystem>

namespace touchstone {

/// The folder of shared data and reference tables: $TOUCHSTONE_SHARED, by default beside the source tree.
inline std::filesystem::path shared_data() {
  const char* configured =
      std::getenv("TOUCHSTONE_SHARED");  // NOLINT(concurrency-mt-unsafe): read once, before threads
  if (configured != nullptr) return configured;
  return std::filesystem::path(TOUCHSTONE_SOURCE_DIR) / ".." / "shared";
}

}  // namespace touchstone
