#pragma once

#include "service/cli/options.hpp"

namespace touchstone::cli {

/// Invites somebody and prints the link to join by, once. Each returns an ExitCode.
[[nodiscard]] int run_add_person(const AddPersonOptions& options);
/// Prints address, role, state and name of everybody.
[[nodiscard]] int run_list_people(const ListPeopleOptions& options);
[[nodiscard]] int run_change_person(const ChangePersonOptions& options);
/// Prints a link to choose another password by, once: for whoever is locked out, too.
[[nodiscard]] int run_reset_person(const ResetPersonOptions& options);

}  // namespace touchstone::cli
