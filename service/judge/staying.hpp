#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "service/judge/study.hpp"
#include "service/judge/survival.hpp"
#include "storage/metric.hpp"

/// How long the units of an experiment stay, or take, where some are still under way: time to the first event of
/// metrics of kind duration, and of churn by an event.
namespace touchstone::judge {

/// Whether a metric has a time to an event.
[[nodiscard]] bool tells_staying(const storage::Metric& metric) noexcept;
/// The same metric as one of the time to its event, in whole seconds from the first exposure on.
[[nodiscard]] storage::Metric as_duration(storage::Metric metric);

/// A unit of an experiment, and when what counts happened to it.
struct Stay {
  Time opened{};              ///< its window
  std::uint16_t variant = 0;  ///< index into the experiment's variants
  std::uint16_t phase = 0;
  std::optional<Micros> ended{};  ///< after it opened; nothing: not within the window so far
};

/// Those of one metric.
struct MetricStays {
  storage::Metric metric;
  std::vector<Stay> stays;
};
/// All units that the study analyses; `waited` gives a unit's seconds from its first exposure to the event, those of
/// the whole window where there was none.
[[nodiscard]] std::vector<Stay> stays_of(
    const Study& study, const storage::Metric& metric,
    const std::function<std::int64_t(UnitNumber person, const Participation& part)>& waited);

/// What time is counted in: so fine that a window has some hundred steps.
enum class StayStep : std::uint8_t { minute, hour, day };
[[nodiscard]] std::chrono::seconds length_of(StayStep step) noexcept;

/// What is known of how long units stay. A unit is under observation from the opening of its window until its end, or
/// until the last whole step before the clock of the data; with less than one it is not counted. Of a step that has not
/// passed for a unit nothing is used, neither that it ended nor that it did not.
struct Staying {
  std::string metric;
  std::uint32_t version = 0;
  storage::MetricKind kind{};
  StayStep step = StayStep::day;
  SurvivalStudy study;              ///< variants alone, control first
  std::vector<SurvivalArm> arms;    ///< Kaplan and Meier, of all phases together, by variant as in `study`
  std::vector<SurvivalRow> rows;    ///< by treatment, strata are phases; none before `tested_at`
  std::optional<Time> tested_at{};  ///< the planned end, once the clock of the data has come to it: what is tested is
                                    ///< what was known then, so that one look is one whenever it is read
};
[[nodiscard]] std::vector<Staying> staying(const storage::Experiment& experiment, std::span<const MetricStays> metrics,
                                           std::optional<Time> now);

}  // namespace touchstone::judge
