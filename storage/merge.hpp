#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "storage/fingerprint.hpp"
#include "storage/segment.hpp"
#include "storage/segment_table.hpp"

namespace touchstone::storage {

/// When segments that stand in a row are joined. Each group commit writes one per environment, so a trickle of events
/// makes many small ones, each with a page and a dictionary of its own.
struct MergeRules {
  std::uint32_t rows = kSegmentRows;  ///< one of at least so many stays as it is; 0 = none is ever joined
  std::uint32_t small_rows = 256;     ///< of those with fewer,
  std::size_t small_run = 256;        ///< so many in a row are joined before there are `rows`
  double share = 0.1;                 ///< of the time, in (0, 1]: how long it works, at most, beside how long it rests
};

/// What is known of a segment without its body.
struct SegmentSize {
  std::uint64_t first_seq = 0;
  std::uint64_t last_seq = 0;
  std::uint32_t rows = 0;
  std::uint32_t crc32 = 0;
};

/// Segments of one environment in one file, and the one that takes their place: the same events, numbers and times.
struct Merge {
  std::filesystem::path file;
  std::vector<SegmentSize> sources;
  SegmentDraft joined;
  std::vector<Day> days;  ///< of ts, as segment::days_of
};

/// The first of the segments, given in order, that are to become one; empty = none yet. Enough of them to hold
/// `rules.rows`, or `rules.small_run` small ones, or, where the file is `closed` (nothing more will come), all that are
/// left of less than `rules.rows`. A joined segment has fewer than twice `rules.rows`.
[[nodiscard]] std::span<const SegmentSize> first_to_join(std::span<const SegmentSize> segments, const MergeRules& rules,
                                                         bool closed) noexcept;

}  // namespace touchstone::storage
