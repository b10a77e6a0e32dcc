#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Makes a key and prints it, once, to standard output. Returns an ExitCode.
[[nodiscard]] int run_create_key(const CreateKeyOptions& options);
/// Prints id, kind, name and state of every key; the keys themselves nobody can show.
[[nodiscard]] int run_list_keys(const ListKeysOptions& options);
[[nodiscard]] int run_revoke_key(const RevokeKeyOptions& options);

}  // namespace touchstone::cli
