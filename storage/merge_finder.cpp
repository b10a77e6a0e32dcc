#include "storage/merge_finder.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "storage/segment/days.hpp"
#include "storage/sqlite/failure.hpp"

namespace touchstone::storage {
namespace {

/// Of one file, in order.
std::vector<SegmentSize> sizes_of(JournalFiles::File& file, std::uint32_t environment, std::uint64_t after) {
  std::vector<SegmentSize> sizes;
  for (auto row = file.sizes(environment, after); row.step();)
    sizes.push_back({row.number<std::uint64_t>(0), row.number<std::uint64_t>(1), row.number<std::uint32_t>(2),
                     row.number<std::uint32_t>(3)});
  return sizes;
}

Result<StoredBatch> read(JournalFiles::File& file, std::uint32_t environment, const SegmentSize& source) {
  auto row = file.next(source.first_seq, Time::min(), Time::max(), environment);
  if (!row.step()) return Error{ErrorCode::unavailable, "a segment went away", {}, {}};
  return events_of(segment_row(file.db.file(), row));
}

Result<Merge> join(JournalFiles::File& file, std::uint32_t environment, std::span<const SegmentSize> sources) {
  std::vector<StoredBatch> batches;  // hold the texts
  std::vector<StoredEvent> events;
  for (const SegmentSize& source : sources) {
    auto batch = read(file, environment, source);
    if (!batch) return batch.error();
    events.insert(events.end(), batch->events.begin(), batch->events.end());
    batches.push_back(std::move(*batch));
  }
  Merge merge{file.db.file(), {sources.begin(), sources.end()}, draft_of(environment, events), {}};
  auto days = segment::days_of(merge.joined.body);
  if (!days) return days.error();
  merge.days = std::move(*days);
  return merge;
}

}  // namespace

std::vector<MergeFinder::Run> MergeFinder::runs_of(std::uint32_t environment,
                                                   const std::vector<JournalFiles::File*>& files) {
  std::vector<std::pair<SegmentSize, JournalFiles::File*>> all;
  for (JournalFiles::File* file : files)
    for (const SegmentSize& size : sizes_of(*file, environment, settled_[environment])) all.emplace_back(size, file);
  std::ranges::sort(all, {}, [](const auto& one) { return one.first.first_seq; });
  std::vector<Run> runs;
  for (const auto& [size, file] : all) {
    if (runs.empty() || runs.back().file != file) {
      if (!runs.empty()) runs.back().closed = true;
      runs.push_back({file, {}, file != files.back()});
    }
    runs.back().segments.push_back(size);
  }
  return runs;
}

Result<std::optional<Merge>> MergeFinder::next_of(std::uint32_t environment,
                                                  const std::vector<JournalFiles::File*>& files) {
  auto& settled = settled_[environment];
  for (const Run& run : runs_of(environment, files)) {
    const auto sources = first_to_join(run.segments, rules_, run.closed);
    if (!sources.empty()) {
      auto merge = join(*run.file, environment, sources);
      if (merge) return std::optional(std::move(*merge));
      settled = sources.back().last_seq;
      return merge.error();
    }
    if (!run.closed) break;
    settled = run.segments.back().last_seq;
  }
  return std::optional<Merge>();
}

Result<std::optional<Merge>> MergeFinder::next() {
  return sqlite::answering([this]() -> Result<std::optional<Merge>> {
    const auto files = files_.open();
    for (const std::uint32_t environment : environments_in(files)) {
      auto merge = next_of(environment, files);
      if (!merge || *merge) return merge;
    }
    return std::optional<Merge>();
  });
}

}  // namespace touchstone::storage
