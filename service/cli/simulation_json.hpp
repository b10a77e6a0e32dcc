#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "service/cli/simulated.hpp"
#include "service/simulate/repetition.hpp"

namespace touchstone::cli {

/// What came of it.
struct SimulationResult {
  std::uint64_t repetitions = 0;
  std::uint64_t seed = 0;
  simulate::Summary same;
  std::optional<simulate::Summary> changed;  ///< where a change was planted
  std::uint32_t looks = 0;
  std::optional<simulate::Average> peeking;  ///< share of courses without a change that a peeker claims
};

[[nodiscard]] std::string simulation_json(const Simulated& simulated, const SimulationResult& result);
/// The same for people.
[[nodiscard]] std::string simulation_text(const Simulated& simulated, const SimulationResult& result);

}  // namespace touchstone::cli
