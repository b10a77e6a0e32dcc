#include "service/cli/analyze.hpp"

#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "service/cli/again.hpp"
#include "service/cli/design.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/load_events.hpp"
#include "service/cli/metric_option.hpp"
#include "service/cli/report_text.hpp"
#include "service/cli/table_layout.hpp"
#include "service/cli/terminal.hpp"
#include "service/codec/event_json.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/report_json.hpp"
#include "service/judge/aggregates.hpp"
#include "service/page/number_text.hpp"
#include "service/page/report_page.hpp"

namespace touchstone::cli {
namespace {

int complain(const Error& error, ExitCode otherwise) {
  fmt::print(stderr, "touchstone: {}{}\n", error.pointer.empty() ? "" : error.pointer + ": ", error.message);
  if (!error.hint.empty()) fmt::print(stderr, "  {}\n", error.hint);
  return error.code == ErrorCode::not_found ? exit_not_found : otherwise;
}

judge::Report judged(const Design& design, const LoadedEvents& loaded) {
  judge::Aggregates view;  // what judge() does, without looking for the duplicates that are gone already
  view.put(design.experiment, design.metrics);
  view.apply(loaded.events);
  view.bring_current();
  auto found = view.report(design.experiment.key, {});
  if (!found) throw std::logic_error("an experiment that was put is not there");
  auto report = *std::move(found);
  report.ledger.sent = loaded.sent;
  report.ledger.stored = loaded.events.size();
  report.ledger.duplicate = loaded.duplicates;
  report.digest.program = TOUCHSTONE_VERSION;
  return report;
}

/// What a reader of the report should know about how the data were read.
std::vector<std::string> remarks_on(const AnalyzeOptions& options, const LoadedEvents& loaded,
                                    const judge::Report& report) {
  std::vector<std::string> remarks;
  if (options.split.empty()) remarks.emplace_back("No --split was given; equal shares are taken as planned.");
  if (loaded.conflicts > 0)
    remarks.push_back(
        fmt::format("{} events repeat the id of another event of that day but say something else; the "
                    "first one counts.",
                    page::grouped(loaded.conflicts)));
  if (loaded.first_repeat)
    remarks.push_back(
        fmt::format("{} rows repeat a unit, first {} in rows {} and {}; rows of one unit are added "
                    "together.",
                    page::grouped(loaded.repeated_units), loaded.first_repeat->id,
                    page::grouped(loaded.first_repeat->first_row), page::grouped(loaded.first_repeat->row)));
  if (report.counts.unattributed > 0)
    remarks.push_back(
        fmt::format("{} exposures name a variant that is not in the split, or another type of unit; they "
                    "do not count.",
                    page::grouped(report.counts.unattributed)));
  return remarks;
}

void print(const AnalyzeOptions& options, const LoadedEvents& loaded, const judge::Report& report) {
  if (options.json) {
    fmt::print("{}\n", codec::write_report(report));
    return;
  }
  const auto terminal = terminal_of(stdout);
  ReportStyle style{terminal.width, terminal.colour, again(options), remarks_on(options, loaded, report)};
  fmt::print("{}", report_text(report, style));
}

/// Writes a file as a whole: what cannot be written to its end is an error.
Status write_file(const std::string& path, std::string_view what, const auto& write) {
  std::ofstream file(path, std::ios::binary);
  write(file);
  file.close();
  if (file) return ok();
  return Error{ErrorCode::unavailable, fmt::format("{} cannot be written to {}", what, path), "",
               "check the directory, its permissions and the space left"};
}

Status write_page(const AnalyzeOptions& options, const LoadedEvents& loaded, const judge::Report& report) {
  if (options.html.empty()) return ok();
  page::PageStyle style;
  style.self_contained = true;
  style.reproduce = again(options);
  style.remarks = remarks_on(options, loaded, report);
  return write_file(options.html, "the page",
                    [&](std::ostream& file) { file << page::report_page(report, {}, style); });
}

Status emit(const AnalyzeOptions& options, const Design& design, const LoadedEvents& loaded) {
  Status status = ok();
  if (!options.emit_events.empty())
    status = write_file(options.emit_events, "the events", [&](std::ostream& file) {
      for (const auto& stored : loaded.events) file << codec::write_event(stored.event) << '\n';
    });
  if (status && !options.emit_setup.empty())
    status = write_file(options.emit_setup, "the setup",
                        [&](std::ostream& file) { file << codec::pretty_json(setup_document(design)); });
  return status;
}

}  // namespace

int run_analyze(const AnalyzeOptions& options) {
  const auto metrics = asked_metrics(options);
  if (!metrics) return complain(metrics.error(), exit_usage);
  const auto layout = table_layout(options, *metrics);
  if (!layout) return complain(layout.error(), exit_usage);
  const auto loaded = load_events(options.files, *layout, terminal_of(stderr).interactive);
  if (!loaded) return complain(loaded.error(), exit_failed);
  const auto agreed = design(options, *metrics, *loaded);
  if (!agreed) return complain(agreed.error(), exit_usage);
  if (const auto emitted = emit(options, *agreed, *loaded); !emitted) return complain(emitted.error(), exit_failed);
  auto report = judged(*agreed, *loaded);
  if (!options.json) report.digest.results = codec::results_digest(report);
  if (const auto written = write_page(options, *loaded, report); !written)
    return complain(written.error(), exit_failed);
  print(options, *loaded, report);
  return exit_ok;
}

}  // namespace touchstone::cli
