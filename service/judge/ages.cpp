#include "service/judge/ages.hpp"

#include <algorithm>
#include <chrono>

namespace touchstone::judge {
namespace {

constexpr Micros kDay = std::chrono::hours(24);

std::int64_t day_of(Time at) noexcept { return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count(); }
Time end_of_day(std::int64_t day) noexcept { return Time(kDay * (day + 1)); }

void count(AgeSums& sums, const ByAge& age, int sign) {
  if (age == ByAge{}) return;
  sums.beyond += age.beyond ? sign : 0;
  if (age.beyond) return;
  sums.second += sign * stats::Int128(age.second);
  auto& [y, x, cross] = sums.sums;
  if (sign > 0) {
    y.add(age.first);
    x.add(age.total);
    cross.add(age.first, age.total);
  } else {
    y.retract(age.first);
    x.retract(age.total);
    cross.retract(age.first, age.total);
  }
}

}  // namespace

int days_looked_at(const storage::Metric& metric) noexcept {
  using storage::MetricKind;
  const bool daily =
      metric.kind == MetricKind::proportion || metric.kind == MetricKind::count || metric.kind == MetricKind::sum;
  if (!daily || !metric.window.length || metric.pooled_cap) return 0;
  const auto days = std::min<std::int64_t>(*metric.window.length / kDay, kMostDays);
  return days < kFewestDays ? 0 : static_cast<int>(days);
}

void AgeSums::merge(const AgeSums& other) noexcept {
  units += other.units;
  beyond += other.beyond;
  sums.merge(other.sums);
  second += other.second;
}

AgeCells::AgeCells(std::span<const storage::Metric> metrics, const Cells::Shape& shape) : shape_(shape) {
  for (std::size_t m = 0; m < metrics.size(); ++m)
    if (const int days = days_looked_at(metrics[m]); days > 0) looked_.push_back({m, days, metrics[m].window.delay});
}

bool AgeCells::counts(const Participation& part) const noexcept {
  return !looked_.empty() && part.exposures > 0 && analysed(part, shape_.crossover);
}

std::vector<ByAge> AgeCells::of(const Question& question, const Names& names, const Participation& part,
                                const Timeline& timeline) const {
  std::vector<ByAge> all;
  if (!counts(part)) return all;
  for (const Looked& looked : looked_)
    all.push_back(by_age(question.measures[looked.metric], names, part.exposed_at, timeline, looked.days));
  return all;
}

std::vector<AgeSums>& AgeCells::row(const Participation& part) {
  const Entry entry{part.phase, day_of(part.exposed_at)};
  const auto known = rows_.find(entry);
  if (known != rows_.end()) return known->second;
  return rows_.emplace(entry, std::vector<AgeSums>(looked_.size() * shape_.variants)).first->second;
}

void AgeCells::hold(std::size_t slots) {
  for (Looked& looked : looked_) looked.places.resize(slots);
}

/// So that so many places can be taken, and all of them given back.
void AgeCells::make_room(std::size_t more) {
  const std::size_t needed = told_.size() + more;
  if (told_.capacity() < needed) told_.reserve(2 * needed);
  if (free_.capacity() < told_.capacity()) free_.reserve(told_.capacity());
}

void AgeCells::set(std::uint32_t& place, const ByAge& age) noexcept {
  if (age == ByAge{}) {
    if (place != 0) free_.push_back(std::exchange(place, 0));
    return;
  }
  if (place == 0) place = take_place();
  told_[place] = age;
}

std::uint32_t AgeCells::take_place() noexcept {
  if (free_.empty()) {
    told_.emplace_back();
    return static_cast<std::uint32_t>(told_.size() - 1);
  }
  const std::uint32_t place = free_.back();
  free_.pop_back();
  return place;
}

void AgeCells::add(std::uint32_t slot, const Participation& part, std::span<const ByAge> ages) {
  if (!counts(part)) return;
  make_room(looked_.size());
  std::vector<AgeSums>& sums = row(part);
  for (std::size_t i = 0; i < looked_.size(); ++i) {
    AgeSums& of = sums[i * shape_.variants + part.variant];
    ++of.units;
    count(of, ages[i], +1);
    set(looked_[i].places[slot], ages[i]);
  }
}

void AgeCells::retract(std::uint32_t slot, const Participation& part) {
  if (!counts(part)) return;
  const auto known = rows_.find({part.phase, day_of(part.exposed_at)});
  for (std::size_t i = 0; i < looked_.size(); ++i) {
    AgeSums& of = known->second[i * shape_.variants + part.variant];
    --of.units;
    count(of, told_[looked_[i].places[slot]], -1);
    set(looked_[i].places[slot], {});
  }
}

bool AgeCells::follow(const Question& question, const Names& names, std::uint32_t slot, const Participation& part,
                      const Timeline& news, std::vector<AgeChange>& changes) const {
  changes.clear();
  if (!counts(part) || news.occurrences.empty()) return true;
  for (std::size_t i = 0; i < looked_.size(); ++i) {
    const ByAge more = by_age(question.measures[looked_[i].metric], names, part.exposed_at, news, looked_[i].days);
    if (more == ByAge{}) continue;
    const auto age = sum(question.measures[looked_[i].metric], told_[looked_[i].places[slot]], more);
    if (!age) return false;
    changes.emplace_back(i, *age);
  }
  return true;
}

void AgeCells::change(std::uint32_t slot, const Participation& part, std::span<const AgeChange> changes) {
  if (changes.empty()) return;
  make_room(changes.size());
  std::vector<AgeSums>& sums = row(part);
  for (const auto& [i, age] : changes) {
    AgeSums& of = sums[i * shape_.variants + part.variant];
    count(of, told_[looked_[i].places[slot]], -1);
    count(of, age, +1);
    set(looked_[i].places[slot], age);
  }
}

std::vector<Aged> AgeCells::completed(std::optional<Time> now) const {
  std::vector<Aged> all;
  for (std::size_t i = 0; i < looked_.size(); ++i) {
    const Looked& looked = looked_[i];
    Aged& aged =
        all.emplace_back(Aged{looked.metric, looked.days, std::vector<AgeSums>(shape_.phases * shape_.variants)});
    for (const auto& [entry, sums] : rows_) {
      if (!now || end_of_day(entry.second) + looked.delay + looked.days * kDay > *now) continue;
      for (std::size_t v = 0; v < shape_.variants; ++v)
        aged.sums[entry.first * shape_.variants + v].merge(sums[i * shape_.variants + v]);
    }
  }
  return all;
}

}  // namespace touchstone::judge
