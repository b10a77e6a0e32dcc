#include "service/judge/over_time.hpp"

#include <chrono>
#include <map>
#include <span>
#include <utility>

#include "service/judge/case.hpp"
#include "service/judge/comparison.hpp"
#include "service/judge/course_memory.hpp"
#include "service/judge/looks.hpp"
#include "service/judge/watch.hpp"

namespace touchstone::judge {
namespace {

using std::chrono::days;

/// Looks up to and with the last one of each point.
using Ends = std::vector<std::size_t>;

std::int64_t day_of(const Case& of, const Look& look) {
  return std::chrono::ceil<days>(look.end - of.cells.shape.clock.origin).count();
}

Ends ends_of_points(const Case& of, std::span<const Look> looks) {
  Ends ends;
  if (looks.empty()) return ends;
  const std::int64_t every = 1 + (day_of(of, looks.back()) - 1) / kMostPoints;
  const auto point = [&](const Look& look) { return (day_of(of, look) - 1) / every; };
  for (std::size_t i = 0; i < looks.size(); ++i)
    if (i + 1 == looks.size() || point(looks[i + 1]) != point(looks[i])) ends.push_back(i + 1);
  return ends;
}

Watched remembered(const Case& of, std::size_t metric, std::size_t variant, std::span<const Look> looks) {
  CourseMemory* const memory = of.facts.courses.get();
  if (memory == nullptr) return watch_until(of, metric, variant, looks);
  if (const Watched* known = memory->recall(metric, variant, looks.size())) return *known;
  Watched watched = watch_until(of, metric, variant, looks);
  memory->keep(metric, variant, looks.size(), watched);
  return watched;
}

KnownThen known_then(const Case& of, std::size_t metric, std::size_t variant, std::span<const Look> looks) {
  const Watched watched = remembered(of, metric, variant, looks);
  KnownThen known{looks.back().end, 0, 0, interval(watched.effect.absolute), interval(watched.effect.relative)};
  if (of.metrics[metric].kind == storage::MetricKind::score) known.relative = interval(not_relative());
  for (const Look& look : looks) {
    known.control += static_cast<std::uint64_t>(look.control.units);
    known.treatment += static_cast<std::uint64_t>(look.treatment.units);
  }
  return known;
}

bool has_course(const Case& of, std::size_t metric) {
  return by_looks(of, metric) && !is_strict(of.plan().method) && of.beyond(metric) == 0;
}

Course course(const Case& of, std::size_t metric, std::size_t variant) {
  const storage::Metric& defined = of.metrics[metric];
  Course course{defined.key,
                defined.version,
                of.experiment.variants[variant].key,
                of.experiment.variants[of.control()].key,
                defined.kind,
                of.plan().metrics[metric].role,
                watch_until(of, metric, variant, {}).method,
                {}};
  const std::vector<Look> all = looks(of, metric, variant);
  if (of.facts.courses) of.facts.courses->align(metric, variant, all);
  for (const std::size_t end : ends_of_points(of, all))
    course.points.push_back(known_then(of, metric, variant, std::span(all).first(end)));
  return course;
}

std::vector<DayOfEntries> entries(const Cells& cells) {
  std::map<std::int64_t, std::int64_t> by_day;
  for (const auto& phase : cells.entries)
    for (const auto& [hour, units] : phase) by_day[std::chrono::floor<days>(std::chrono::hours(hour)).count()] += units;
  std::vector<DayOfEntries> all;
  for (const auto& [day, units] : by_day)
    if (units > 0) all.push_back({Time(days(day)), static_cast<std::uint64_t>(units)});
  return all;
}

}  // namespace

OverTime over_time(const Sight& sight, CoursesOf which) {
  const Asked asked;
  const Case of{sight.experiment, sight.metrics, sight.cells, sight.facts, asked};
  OverTime told;
  for (std::size_t m = 0; m < of.metrics.size(); ++m)
    if (has_course(of, m) && (which == CoursesOf::all || of.plan().metrics[m].role == storage::MetricRole::goal))
      for (const std::size_t v : of.treatments()) told.courses.push_back(course(of, m, v));
  told.entries = entries(of.cells);
  told.changes = design_changes(of.experiment.phases);
  return told;
}

}  // namespace touchstone::judge
