#pragma once

namespace touchstone::cli {

/// What the program ends with; scripts rely on these.
enum ExitCode : int {
  exit_ok = 0,
  exit_failed = 1,        ///< the data or the system would not have it
  exit_usage = 2,         ///< the command line is wrong
  exit_not_found = 3,     ///< what was named does not exist
  exit_check_failed = 4,  ///< a check that the caller asked for found something
};

}  // namespace touchstone::cli
