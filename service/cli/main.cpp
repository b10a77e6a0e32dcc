#include <cstdio>
#include <exception>
#include <variant>

#include "service/cli/analyze.hpp"
#include "service/cli/backup.hpp"
#include "service/cli/command_line.hpp"
#include "service/cli/demo.hpp"
#include "service/cli/doctor.hpp"
#include "service/cli/erase.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/export_events.hpp"
#include "service/cli/import.hpp"
#include "service/cli/import_check.hpp"
#include "service/cli/ingest.hpp"
#include "service/cli/keys.hpp"
#include "service/cli/lifetime.hpp"
#include "service/cli/link.hpp"
#include "service/cli/people.hpp"
#include "service/cli/preview.hpp"
#include "service/cli/report.hpp"
#include "service/cli/sample_size.hpp"
#include "service/cli/segment.hpp"
#include "service/cli/serve.hpp"
#include "service/cli/simulate.hpp"
#include "service/cli/sql.hpp"
#include "service/cli/survival.hpp"
#include "service/cli/totals.hpp"
#include "service/cli/verify.hpp"

namespace touchstone::cli {
namespace {

struct Run {
  int operator()(const AnalyzeOptions& options) const { return run_analyze(options); }
  int operator()(const TotalsOptions& options) const { return run_totals(options); }
  int operator()(const SurvivalOptions& options) const { return run_survival(options); }
  int operator()(const LifetimeOptions& options) const { return run_lifetime(options); }
  int operator()(const SampleSizeOptions& options) const { return run_sample_size(options); }
  int operator()(const SimulateOptions& options) const { return run_simulate(options); }
  int operator()(const ServeOptions& options) const { return run_serve(options); }
  int operator()(const DemoOptions& options) const { return run_demo(options); }
  int operator()(const CreateKeyOptions& options) const { return run_create_key(options); }
  int operator()(const ListKeysOptions& options) const { return run_list_keys(options); }
  int operator()(const RevokeKeyOptions& options) const { return run_revoke_key(options); }
  int operator()(const AddPersonOptions& options) const { return run_add_person(options); }
  int operator()(const ListPeopleOptions& options) const { return run_list_people(options); }
  int operator()(const ChangePersonOptions& options) const { return run_change_person(options); }
  int operator()(const ResetPersonOptions& options) const { return run_reset_person(options); }
  int operator()(const LinkOptions& options) const { return run_link(options); }
  int operator()(const PreviewOptions& options) const { return run_preview(options); }
  int operator()(const ReportOptions& options) const { return run_report(options); }
  int operator()(const ImportOptions& options) const { return run_import(options); }
  int operator()(const ImportCheckOptions& options) const { return run_import_check(options); }
  int operator()(const IngestOptions& options) const { return run_ingest(options); }
  int operator()(const SegmentOptions& options) const { return run_segment(options); }
  int operator()(const VerifyOptions& options) const { return run_verify(options); }
  int operator()(const RebuildOptions& options) const { return run_rebuild(options); }
  int operator()(const DoctorOptions& options) const { return run_doctor(options); }
  int operator()(const EraseOptions& options) const { return run_erase(options); }
  int operator()(const BackupOptions& options) const { return run_backup(options); }
  int operator()(const RestoreOptions& options) const { return run_restore(options); }
  int operator()(const ExportEventsOptions& options) const { return run_export_events(options); }
  int operator()(const SqlOptions& options) const { return run_sql(options); }
};

int print(const Saying& saying) {
  std::fputs(saying.out.c_str(), stdout);
  std::fputs(saying.err.c_str(), stderr);
  return saying.exit_code;
}

int run(int argc, const char* const* argv) {
  const auto said = parse_command_line(argc, argv);
  if (const auto* saying = std::get_if<Saying>(&said)) return print(*saying);
  return std::visit(Run{}, std::get<Command>(said));
}

}  // namespace
}  // namespace touchstone::cli

int main(int argc, char** argv) {
  try {
    return touchstone::cli::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "touchstone: %s\n", error.what());
    return touchstone::cli::exit_failed;
  }
}
