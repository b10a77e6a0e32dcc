#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "storage/time.hpp"

namespace touchstone::storage {

enum class MetricRole : std::uint8_t { goal, secondary, guardrail };

/// What happens to a unit that met more than one variant of the run.
enum class Crossover : std::uint8_t {
  exclude,  ///< the unit is left out, counted and shown
  first,    ///< it counts for the variant of its first exposure
};

/// A part of the units, agreed on before the start: those whose first exposure carried this value.
struct PlannedSegment {
  std::string name;
  std::string attribute;
  std::string value;  ///< canonical JSON of a text, a number or a truth value

  friend bool operator==(const PlannedSegment&, const PlannedSegment&) = default;
};

/// How a metric takes part in a plan.
struct PlanMetric {
  std::string metric;
  std::uint32_t version = 0;  ///< 0 = the current one; fixed when the plan is frozen
  MetricRole role = MetricRole::goal;
  std::optional<double> margin;  ///< guardrail: largest tolerated relative harm, e.g. 0.02

  friend bool operator==(const PlanMetric&, const PlanMetric&) = default;
};

/// The method that the verdict follows, by id and version; methods stay callable for ever.
/// - always-valid 2: exact conditional spending for conversions and two keys for values, on ticks, for metrics whose
///   window has an end; else as version 1.
/// - always-valid 1: a normal-mixture confidence sequence, at every instant.
/// - fixed-horizon 1: one look at the end.
/// - strict 1: e-values on ticks, exact for every distribution and at whatever moment somebody stops; no horizon.
struct MethodRef {
  std::string id = "always-valid";
  std::uint32_t version = 2;
  /// strict: by metric, the standard deviation of a unit's figure that is expected; tunes power, never the error.
  std::map<std::string, double> deviations{};

  friend bool operator==(const MethodRef&, const MethodRef&) = default;
};

[[nodiscard]] inline bool is_strict(const MethodRef& method) noexcept { return method.id == "strict"; }

/// Whether claims are made at the ticks of a clock.
[[nodiscard]] inline bool walks_by_ticks(const MethodRef& method) noexcept {
  return (method.id == "always-valid" && method.version >= 2) || is_strict(method);
}

/// When the experiment is complete: after so many units, or at an instant; neither = whenever somebody looks.
struct Horizon {
  std::optional<std::uint64_t> units;
  std::optional<Time> ends_at;

  friend bool operator==(const Horizon&, const Horizon&) = default;
};

/// How goals x treatments share alpha: none is claimed wrongly with probability 1 - alpha.
enum class GoalCorrection : std::uint8_t {
  holm,     ///< whatever depends on whatever
  dunnett,  ///< treatments share their control, which is taken into account; goals by Bonferroni; fixed-horizon only
};

/// How secondaries x treatments share alpha: of those claimed a share of alpha at most is wrong on average.
enum class SecondaryCorrection : std::uint8_t {
  benjamini_hochberg,    ///< where they do not contradict each other
  e_benjamini_hochberg,  ///< from e-values, whatever depends on whatever; strict only
};

struct Corrections {
  GoalCorrection goals = GoalCorrection::holm;
  SecondaryCorrection secondaries = SecondaryCorrection::benjamini_hochberg;

  friend bool operator==(const Corrections&, const Corrections&) = default;
};

/// How an experiment will be judged. Frozen at start; later changes are deviations, shown beside the verdict.
struct Plan {
  std::optional<Time> frozen_at;
  std::vector<PlanMetric> metrics;
  double alpha = 0.05;
  MethodRef method;
  Horizon horizon;
  std::optional<Micros> tick{};           ///< between two claims; absent: a 500th of the planned time, else an hour
  std::optional<double> smallest_effect;  ///< relative: what is smaller does not matter
  Crossover crossover = Crossover::exclude;
  Corrections corrections{};
  std::vector<PlannedSegment> segments{};

  friend bool operator==(const Plan&, const Plan&) = default;
};

}  // namespace touchstone::storage
