#include "service/cli/load_events.hpp"

#include <utility>

#include <fmt/format.h>

#include "service/cli/line_reader.hpp"
#include "service/cli/progress.hpp"
#include "service/codec/csv.hpp"
#include "service/codec/event_log.hpp"
#include "storage/fingerprint.hpp"
#include "storage/identity_set.hpp"

namespace touchstone::cli {
namespace {

/// Takes events in, each identity once. The events of one file are nobody's secret, so the key is fixed.
class Intake {
 public:
  explicit Intake(LoadedEvents& loaded) : loaded_(&loaded) {}

  /// Where readers append to; emptied by take().
  storage::EventBatch& batch() { return batch_; }

  void take() {
    for (const auto& event : batch_.events) take(event);
    batch_.events.clear();
  }

  void finish() { loaded_->text = std::move(batch_.text); }

 private:
  void take(const storage::Event& event) {
    ++loaded_->sent;
    const auto identity = fingerprinter_.identify(0, event);
    const auto* known = seen_.insert(identity);
    if (known == nullptr) {
      loaded_->events.push_back({event, loaded_->sent, event.ts, event.ts, 0});
      return;
    }
    ++loaded_->duplicates;
    if (*known != identity.content) ++loaded_->conflicts;
  }

  LoadedEvents* loaded_;
  storage::EventBatch batch_;
  storage::Fingerprinter fingerprinter_{storage::FingerprintKey{}};
  storage::IdentitySet seen_;
};

/// The files one after the other, with the progress over all of them.
class Files {
 public:
  static Result<Files> open(const std::vector<std::string>& paths) {
    Files files;
    for (const auto& path : paths) {
      auto reader = LineReader::open(path);
      if (!reader) return std::move(reader).error();
      files.total_ += reader->bytes_total();
      files.readers_.push_back(*std::move(reader));
    }
    return files;
  }

  [[nodiscard]] std::uint64_t total() const noexcept { return total_; }

  /// Calls `line(reader, text)` for each line of each file.
  template <class Line>
  Status for_each_line(Progress& progress, Line&& line) {
    std::uint64_t before = 0;
    for (auto& reader : readers_) {
      std::string_view text;
      for (;;) {
        const auto more = reader.next(text);
        if (!more) return more.error();
        if (!*more) break;
        if (auto done = line(reader, text); !done) return done;
        if (reader.line_number() % 4096 == 0) progress.at(before + reader.bytes_read());
      }
      before += reader.bytes_total();
    }
    return ok();
  }

 private:
  Files() = default;
  std::vector<LineReader> readers_;
  std::uint64_t total_ = 0;
};

Error at_line(const LineReader& reader, Error error) {
  const auto field = error.pointer.empty() ? std::string{} : error.pointer + ": ";
  error.message = fmt::format("{}, line {}: {}{}", reader.name(), reader.line_number(), field, error.message);
  return error;
}

bool blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

Status read_log(Files& files, Progress& progress, Intake& intake) {
  codec::EventLogReader log;
  return files.for_each_line(progress, [&](const LineReader& reader, std::string_view line) -> Status {
    if (blank(line)) return ok();
    if (reader.line_number() == 1 && !line.starts_with('{'))
      return Error{ErrorCode::invalid, reader.name() + " is not an event log: its first line is no JSON object", "",
                   "a table (CSV) is read with --variant COLUMN"};
    if (auto read = log.read(line, intake.batch()); !read) return at_line(reader, std::move(read).error());
    intake.take();
    return ok();
  });
}

/// Puts lines together to records, and records to the table that the first header opens.
class TableReading {
 public:
  TableReading(const codec::UnitTableLayout& layout, Intake& intake) : layout_(&layout), intake_(&intake) {}

  Status take(const LineReader& reader, std::string_view line) {
    if (record_.empty() && blank(line)) return ok();
    record_.append(line);
    if (codec::csv_continues(record_)) {
      record_.push_back('\n');
      return ok();
    }
    auto taken = take_record(reader);
    record_.clear();
    return taken ? std::move(taken) : at_line(reader, std::move(taken).error());
  }

  Status finish(LoadedEvents& loaded) {
    if (!record_.empty())
      return Error{ErrorCode::invalid, reader_ + ": a quoted field does not end", "", "close its quote"};
    if (!table_) return Error{ErrorCode::invalid, "the table has no header", "", "its first row names the columns"};
    loaded.table = true;
    loaded.variant_names = table_->variants();
    loaded.repeated_units = table_->repeated_units();
    loaded.first_repeat = table_->first_repeat();
    return ok();
  }

 private:
  Status take_record(const LineReader& reader) {
    if (reader_ != reader.name()) {
      reader_ = reader.name();
      return take_header();
    }
    auto read = table_->read(record_, intake_->batch());
    intake_->take();
    return read;
  }

  Status take_header() {
    if (table_) return table_->check_header(record_);
    auto opened = codec::UnitTable::open(record_, *layout_);
    if (!opened) return std::move(opened).error();
    table_.emplace(*std::move(opened));
    return ok();
  }

  const codec::UnitTableLayout* layout_;
  Intake* intake_;
  std::optional<codec::UnitTable> table_;
  std::string record_;
  std::string reader_;  ///< the file whose header was read
};

Status read_table(Files& files, Progress& progress, const codec::UnitTableLayout& layout, Intake& intake,
                  LoadedEvents& loaded) {
  TableReading reading(layout, intake);
  auto read = files.for_each_line(
      progress, [&](const LineReader& reader, std::string_view line) { return reading.take(reader, line); });
  return read ? reading.finish(loaded) : std::move(read);
}

}  // namespace

Result<LoadedEvents> load_events(const std::vector<std::string>& paths,
                                 const std::optional<codec::UnitTableLayout>& layout, bool progress) {
  auto files = Files::open(paths);
  if (!files) return std::move(files).error();
  LoadedEvents loaded;
  Intake intake(loaded);
  Progress drawn(progress, files->total());
  auto read = layout ? read_table(*files, drawn, *layout, intake, loaded) : read_log(*files, drawn, intake);
  if (!read) return std::move(read).error();
  intake.finish();
  return loaded;
}

}  // namespace touchstone::cli
