#pragma once

#include <optional>
#include <string_view>

#include "assign/result.hpp"
#include "service/app/experiment_lifecycle.hpp"
#include "service/app/revision.hpp"

namespace touchstone::app {

/// Adds a draft. What it leaves open is made: its salt; a layer of its own where it names none; where no variant gives
/// a value to a flag, a flag of the experiment's key (two variants: a bool, true for the treatment; more: a string, the
/// variant's key). Flags that its variants name and that do not exist are made of their values; those that exist get a
/// rule that runs the experiment. An external experiment needs neither layer nor flag.
/// Errors point into the experiment: conflict (the key is taken), invalid (unknown layer, segment or metric, a value
/// that is not of the flag's type).
[[nodiscard]] Status add_experiment(Revision& revision, storage::Experiment experiment);

/// Replaces it by `wanted`, a changed copy; see `changed`.
[[nodiscard]] Status change_experiment(Revision& revision, storage::Experiment wanted);

/// See `moved`. `at` says when it took effect and may lie in the past.
[[nodiscard]] Status move_experiment(Revision& revision, std::string_view key, Move move, std::optional<Time> at);

}  // namespace touchstone::app
