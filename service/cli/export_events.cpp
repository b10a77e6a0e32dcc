#include "service/cli/export_events.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/codec/event_csv.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/time_text.hpp"
#include "storage/catalogue.hpp"
#include "storage/journal.hpp"

namespace touchstone::cli {
namespace {

constexpr std::size_t kChunk = 1U << 20U;  ///< bytes written at once

Result<std::uint32_t> environment_of(const ExportEventsOptions& options) {
  const auto catalogue = storage::Catalogue::read(std::filesystem::path(options.data));
  if (!catalogue) return catalogue.error();
  const auto environments = (*catalogue)->environments();
  if (!environments) return environments.error();
  std::string names;
  for (const auto& one : *environments) {
    const auto name = one.project + "/" + one.key;
    if (name == options.environment || (options.environment.empty() && environments->size() == 1)) return one.id;
    names.append(names.empty() ? "" : ", ").append(name);
  }
  return Error{ErrorCode::not_found, fmt::format("no environment \"{}\"", options.environment), "",
               "Name one with --environment: " + names + "."};
}

Status read_bound(const std::string& text, std::string_view option, Time& bound) {
  if (text.empty()) return ok();
  auto time = codec::parse_time(text);
  if (!time)
    return Error{time.error().code, fmt::format("{}: {}", option, time.error().message), "", time.error().hint};
  bound = *time;
  return ok();
}

Result<storage::JournalRange> range_of(const ExportEventsOptions& options) {
  storage::JournalRange range;
  const auto environment = environment_of(options);
  if (!environment) return environment.error();
  range.environment = *environment;
  if (auto read = read_bound(options.from, "--from", range.from); !read) return read.error();
  if (auto read = read_bound(options.before, "--before", range.before); !read) return read.error();
  return range;
}

bool among(const std::vector<std::string>& wanted, std::string_view one) {
  return wanted.empty() || std::ranges::find(wanted, one) != wanted.end();
}

bool asked_for(const ExportEventsOptions& options, const storage::Event& event) {
  return among(options.types, codec::name_of(event.type)) && among(options.names, event.name) &&
         among(options.experiments, event.experiment);
}

/// A file or standard output. What is written is counted, and whether all of it was.
class Output {
 public:
  explicit Output(const std::string& path) : path_(path) {
    if (!path.empty()) file_.reset(std::fopen(path.c_str(), "wb"));
  }

  Status put(std::string_view text) {
    std::FILE* to = path_.empty() ? stdout : file_.get();
    const bool written = to != nullptr && std::fwrite(text.data(), 1, text.size(), to) == text.size();
    return written ? ok() : failed();
  }

  Status close() {
    const bool closed = path_.empty() ? std::fflush(stdout) == 0 : std::fclose(file_.release()) == 0;
    return closed ? ok() : failed();
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };

  [[nodiscard]] Error failed() const {
    const auto why = std::generic_category().message(errno);
    return {ErrorCode::unavailable, fmt::format("cannot write {}: {}", path_.empty() ? "standard output" : path_, why),
            "", ""};
  }

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
};

void append(std::string& out, const ExportEventsOptions& options, const storage::StoredEvent& stored) {
  if (options.format == "csv") return codec::append_event_csv(out, stored);
  out += options.full ? codec::write_stored_event(stored) : codec::write_event(stored.event);
  out += '\n';
}

Status write(const ExportEventsOptions& options, const storage::JournalRange& range, Output& to) {
  std::string out(options.format == "csv" ? codec::event_csv_header() : "");
  Status written = ok();
  storage::JournalReader journal{std::filesystem::path(options.data)};
  auto scanned = journal.scan(range, [&](std::uint32_t, storage::StoredBatch&& batch) {
    for (const auto& stored : batch.events) {
      if (!asked_for(options, stored.event)) continue;
      append(out, options, stored);
      if (out.size() < kChunk) continue;
      written = to.put(out);
      out.clear();
      if (!written) return false;
    }
    return true;
  });
  if (!scanned) return scanned;
  if (!written) return written;
  if (written = to.put(out); !written) return written;
  return to.close();
}

}  // namespace

int run_export_events(const ExportEventsOptions& options) {
  const auto range = range_of(options);
  if (!range) return complain(range.error());
  Output output(options.output);
  const Status written = write(options, *range, output);
  return written ? exit_ok : complain(written.error());
}

}  // namespace touchstone::cli
