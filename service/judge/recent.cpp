#include "service/judge/recent.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "assign/murmur3.hpp"
#include "service/judge/recent_figures.hpp"

namespace touchstone::judge {
namespace {

using std::chrono::days;

constexpr double kHashes = 4294967296.0;
constexpr int kWeek = 7;

bool wants_details(const std::string& property, const storage::EventFilter& filter) {
  return !property.empty() || !filter.empty();
}

}  // namespace

Recent::Recent(RecentTerms terms, std::span<const storage::Metric> metrics)
    : terms_(std::move(terms)), earliest_(terms_.until) {
  const auto want = [this](const std::string& event, const std::optional<std::string>& property,
                           const storage::EventFilter& filter) {
    any_ = any_ || event == "*";
    wanted_.insert(event);
    if (wants_details(property.value_or(""), filter)) detailed_.insert(event);
  };
  for (const auto& metric : metrics) {
    want(metric.event, metric.property, metric.filter);
    for (const auto& other : metric.others) want(other.event, other.property, other.filter);
  }
}

bool Recent::looked_at(const storage::StoredEvent& stored) const {
  const auto& unit = stored.event.unit;
  if (stored.te < terms_.from || stored.te >= terms_.until || unit.type != terms_.unit_type) return false;
  return terms_.share >= 1 || assign::murmur3(unit.id) < terms_.share * kHashes;
}

/// Of the last kRecentDays, counted back from the last one; -1 for an earlier one.
int Recent::day_of(Time te) const {
  const auto last = std::chrono::floor<days>(terms_.until - Micros(1));
  const auto back = (last - std::chrono::floor<days>(te)).count();
  return back < kRecentDays ? static_cast<int>(back) : -1;
}

Recent::Seen& Recent::seen(const storage::StoredEvent& stored, UnitNumber unit) {
  if (unit >= seen_.size()) seen_.resize(unit + 1, Seen{.first = Time::max()});
  Seen& of = seen_[unit];
  of.first = std::min(of.first, stored.te);
  if (const int day = day_of(stored.te); day >= 0)
    of.days |= static_cast<std::uint16_t>(1U << static_cast<unsigned>(day));
  return of;
}

void Recent::add(std::span<const storage::StoredEvent> events) {
  for (const auto& stored : events) {
    if (!looked_at(stored)) continue;
    ++events_;
    earliest_ = std::min(earliest_, stored.te);
    const auto& event = stored.event;
    const UnitNumber unit = persons_.number(event.unit);
    Seen& of = seen(stored, unit);
    if (event.type == storage::EventType::exposure && stored.te >= of.exposed_at && !event.attributes.empty()) {
      of.exposed_at = stored.te;
      of.exposed_with = attributes_.number(event.attributes);
    }
    if (event.type == storage::EventType::traits && stored.te >= of.told_at) {
      of.told_at = stored.te;
      of.traits = attributes_.number(event.attributes);
    }
    if (event.type != storage::EventType::event || (!any_ && !wanted_.contains(event.name))) continue;
    storage::StoredEvent plain = stored;
    if (!detailed_.contains(event.name)) plain.event.attributes = {};
    timelines_.append(unit, occurrence_of(plain, names_));
  }
}

Traffic Recent::traffic() const {
  Traffic traffic;
  traffic.units = seen_.size();
  traffic.days = std::chrono::duration<double, days::period>(terms_.until - earliest_).count();
  if (seen_.empty() || traffic.days < 1) return traffic;
  const double scale = 1 / terms_.share;
  traffic.per_day = scale * static_cast<double>(traffic.units) / traffic.days;
  std::vector<std::uint64_t> weeks(static_cast<std::size_t>(traffic.days) / kWeek, 0);
  for (const Seen& of : seen_) {
    const auto week = static_cast<std::size_t>((terms_.until - of.first) / days(kWeek));
    if (week < weeks.size()) ++weeks[week];
  }
  if (weeks.empty()) return traffic;
  traffic.slowest = scale * static_cast<double>(std::ranges::min(weeks)) / kWeek;
  traffic.fastest = scale * static_cast<double>(std::ranges::max(weeks)) / kWeek;
  return traffic;
}

MetricHistory Recent::history(const storage::Metric& metric) {
  RecentFigures figures(metric, names_, terms_.until);
  Timeline timeline;
  for (UnitNumber unit = 0; unit < seen_.size(); ++unit) {
    timeline.occurrences.clear();
    timelines_.gather(unit, timeline);
    figures.add(seen_[unit].first, timeline);
    for (int day = 0; day < kRecentDays; ++day)
      if ((seen_[unit].days >> static_cast<unsigned>(day) & 1U) != 0) figures.add_day(day, timeline);
  }
  return figures.told(1 / terms_.share);
}

RecentUnit Recent::unit(UnitNumber number) const {
  const Seen& of = seen_[number];
  return {persons_.unit(number).id, attributes_.text(of.exposed_with), attributes_.text(of.traits),
          of.told_at >= of.exposed_at};
}

}  // namespace touchstone::judge
