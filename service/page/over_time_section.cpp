#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "service/page/change_text.hpp"
#include "service/page/conclusion_text.hpp"
#include "service/page/course_drawing.hpp"
#include "service/page/deciding.hpp"
#include "service/page/design_change_text.hpp"
#include "service/page/number_text.hpp"
#include "service/page/row_cells.hpp"
#include "service/page/sections.hpp"

namespace touchstone::page {
namespace {

using judge::Course;
using judge::KnownThen;
using judge::OverTime;
using judge::Report;
using judge::Row;

constexpr std::size_t kMostCourses = 4;

/// The row as it was then.
Row row_then(Row row, const KnownThen& known) {
  row.always_valid.absolute = known.absolute;
  row.always_valid.relative = known.relative;
  return row;
}

const Row* row_of(const Course& course, const Report& report) {
  const auto found = std::ranges::find_if(report.results, [&](const Row& row) {
    return row.metric == course.metric && row.variant == course.variant && row.role == course.role;
  });
  return found == report.results.end() ? nullptr : &*found;
}

const judge::Interval& told(const KnownThen& known, const Row& row) {
  return told_relative(row) ? known.relative : known.absolute;
}

std::vector<DrawnRange> ranges_of(const Course& course, const Row& row) {
  std::vector<DrawnRange> ranges;
  for (const KnownThen& known : course.points)
    if (const auto& interval = told(known, row); interval.estimate)
      ranges.push_back({known.until, *interval.estimate, interval.low, interval.high});
  return ranges;
}

std::string told_then(const Row& row, const KnownThen& known) {
  const auto change = always_valid_change_text(row_then(row, known));
  return fmt::format("{} ({}) on {}", change.estimate, change.range(), date_text(known.until));
}

std::string label_of(const Course& course, const Row& row) {
  const auto computed = [&](const KnownThen& known) { return told(known, row).estimate.has_value(); };
  const auto first = std::ranges::find_if(course.points, computed);
  return fmt::format("{} with {}: from {} to {}.", course.metric, course.variant, told_then(row, *first),
                     told_then(row, course.points.back()));
}

std::string decided_text(const Row& row) {
  if (!row.always_valid.decided_at) return "On no day was a change clear.";
  return fmt::format("A change was clear from {} on.", date_text(*row.always_valid.decided_at));
}

std::vector<Time> times_of(const std::vector<judge::DesignChange>& changes) {
  std::vector<Time> times;
  for (const judge::DesignChange& change : changes) times.push_back(change.at);
  return times;
}

/// Two ranges at least make a course.
Markup drawn(const Course& course, const Report& report, const OverTime& told, const Stretch& stretch) {
  const Row* const row = row_of(course, report);
  if (row == nullptr || row->status != "ok") return {};
  auto ranges = ranges_of(course, *row);
  if (ranges.size() < 2) return {};
  const bool share = told_relative(*row) || told_as_share(*row);
  const DrawnCourse chart{std::move(ranges),        times_of(told.changes),
                          share ? 100.0 : 1.0,      told_relative(*row) ? " %" : "",
                          tone_class(*row, report), label_of(course, *row)};
  return element("h3", {},
                 element("bdi", {}, course.metric) + text_node(" with ") + element("bdi", {}, course.variant)) +
         draw_course(chart, stretch) + draw_dates(stretch) + element("p", {}, decided_text(*row));
}

Stretch stretch_of(const OverTime& told) {
  Stretch stretch{told.entries.front().from, told.entries.back().from + std::chrono::days(1)};
  for (const Course& course : told.courses)
    if (!course.points.empty()) stretch.to = std::max(stretch.to, course.points.back().until);
  return stretch;
}

Markup courses(const Report& report, const OverTime& told, const Stretch& stretch) {
  Markup parts;
  std::size_t shown = 0;
  std::size_t left = 0;
  for (const Course& course : told.courses) {
    if (course.role != storage::MetricRole::goal) continue;
    const auto part = shown < kMostCourses ? drawn(course, report, told, stretch) : Markup{};
    parts += part;
    ++(part.text.empty() ? left : shown);
  }
  if (shown == kMostCourses && left > 0)
    parts += element("p", {{"class", "soft"}}, fmt::format("{} more are in the file of the daily series.", left));
  return parts;
}

Markup days_of(const OverTime& told, const Stretch& stretch) {
  std::vector<DrawnDay> days;
  std::uint64_t fewest = told.entries.front().units;
  std::uint64_t most = 0;
  for (const auto& day : told.entries) {
    days.push_back({day.from, day.units});
    fewest = std::min(fewest, day.units);
    most = std::max(most, day.units);
  }
  const auto words = fewest == most
                         ? fmt::format("{} new units a day.", grouped(most))
                         : fmt::format("{} to {} new units a day that had any.", grouped(fewest), grouped(most));
  return element("h3", {}, "Who came") + draw_days(days, times_of(told.changes), stretch, words) + draw_dates(stretch) +
         element("p", {}, words);
}

/// What was changed, by the numbers of the dashed lines.
Markup changes_list(const OverTime& told) {
  Markup items;
  for (const judge::DesignChange& change : told.changes) items += element("li", {}, design_change_text(change));
  return element("p", {{"class", "soft"}}, "Dashed lines: what was changed while it ran.") +
         element("ol", {{"class", "soft"}}, items);
}

bool tells_courses(const judge::JudgedPlan& plan) { return always_valid(plan) && !is_strict(plan.method); }

std::string legend(const Report& report) {
  if (!always_valid(report.plan)) return "This plan looks once, at its end: what shows before then is no result.";
  if (is_strict(report.plan.method)) return "A strict plan tells which way a change goes, and not how large it is.";
  return fmt::format("The line is the estimate of each day, the band its {}: all bands hold together.",
                     interval_name(report.plan));
}

}  // namespace

Markup over_time_section(const Report& report, const ReportHeading& heading) {
  const auto& told = heading.over_time;
  if (!told || told->entries.size() < 2 || report.verdict.code == "do_not_trust") return {};
  const Stretch stretch = stretch_of(*told);
  const auto drawn = courses(report, *told, stretch);
  auto content = drawn + days_of(*told, stretch);
  if (!drawn.text.empty() || !tells_courses(report.plan)) content += element("p", {{"class", "soft"}}, legend(report));
  if (!told->changes.empty()) content += changes_list(*told);
  return titled_section("over-time", "Effect over time", content);
}

}  // namespace touchstone::page
