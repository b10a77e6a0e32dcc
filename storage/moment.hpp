#pragma once

#include <filesystem>
#include <vector>

#include "storage/sqlite/handle.hpp"

namespace touchstone::storage {

/// All databases of a directory as they are at one moment, held by a read transaction on each: what is copied from it
/// later is that moment, whatever was written since. Throws sqlite::Failure.
class Moment {
 public:
  /// On the writer thread, where no commit lies between two files.
  explicit Moment(const std::filesystem::path& directory);

  /// The names of the copies; each synced and checked.
  std::vector<std::filesystem::path> copy_to(const std::filesystem::path& folder);

 private:
  std::vector<sqlite::Handle> files_;
};

}  // namespace touchstone::storage
