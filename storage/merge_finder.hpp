#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "assign/result.hpp"
#include "storage/journal_files.hpp"
#include "storage/merge.hpp"

namespace touchstone::storage {

/// Looks for segments to join and joins them in memory, through connections that only read. One thread.
class MergeFinder {
 public:
  MergeFinder(const std::filesystem::path& directory, MergeRules rules) : files_(directory), rules_(rules) {}

  /// The next to be done; absent = nothing for now. Holds the events of one joined segment. Errors: as a scan's; what
  /// is damaged is not looked at again.
  Result<std::optional<Merge>> next();

 private:
  struct Run {
    JournalFiles::File* file;
    std::vector<SegmentSize> segments;
    bool closed;
  };

  std::vector<Run> runs_of(std::uint32_t environment, const std::vector<JournalFiles::File*>& files);
  Result<std::optional<Merge>> next_of(std::uint32_t environment, const std::vector<JournalFiles::File*>& files);

  JournalFiles files_;
  MergeRules rules_;
  std::map<std::uint32_t, std::uint64_t> settled_;  ///< by environment: up to this number nothing is left to do
};

}  // namespace touchstone::storage
