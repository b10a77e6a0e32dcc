#include "service/cli/ingest_run.hpp"

#include <chrono>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "service/cli/event_sender.hpp"
#include "service/cli/ingest_state.hpp"
#include "service/cli/known_experiments.hpp"
#include "service/cli/progress.hpp"
#include "service/cli/rejects_file.hpp"
#include "service/cli/terminal.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::cli {
namespace {

constexpr std::size_t kBody = 900'000;    // bytes, below what the service takes
constexpr std::size_t kHeld = 8'000'000;  // bytes of rows whose events wait for one body

bool standard_input(const std::string& path) { return path == "-"; }

std::string rejects_path(const std::string& path, const IngestOptions& options) {
  if (!options.rejects.empty()) return options.rejects;
  return (standard_input(path) ? "standard-input" : path) + ".rejects.csv";
}

Error changed(const std::string& path, std::uint64_t rows) {
  return {ErrorCode::conflict,
          fmt::format("{} was changed: its first {} rows are not those that were stored before", path, rows), "",
          fmt::format("put it back, or give new rows in a file of their own; to take all rows of it as new, remove "
                      "{}.ingested",
                      path)};
}

Error read_otherwise(const std::string& path) {
  return {ErrorCode::conflict, fmt::format("{} was stored before with other meanings of its columns", path), "",
          fmt::format("give the same options as then; to go by these, remove {}.ingested: events of the same name and "
                      "row then stay as they are",
                      path)};
}

/// The rows whose events are sent together.
struct Body {
  struct Row {
    std::uint64_t number = 0;
    std::string record;
    std::size_t items = 0;
  };
  std::string text;
  std::vector<Row> rows;
  std::size_t items = 0;
  std::size_t held = 0;

  /// The row that brought an item.
  [[nodiscard]] const Row& row_of(std::size_t item) const {
    auto row = rows.begin();
    for (; item >= row->items; ++row) item -= row->items;
    return *row;
  }
};

class Run {
 public:
  Run(const std::string& path, const IngestOptions& options, const IngestPlan& plan, RecordFile& file,
      OperatorClient& client, std::optional<IngestState> resumed)
      : path_(path),
        ahead_(options.ahead),
        file_(&file),
        planned_(plan),
        mapping_(plan.digest()),
        resumed_(std::move(resumed)),
        sender_(client, codec::parse_duration(options.patience).value(), std::random_device{}()),
        experiments_(client),
        rejects_(rejects_path(path, options), file.header(), resumed_ ? resumed_->rejects_bytes : 0),
        progress_(terminal_of(stderr).interactive, file.bytes_total(), progress_bytes) {
    totals_.before = resumed_ ? resumed_->rows : 0;
    totals_.rejected = resumed_ ? resumed_->rejected : 0;
  }

  /// False: the service does not have what an earlier run has brought, so that all has to be brought anew.
  Result<bool> all() {
    for (;;) {
      const auto more = file_->next();
      if (!more) return more.error();
      if (!*more) break;
      if (auto taken = take(); !taken) return std::move(taken).error();
      if (resumed_ && file_->row() == resumed_->rows) {
        if (file_->digest() != resumed_->digest) return changed(path_, resumed_->rows);
        if (auto there = confirm(); !there || !*there) return there;
      }
      progress_.at(file_->bytes_read());
    }
    if (resumed_) return changed(path_, resumed_->rows);
    if (auto sent = send(); !sent) return std::move(sent).error();
    if (const auto flushed = rejects_.flush(); !flushed) return flushed.error();
    progress_.clear();
    return true;
  }

  [[nodiscard]] IngestTotals totals() const {
    auto totals = totals_;
    totals.rows = file_->row() - (totals.cut_short ? 1U : 0U);
    totals.rejects = rejects_.path();
    return totals;
  }

 private:
  /// The last body of the earlier run is sent again: whoever has it has what came before.
  Result<bool> confirm() {
    const bool any = body_.items > 0;
    if (auto sent = send(); !sent) return std::move(sent).error();
    resumed_.reset();
    return any && totals_.stored == 0;
  }

  Status take() {
    if (resumed_ && file_->row() < resumed_->from) return ok();
    batch_.events.clear();
    auto read = planned_.read(file_->record(), file_->digest(), batch_);
    if (!read && file_->cut_short()) {
      totals_.cut_short = true;
      return ok();
    }
    if (read) read = known();
    if (read && batch_.events.size() > codec::EventLimits::items)
      read = Error{ErrorCode::too_large, "the row is more than 1,000 events", "", "map fewer of its columns"};
    if (!read) return reject(std::move(read).error());
    return add();
  }

  Status known() {
    for (const auto& event : batch_.events)
      if (auto found = ahead_ ? ok() : experiments_.check(event); !found) return found;
    return ok();
  }

  /// What is wrong with a row is its own affair; that nobody answers is not.
  Status reject(const Error& error) {
    if (error.code != ErrorCode::invalid && error.code != ErrorCode::not_found && error.code != ErrorCode::too_large)
      return error;
    if (resumed_) return hold(0);
    ++totals_.rejected;
    rejects_.add(file_->row(), file_->record(), planned_.whole(), error);
    return hold(0);
  }

  Status add() {
    const auto items = batch_.events.size();
    std::string text;
    for (const auto& event : batch_.events) text.append(codec::write_event(event)).append("\n");
    const bool full = body_.items + items > codec::EventLimits::items || body_.text.size() + text.size() > kBody ||
                      body_.held > kHeld;
    if (full && !resumed_)
      if (auto sent = send(); !sent) return sent;
    if (items == 0) ++totals_.silent;
    body_.text.append(text);
    body_.items += items;
    return hold(items);
  }

  Status hold(std::size_t items) {
    body_.rows.push_back({file_->row(), std::string(file_->record()), items});
    body_.held += file_->record().size();
    last_ = file_->digest();
    return ok();
  }

  Status send() {
    if (body_.items > 0) {
      const auto delivered = sender_.send(body_.text);
      if (!delivered) return delivered.error();
      count(*delivered);
    }
    if (body_.items > 0 && !standard_input(path_))
      if (auto kept = keep(); !kept) return kept;
    body_ = {};
    batch_ = {};
    return ok();
  }

  void count(const Delivered& delivered) {
    totals_.sent += body_.items;
    totals_.stored += delivered.stored;
    totals_.duplicate += delivered.duplicate;
    totals_.conflict += delivered.conflict;
    totals_.quarantined += delivered.quarantined;
    totals_.refused += delivered.refused.size();
    if (resumed_) return;  // their rows were rejected then
    std::uint64_t before = 0;
    for (const auto& item : delivered.refused) {
      const auto& row = body_.row_of(item.position);
      if (std::exchange(before, row.number) == row.number) continue;
      ++totals_.rejected;
      rejects_.add(row.number, row.record, true, item.error);
    }
  }

  Status keep() {
    const auto bytes = rejects_.flush();
    if (!bytes) return bytes.error();
    return write_ingest_state(path_ + ".ingested", {body_.rows.back().number, last_, body_.rows.front().number,
                                                    mapping_, totals_.rejected, *bytes});
  }

  std::string path_;
  bool ahead_;
  RecordFile* file_;
  PlannedRows planned_;
  std::string mapping_;
  std::optional<IngestState> resumed_;  ///< until its rows have passed by
  EventSender sender_;
  KnownExperiments experiments_;
  RejectsFile rejects_;
  Progress progress_;
  storage::EventBatch batch_;  ///< of the row
  Body body_;
  std::string last_;  ///< digest at the last row of the body
  IngestTotals totals_;
};

}  // namespace

Result<IngestTotals> ingest_file(const std::string& path, const IngestOptions& options, const IngestPlan& plan,
                                 RecordFile file, OperatorClient& client) {
  auto state =
      standard_input(path) ? Result<std::optional<IngestState>>(std::nullopt) : read_ingest_state(path + ".ingested");
  if (!state) return std::move(state).error();
  if (*state && (*state)->mapping != plan.digest()) return read_otherwise(path);
  Run run(path, options, plan, file, client, *std::move(state));
  const auto done = run.all();
  if (!done) return done.error();
  if (*done) return run.totals();
  auto again = RecordFile::open(path);
  if (!again) return std::move(again).error();
  Run anew(path, options, plan, *again, client, std::nullopt);
  if (const auto all = anew.all(); !all) return all.error();
  return anew.totals();
}

}  // namespace touchstone::cli
