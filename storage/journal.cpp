#include "storage/journal.hpp"

#include <algorithm>
#include <array>

#include "storage/day_index.hpp"
#include "storage/erase.hpp"
#include "storage/expire.hpp"
#include "storage/journal_files.hpp"
#include "storage/merge.hpp"
#include "storage/schemas.hpp"
#include "storage/segment.hpp"
#include "storage/segment/days.hpp"
#include "storage/segment_table.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/failure.hpp"
#include "storage/sqlite/migrate.hpp"
#include "storage/sqlite/transaction.hpp"

namespace touchstone::storage {
namespace {

constexpr std::array kSteps{sql::migration::journal::step_0001_segments,
                            sql::migration::journal::step_0002_ledger_lines, sql::migration::journal::step_0003_erased,
                            sql::migration::journal::step_0004_expired};

/// The writing connection of one month.
struct OpenFile {
  explicit OpenFile(sqlite::Handle handle)
      : db(std::move(handle)), segments(db), ledger_add(db, sql::journal::ledger_add) {}

  sqlite::Handle db;
  SegmentTable segments;
  sqlite::Statement ledger_add;
};

void add_entry(OpenFile& file, const JournalEntry& entry) {
  for (auto rest = entry.events; !rest.empty(); rest = rest.subspan(std::min<std::size_t>(rest.size(), kSegmentRows))) {
    file.segments.add(draft_of(entry.environment, rest.first(std::min<std::size_t>(rest.size(), kSegmentRows))));
  }
  for (const auto& [hour, key, experiment, counts] : entry.counts) {
    file.ledger_add.run(entry.environment, hours_of(hour), key, std::string_view(experiment), counts.stored,
                        counts.duplicate, counts.conflict, counts.quarantined, counts.refused);
  }
}

bool take(sqlite::Statement& segment_take, const SegmentSize& source, std::uint32_t environment) {
  auto taken = segment_take(source.first_seq, source.last_seq, source.rows, source.crc32, environment);
  const bool was_there = taken.step();
  while (taken.step()) {
  }
  return was_there;
}

/// Whether every source was still there.
bool replace(sqlite::Handle& db, const Merge& merge) {
  sqlite::Transaction transaction(db);
  sqlite::Statement segment_take(db, sql::journal::segment_take);
  for (const SegmentSize& source : merge.sources)
    if (!take(segment_take, source, merge.joined.environment)) return false;
  SegmentTable(db).add(merge.joined);
  transaction.commit();
  return true;
}

}  // namespace

int journal_schema() noexcept { return static_cast<int>(kSteps.size()); }

struct Journal::Impl {
  explicit Impl(const Directory& at) : directory(at.path()), backups(at.backups()), files(at.path()), reader(at) {}

  Result<OpenFile> open_file(const std::filesystem::path& path);
  Status open_month(Time received);
  Status index_from(std::uint64_t seq);
  void remember(const JournalEntry& entry);
  /// Through the file's one writing connection, where it has one.
  template <class Work>
  auto writing(const std::filesystem::path& path, const Work& work);
  Status in_each_file(const std::function<Status(sqlite::Handle&)>& work);
  void give_up();

  std::filesystem::path directory;
  std::filesystem::path backups;
  std::optional<OpenFile> current;
  std::filesystem::path current_path;
  std::uint64_t last_seq = 0;
  DayIndex days;
  JournalFiles files;
  JournalReader reader;
};

/// Whatever is in the file's write-ahead log is durable before anything is answered on its ground.
Result<OpenFile> Journal::Impl::open_file(const std::filesystem::path& path) {
  sqlite::Handle db(path, sqlite::Access::write);
  db.checkpoint();
  db.check();
  if (const Status migrated = sqlite::migrate(db, kSteps, backups); !migrated) return migrated.error();
  db.sync_folder();
  return OpenFile(std::move(db));
}

Status Journal::Impl::open_month(Time received) {
  auto path = journal_file(directory, received);
  if (current && path == current_path) return ok();
  current.reset();
  auto file = open_file(path);
  if (!file) return file.error();
  current.emplace(std::move(*file));
  current_path = std::move(path);
  return ok();
}

Status Journal::Impl::index_from(std::uint64_t seq) {
  SegmentCursor cursor(files.open(), {.from_seq = seq});
  std::map<std::uint32_t, std::uint64_t> last;
  while (const auto row = cursor.next()) {
    if (Status sound = check(*row); !sound) return sound;
    auto& before = last.try_emplace(row->environment, seq - 1).first->second;
    if (row->first_seq <= before) return damaged(*row, "overlaps the segment before");
    before = row->last_seq;
    const auto found = segment::days_of(row->body);
    if (!found) return damaged(*row, found.error().message);
    for (const Day day : *found) days.add(day, {row->first_seq, row->last_seq});
    last_seq = std::max(last_seq, row->last_seq);
  }
  const auto ever = reader.last_seq();
  if (!ever) return ever.error();
  last_seq = std::max(last_seq, *ever);
  return ok();
}

void Journal::Impl::remember(const JournalEntry& entry) {
  if (entry.events.empty()) return;
  std::vector<Day> found;
  for (const StoredEvent& row : entry.events) {
    const Day day = day_of(row.event.ts);
    if (found.empty() || found.back() != day) found.push_back(day);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  for (const Day day : found) days.add(day, {entry.events.front().seq, entry.events.back().seq});
  last_seq = entry.events.back().seq;
}

template <class Work>
auto Journal::Impl::writing(const std::filesystem::path& path, const Work& work) {
  if (current && path == current_path) return work(current->db);
  sqlite::Handle db(path, sqlite::Access::write);
  return work(db);
}

Status Journal::Impl::in_each_file(const std::function<Status(sqlite::Handle&)>& work) {
  Status done = sqlite::answering([&]() -> Status {
    for (const auto& path : journal_files(directory))
      if (Status worked = writing(path, work); !worked) return worked;
    return ok();
  });
  if (!done) give_up();
  return done;
}

/// After an error: what its last commit left in the log is kept for `reopen`.
void Journal::Impl::give_up() {
  if (!current) return;
  current->db.keep_log_on_close();
  current.reset();
}

Journal::Journal(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

Result<Journal> Journal::open(const Directory& directory) {
  return sqlite::answering([&]() -> Result<Journal> {
    auto impl = std::make_unique<Impl>(directory);
    for (const auto& path : journal_files(directory.path())) {
      if (const auto file = impl->open_file(path); !file) return file.error();
    }
    if (const Status indexed = impl->index_from(1); !indexed) return indexed.error();
    return Journal(std::move(impl));
  });
}

Status Journal::append(Time received, std::span<const JournalEntry> entries) {
  Status done = sqlite::answering([&]() -> Status {
    if (Status opened = impl_->open_month(received); !opened) return opened;
    sqlite::Transaction transaction(impl_->current->db);
    for (const JournalEntry& entry : entries) add_entry(*impl_->current, entry);
    transaction.commit();
    return ok();
  });
  if (done) {
    for (const JournalEntry& entry : entries) impl_->remember(entry);
  } else {
    impl_->give_up();
  }
  return done;
}

Status Journal::reopen() {
  return sqlite::answering([&]() -> Status {
    impl_->current.reset();
    if (!impl_->current_path.empty()) {
      auto file = impl_->open_file(impl_->current_path);
      if (!file) return file.error();
      impl_->current.emplace(std::move(*file));
    }
    return impl_->index_from(impl_->last_seq + 1);
  });
}

Status Journal::erase(ErasedUnits& units, const FingerprintKey& sets, std::set<Day>& days) {
  return impl_->in_each_file([&](sqlite::Handle& db) { return erase_from(db, units, sets, days); });
}

Status Journal::expire(const Expiry& order, const FingerprintKey& sets, std::set<Day>& days) {
  return impl_->in_each_file([&](sqlite::Handle& db) { return expire_from(db, order, sets, days); });
}

Result<bool> Journal::merge(const Merge& merge) {
  auto replaced = sqlite::answering([&]() -> Result<bool> {
    return impl_->writing(merge.file, [&](sqlite::Handle& db) { return replace(db, merge); });
  });
  if (!replaced) {
    impl_->give_up();
  } else if (*replaced) {
    for (const Day day : merge.days) impl_->days.add(day, {merge.joined.first_seq, merge.joined.last_seq});
  }
  return replaced;
}

Status Journal::scan_day(Day day, const JournalReader::Visit& visit) {
  for (const SeqRange range : impl_->days.ranges(day)) {
    Status read = impl_->reader.scan({.from_seq = range.first, .to_seq = range.last}, visit);
    if (!read) return read;
  }
  return ok();
}

std::uint64_t Journal::last_seq() const noexcept { return impl_->last_seq; }

}  // namespace touchstone::storage
