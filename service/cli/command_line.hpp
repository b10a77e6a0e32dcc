#pragma once

#include <string>
#include <variant>

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// One of the program's commands with its options. A new command is an options struct in options.hpp, an alternative
/// here, one add_...() in command_line.cpp and one overload in main.cpp.
using Command =
    std::variant<AnalyzeOptions, TotalsOptions, SurvivalOptions, LifetimeOptions, SampleSizeOptions, SimulateOptions,
                 ServeOptions, DemoOptions, CreateKeyOptions, ListKeysOptions, RevokeKeyOptions, AddPersonOptions,
                 ListPeopleOptions, ChangePersonOptions, ResetPersonOptions, LinkOptions, PreviewOptions, ReportOptions,
                 ImportOptions, ImportCheckOptions, IngestOptions, SegmentOptions, VerifyOptions, RebuildOptions,
                 DoctorOptions, EraseOptions, BackupOptions, RestoreOptions, ExportEventsOptions, SqlOptions>;

/// What there is to say instead of running: help and version go to standard output, complaints to standard error.
struct Saying {
  int exit_code = 0;
  std::string out;
  std::string err;
};

/// Reads the command line, and from the environment (TOUCHSTONE_...) what it leaves open.
[[nodiscard]] std::variant<Command, Saying> parse_command_line(int argc, const char* const* argv);

}  // namespace touchstone::cli
