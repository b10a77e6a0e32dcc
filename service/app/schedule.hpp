#pragma once

#include <cstdint>
#include <optional>

#include "assign/result.hpp"
#include "service/app/experiment_lifecycle.hpp"
#include "storage/experiment.hpp"
#include "storage/time.hpp"

/// When an experiment starts and stops by itself. Pure.
namespace touchstone::app {

/// Of an experiment that is not yet stored: what changes against `before` lies in the future and in order, a start is a
/// draft's, and an end is of what has not ended. Errors: invalid or conflict, pointing at /schedule/start or
/// /schedule/stop.
[[nodiscard]] Status check_schedule(const storage::Experiment& wanted, const storage::Schedule& before, Time now);

/// What `move`, made at `at`, leaves of its schedule. Error conflict for a start at or after the scheduled end.
[[nodiscard]] Result<storage::Schedule> schedule_after(const storage::Schedule& schedule, Move move, Time at);

/// What an experiment is to do next, and when.
struct Due {
  Time at{};
  Move move = Move::start;
};
[[nodiscard]] std::optional<Due> next_due(const storage::Experiment& experiment) noexcept;

}  // namespace touchstone::app
