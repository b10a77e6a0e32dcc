#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "assign/result.hpp"
#include "service/cli/options.hpp"
#include "service/judge/sizing.hpp"
#include "service/simulate/course.hpp"
#include "service/simulate/pool.hpp"
#include "service/simulate/repetition.hpp"

namespace touchstone::cli {

/// What a simulation plays: the trial, and what its units do without and with the planned change.
struct Simulated {
  simulate::Trial trial;
  simulate::Behaviour same;
  simulate::Behaviour changed;
  simulate::Change change = simulate::Change::none;  ///< none: there is nothing to find
  double mean = 0;                                   ///< of a unit without a treatment, in the metric's unit
  double difference = 0;                             ///< what a treatment adds to it
  double power_asked = 0;                            ///< that the units were planned for; 0: they were given
  std::optional<double> units_per_day;
  std::string source;                          ///< model, past
  std::shared_ptr<const simulate::Pool> pool;  ///< of the past
};

/// Errors name the option, or the field of the document that POST /v1/sample-size takes.
[[nodiscard]] Result<Simulated> simulated(const SimulateOptions& options);

}  // namespace touchstone::cli
