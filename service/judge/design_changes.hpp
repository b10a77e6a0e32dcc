#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "service/judge/report.hpp"
#include "storage/experiment.hpp"

/// What was changed while an experiment ran.
namespace touchstone::judge {

enum class ChangeOf : std::uint8_t {
  split,      ///< the shares of the variants
  coverage,   ///< the share of the layer's units that take part
  enrolment,  ///< whether new ones enter: 1 or 0
  audience,   ///< who may take part, or who keeps what was met
  pause,      ///< nobody takes part, until it goes on
};

struct DesignChange {
  Time at{};
  ChangeOf of = ChangeOf::split;
  std::vector<double> before;  ///< shares of 1: of each variant, or one alone; none of audience and pause
  std::vector<double> after;
  std::optional<Time> until{};  ///< pause: when it went on

  friend bool operator==(const DesignChange&, const DesignChange&) = default;
};

/// By time. Each phase differs from the one before in one way at least: where neither split, coverage nor enrolment do,
/// it is the audience. Between phases that do not touch lies a pause.
[[nodiscard]] std::vector<DesignChange> design_changes(std::span<const storage::Phase> phases);

/// Whether it was let run as it had begun. Of the changes up to `known`, those warn that make units of different times
/// unlike each other by more than their number: of the split, of the audience, a smaller coverage, a pause. A larger
/// coverage is a ramp, and closing the enrolment an end: they do not. The value is how many warn, the limit 0; figures
/// say how many there are of each kind. Belongs to `trust`: results compare within phases, so that no change can pass
/// for an effect, and no verdict changes.
[[nodiscard]] Check mid_flight_change(std::span<const DesignChange> changes, Time known);

}  // namespace touchstone::judge
