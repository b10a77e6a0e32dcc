#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "service/judge/analyse.hpp"
#include "service/judge/cells.hpp"
#include "storage/experiment.hpp"
#include "storage/metric.hpp"

namespace touchstone::judge {

/// Index of the variant that others are compared with. An experiment without one is a broken invariant
/// (std::invalid_argument).
[[nodiscard]] std::size_t control_of(const storage::Experiment& experiment);
/// Indices of the variants but control.
[[nodiscard]] std::vector<std::size_t> treatments_of(const storage::Experiment& experiment);

/// All that a report is made of, and how its parts are read by several of the report's sections.
struct Case {
  const storage::Experiment& experiment;
  std::span<const storage::Metric> metrics;
  const Cells& cells;
  const Facts& facts;
  const Asked& asked;

  [[nodiscard]] const storage::Plan& plan() const noexcept { return experiment.plan; }
  [[nodiscard]] std::size_t control() const { return control_of(experiment); }
  [[nodiscard]] std::vector<std::size_t> treatments() const { return treatments_of(experiment); }
  /// Whether a metric is compared as counts of units of both arms; else as means.
  [[nodiscard]] bool as_share(std::size_t metric) const noexcept;
  /// Decimals of a metric's amounts.
  [[nodiscard]] int decimals(std::size_t metric) const noexcept;
  /// Whether the clock of the data, or the instant that was asked for, has come to `at`.
  [[nodiscard]] bool reached(Time at) const noexcept;
  /// Two arms' part of the planned units; nothing where the plan does not count units.
  [[nodiscard]] std::optional<double> planned_pair() const noexcept;

  /// One of Cell::units, crossover, analysed over the phases of a variant, or over all cells.
  [[nodiscard]] std::int64_t total(std::int64_t Cell::*figure, std::size_t variant) const;
  [[nodiscard]] std::int64_t total(std::int64_t Cell::*figure) const;
  /// Units whose amount of this metric is out of range: more than none blocks it.
  [[nodiscard]] std::int64_t beyond(std::size_t metric) const;
};

}  // namespace touchstone::judge
