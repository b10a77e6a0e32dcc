#pragma once

#include <cstdint>
#include <optional>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "storage/experiment.hpp"

namespace touchstone::app {

/// What a change of an experiment would do to those who met it already. Exact: counted from the journal, unit by unit.
struct PlannedChange {
  std::uint64_t exposed = 0;           ///< units that met a variant so far
  std::uint64_t moved = 0;             ///< would get another variant
  std::uint64_t leaving = 0;           ///< would get none: their slot of the layer leaves the experiment
  std::optional<std::uint32_t> phase;  ///< number of the phase that it opens; nothing: it opens none
};

/// Counts, and changes nothing. `wanted` is a changed copy of the experiment. A new condition is not counted: whom it
/// lets in depends on attributes that are known at the next evaluation only. Errors: those of `changed`.
[[nodiscard]] Result<PlannedChange> plan_change(Service& service, std::uint32_t environment,
                                                storage::Experiment wanted);

}  // namespace touchstone::app
