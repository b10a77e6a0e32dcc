#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Makes events of the rows of files and brings them to a service, each once, however often the command is repeated.
/// Shows first what it takes the columns for and what the first rows become; a guess is asked about, or needs --yes.
int run_ingest(const IngestOptions& options);

}  // namespace touchstone::cli
