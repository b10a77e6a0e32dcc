#include "storage/backup.hpp"

#include <algorithm>
#include <cerrno>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/catalogue.hpp"
#include "storage/journal.hpp"
#include "storage/listing.hpp"
#include "storage/moment.hpp"
#include "storage/sqlite/failure.hpp"
#include "storage/sums.hpp"

namespace touchstone::storage {
namespace {

Error refused(const std::filesystem::path& path, const std::error_code& error) {
  return {ErrorCode::unavailable, fmt::format("{}: {}", path.string(), error.message()), {}, {}};
}

Error refused(const std::filesystem::path& path) { return refused(path, {errno, std::generic_category()}); }

/// A folder that gets its name only when it is whole; until then, and if it never is, it is NAME.partial.
class Draft {
 public:
  /// What a draft of the same name left is removed. Errors: conflict where the name is taken.
  static Result<Draft> make(std::filesystem::path path) {
    path = std::filesystem::absolute(path).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    std::error_code error;
    if (std::filesystem::exists(path, error) && !std::filesystem::is_empty(path, error))
      return Error{ErrorCode::conflict, path.string() + " exists and is not empty", {}, "Name a new directory."};
    Draft draft(std::move(path));
    std::filesystem::remove_all(draft.folder(), error);
    std::filesystem::create_directories(draft.path_.parent_path(), error);
    if (mkdir(draft.folder().c_str(), S_IRWXU) != 0) return refused(draft.folder());
    return draft;
  }

  Draft(Draft&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  Draft& operator=(Draft&&) = delete;
  ~Draft() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(folder(), ignored);
  }

  [[nodiscard]] std::filesystem::path folder() const { return path_.string() + ".partial"; }

  /// Makes all that is in it durable, and gives it its name.
  Status finish() {
    std::error_code error;
    drop_empty_logs();
    for (const std::string& name : names_in(folder()))
      if (Status synced = sync(folder() / name); !synced) return synced;
    if (Status synced = sync(folder()); !synced) return synced;
    std::filesystem::remove(path_, error);  // an empty folder of that name
    std::filesystem::rename(folder(), path_, error);
    if (error) return refused(path_, error);
    return sync(std::exchange(path_, {}).parent_path());
  }

 private:
  explicit Draft(std::filesystem::path path) : path_(std::move(path)) {}

  /// What readers leave beside a database that is whole in itself.
  void drop_empty_logs() const {
    std::error_code error;
    for (const std::string& name : names_in(folder())) {
      if (!name.ends_with("-wal") || std::filesystem::file_size(folder() / name, error) != 0) continue;
      std::filesystem::remove(folder() / name, error);
      std::filesystem::remove(folder() / (name.substr(0, name.size() - 3) + "shm"), error);
    }
  }

  static Status sync(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && fsync(file) == 0;
    Status done = synced ? ok() : Status(refused(path));
    if (file >= 0) close(file);
    return done;
  }

  std::filesystem::path path_;
};

/// Whatever the clock says: a copy is as good with a wrong one.
Status sound(const std::filesystem::path& folder, Time now) {
  for (const Finding& finding : examine(folder, now))
    if (finding.level == Finding::Level::problem && finding.subject != "clock")
      return Error{ErrorCode::internal, fmt::format("{}: {}", finding.subject, finding.text), {}, finding.advice};
  return ok();
}

BackupSummary summary_of(std::uint64_t last_seq, const std::filesystem::path& folder,
                         const std::vector<std::filesystem::path>& files) {
  BackupSummary summary{last_seq, files.size(), 0};
  std::error_code ignored;
  for (const auto& file : files) summary.bytes += std::filesystem::file_size(folder / file.filename(), ignored);
  return summary;
}

Result<std::vector<std::filesystem::path>> copy_now(Writer& writer, const Directory& directory,
                                                    const std::filesystem::path& folder) {
  std::optional<Moment> moment;
  Status held = ok();  // no trouble of the writer's
  const Status asked = writer.change_and_wait([&](Catalogue&) {
    held = sqlite::answering([&] {
      moment.emplace(directory.path());
      return ok();
    });
    return ok();
  });
  if (!asked) return asked.error();
  if (!held) return held.error();
  return sqlite::answering([&]() -> Result<std::vector<std::filesystem::path>> { return moment->copy_to(folder); });
}

Status raise_epochs(Catalogue& catalogue) {
  return catalogue.transact([](Catalogue& open) -> Status {
    const auto environments = open.environments();
    if (!environments) return environments.error();
    for (const Environment& environment : *environments)
      if (const auto raised = open.raise_epoch(environment.id); !raised) return raised.error();
    return ok();
  });
}

/// Migrates what an older program backed up, and raises the epochs. Gives the last event.
Result<std::uint64_t> bring_current(const std::filesystem::path& folder) {
  const auto directory = Directory::open(folder);
  if (!directory) return directory.error();
  auto catalogue = Catalogue::open(*directory);
  if (!catalogue) return catalogue.error();
  if (const Status raised = raise_epochs(*catalogue); !raised) return raised.error();
  const auto journal = Journal::open(*directory);
  if (!journal) return journal.error();
  return journal->last_seq();
}

}  // namespace

Result<BackupSummary> back_up(Writer& writer, const Directory& directory, const std::filesystem::path& target,
                              Time now) {
  auto draft = Draft::make(target);
  if (!draft) return draft.error();
  const auto files = copy_now(writer, directory, draft->folder());
  if (!files) return files.error();
  if (const Status examined = sound(draft->folder(), now); !examined) return examined.error();
  if (const Status listed = write_sums(draft->folder(), *files); !listed) return listed.error();
  const auto last_seq = JournalReader(draft->folder()).last_seq();
  if (!last_seq) return last_seq.error();
  const BackupSummary summary = summary_of(*last_seq, draft->folder(), *files);
  if (const Status finished = draft->finish(); !finished) return finished.error();
  const BackupNote made{now, std::filesystem::absolute(target).lexically_normal().string(), summary.last_seq};
  if (const Status noted = writer.change_and_wait([&](Catalogue& open) { return open.note_backup(made); }); !noted)
    return noted.error();
  return summary;
}

Result<BackupSummary> restore(const std::filesystem::path& backup, const std::filesystem::path& data, Time now) {
  const auto files = check_sums(backup);
  if (!files) return files.error();
  auto draft = Draft::make(data);
  if (!draft) return draft.error();
  for (const auto& file : *files) {
    std::error_code error;
    std::filesystem::copy_file(file, draft->folder() / file.filename(), error);
    if (error) return refused(file, error);
  }
  if (const Status examined = sound(draft->folder(), now); !examined) return examined.error();
  const auto last_seq = bring_current(draft->folder());
  if (!last_seq) return last_seq.error();
  const BackupSummary summary = summary_of(*last_seq, draft->folder(), *files);
  if (const Status finished = draft->finish(); !finished) return finished.error();
  return summary;
}

}  // namespace touchstone::storage
