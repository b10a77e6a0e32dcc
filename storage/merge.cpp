#include "storage/merge.hpp"

#include <algorithm>

namespace touchstone::storage {
namespace {

using Segments = std::span<const SegmentSize>;

/// As many from the front as hold the rows; empty where all together do not.
Segments enough(Segments run, std::uint32_t rows) noexcept {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < run.size(); ++i) {
    sum += run[i].rows;
    if (sum >= rows) return run.first(i + 1);
  }
  return {};
}

Segments small_ones(Segments run, const MergeRules& rules) noexcept {
  std::size_t in_a_row = 0;
  for (std::size_t i = 0; i < run.size(); ++i) {
    in_a_row = run[i].rows < rules.small_rows ? in_a_row + 1 : 0;
    if (in_a_row == rules.small_run) return run.subspan(i + 1 - in_a_row, in_a_row);
  }
  return {};
}

Segments in_run(Segments run, const MergeRules& rules, bool closed) noexcept {
  if (run.size() < 2) return {};
  if (const auto found = enough(run, rules.rows); !found.empty()) return found;
  return closed ? run : small_ones(run, rules);
}

}  // namespace

Segments first_to_join(Segments segments, const MergeRules& rules, bool closed) noexcept {
  while (!segments.empty()) {
    const auto full = std::ranges::find_if(segments, [&](const SegmentSize& one) { return one.rows >= rules.rows; });
    const auto length = static_cast<std::size_t>(full - segments.begin());
    const bool ended = closed || full != segments.end();
    if (const auto found = in_run(segments.first(length), rules, ended); !found.empty()) return found;
    segments = segments.subspan(std::min(segments.size(), length + 1));
  }
  return {};
}

}  // namespace touchstone::storage
