#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "service/judge/analyse.hpp"
#include "service/judge/design_changes.hpp"
#include "service/judge/report.hpp"

/// How the answer came about.
namespace touchstone::judge {

/// What was known of one metric and treatment at the end of a look. Both intervals hold at all looks at once.
struct KnownThen {
  Time until{};                 ///< end of the look
  std::uint64_t control = 0;    ///< units in this look and those before it
  std::uint64_t treatment = 0;  ///< likewise
  Interval absolute;
  Interval relative;

  friend bool operator==(const KnownThen&, const KnownThen&) = default;
};

/// One metric and treatment, from its first look to its last: what stands last is the always-valid part of its row in
/// the report.
struct Course {
  std::string metric;
  std::uint32_t version = 0;  ///< of the metric
  std::string variant;
  std::string control;
  storage::MetricKind kind{};
  storage::MetricRole role{};
  std::string method;             ///< as in the row
  std::vector<KnownThen> points;  ///< by time, none where nothing was looked at yet

  friend bool operator==(const Course&, const Course&) = default;
};

/// Units that were first exposed within a day.
struct DayOfEntries {
  Time from{};  ///< of a day of 24 hours, UTC
  std::uint64_t units = 0;

  friend bool operator==(const DayOfEntries&, const DayOfEntries&) = default;
};

/// An experiment day by day.
struct OverTime {
  std::vector<Course> courses;        ///< in the order of the plan's metrics, then of the variants
  std::vector<DayOfEntries> entries;  ///< by time; days without any are left out
  std::vector<DesignChange> changes;  ///< while it ran

  friend bool operator==(const OverTime&, const OverTime&) = default;
};

/// Whose courses are told.
enum class CoursesOf : std::uint8_t { goals, all };

/// Points of a course: one a day of 24 hours from the start of the run, at its last look, or one every so many days,
/// that there are no more than this.
inline constexpr std::int64_t kMostPoints = 30;

/// Pure; costs about as much as kMostPoints / 2 reports the first time, where sight.facts.courses remembers it as much
/// as one. There are courses for metrics that are judged by looks (looks.hpp) in plans that are not strict: for no
/// others is what was known at a time known later, or a range told.
[[nodiscard]] OverTime over_time(const Sight& sight, CoursesOf which = CoursesOf::all);

}  // namespace touchstone::judge
