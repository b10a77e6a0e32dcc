#include "service/judge/study.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace touchstone::judge {

Cells::Shape shape_of(const storage::Experiment& experiment, std::span<const storage::Metric> metrics) {
  return {experiment.phases.size(),  experiment.variants.size(),      experiment.plan.metrics.size(),
          experiment.plan.crossover, tick_clock(experiment, metrics), extra_shape(metrics, sorting(experiment.plan))};
}

Study::Study(storage::Experiment experiment, std::vector<storage::Metric> metrics, Names& names)
    : experiment_(std::move(experiment)),
      metrics_(std::move(metrics)),
      question_(judge::question(experiment_, metrics_, names)),
      cells_(shape_of(experiment_, metrics_)),
      extremes_(cells_.shape),
      slices_(cells_.shape),
      segments_(experiment_.plan.segments, cells_.shape),
      ages_(metrics_, cells_.shape),
      quantiles_(static_cast<std::size_t>(
          std::ranges::count(metrics_, storage::MetricKind::quantile, &storage::Metric::kind))) {}

void Study::replace(UnitNumber person, const Names& names, const Timeline& timeline) {
  UnitRecord record = attribute_unit(question_, names, timeline);
  const std::vector<ByAge> ages = ages_.of(question_, names, record.part, timeline);
  const auto known = slots_.find(person);
  if (known != slots_.end()) retract(known->second);
  if (record.part.exposures == 0 && record.part.unattributed == 0) {
    if (known != slots_.end()) drop(known);
    return;
  }
  const std::uint32_t slot = known != slots_.end() ? known->second : slot_for(person);
  enter(slot, record, ages, names);
  for (std::size_t q = 0; q < quantiles_; ++q)
    events_[slot * quantiles_ + q] = record.events.empty() ? std::vector<std::int64_t>() : std::move(record.events[q]);
}

bool Study::follow(UnitNumber person, const Names& names, const Timeline& news) {
  const auto known = slots_.find(person);
  if (known == slots_.end()) return false;
  const std::uint32_t slot = known->second;
  const Participation& part = parts_[slot];
  const std::span<const Amount> before = amounts(slot);
  followed_.part = part;
  followed_.first = firsts_[slot];
  followed_.amounts.assign(before.begin(), before.end());
  if (!judge::follow(question_, names, news, followed_) || followed_.part.crossed != part.crossed) return false;
  if (!ages_.follow(question_, names, slot, part, news, aged_)) return false;
  ages_.change(slot, part, aged_);  // the only step that may fail: first
  const std::span<const Amount> after = followed_.amounts;
  cells_.change(part, followed_.part, before, after);
  segments_.change(part, followed_.part, before, after);
  extremes_.change(person, part, before, after);
  keep(slot, followed_);
  return true;
}

/// To all sums, or to none (std::bad_alloc).
void Study::enter(std::uint32_t slot, const UnitRecord& record, std::span<const ByAge> ages, const Names& names) {
  slices_.add(record.part);
  try {
    add_ages(slot, record, ages, names);
  } catch (const std::bad_alloc&) {
    slices_.retract(record.part);
    throw;
  }
  extremes_.add(persons_[slot], record.part, record.amounts);
  keep(slot, record);
}

void Study::keep(std::uint32_t slot, const UnitRecord& record) {
  parts_[slot] = record.part;
  firsts_[slot] = record.first;
  std::ranges::copy(record.amounts, amounts_.begin() + static_cast<std::ptrdiff_t>(slot * columns()));
}

void Study::add_ages(std::uint32_t slot, const UnitRecord& record, std::span<const ByAge> ages, const Names& names) {
  ages_.add(slot, record.part, ages);
  try {
    add_sums(record, names);
  } catch (const std::bad_alloc&) {
    ages_.retract(slot, record.part);
    throw;
  }
}

void Study::add_sums(const UnitRecord& record, const Names& names) {
  cells_.add(record.part, record.amounts);
  try {
    segments_.add(record.part, record.amounts, names);
  } catch (const std::bad_alloc&) {
    cells_.retract(record.part, record.amounts);
    throw;
  }
}

bool Study::keeps() const noexcept {
  using storage::ExperimentState;
  const bool open = experiment_.state == ExperimentState::running || experiment_.state == ExperimentState::paused;
  return open && (experiment_.sticky || !experiment_.enrolling);
}

std::optional<std::uint32_t> Study::kept(UnitNumber person) const {
  const auto slot = slots_.find(person);
  if (!keeps() || slot == slots_.end() || parts_[slot->second].kept == kNothingKept) return std::nullopt;
  return parts_[slot->second].kept;
}

void Study::find_ends(std::size_t variant, std::size_t metric) {
  Ends found;
  for_each_record([&](UnitNumber person, const Participation& part, std::span<const Amount> amounts) {
    if (part.variant == variant && extremes_.counts(part)) found.add(person, amounts[metric]);
  });
  extremes_.replace(variant, metric, found);
}

void Study::retract(std::uint32_t slot) {
  const Participation& part = parts_[slot];
  cells_.retract(part, amounts(slot));
  slices_.retract(part);
  ages_.retract(slot, part);
  segments_.retract(part, amounts(slot));
  extremes_.retract(persons_[slot], part, amounts(slot));
  parts_[slot] = {};
}

void Study::drop(Slots::iterator known) {
  for (std::size_t q = 0; q < quantiles_; ++q) events_[known->second * quantiles_ + q] = {};
  persons_[known->second] = kNobody;
  free_.push_back(known->second);
  slots_.erase(known);
}

std::uint32_t Study::slot_for(UnitNumber person) {
  if (free_.empty()) add_slot();
  const std::uint32_t slot = free_.back();
  slots_.emplace(person, slot);
  free_.pop_back();
  persons_[slot] = person;
  return slot;
}

void Study::add_slot() {
  const std::size_t slots = parts_.size() + 1;
  if (free_.capacity() < slots) free_.reserve(2 * slots);
  amounts_.resize(slots * columns());
  events_.resize(slots * quantiles_);
  ages_.hold(slots);
  persons_.resize(slots, kNobody);
  firsts_.resize(slots);
  parts_.resize(slots);
  free_.push_back(static_cast<std::uint32_t>(slots - 1));
}

std::span<const Amount> Study::amounts(std::uint32_t slot) const {
  return std::span(amounts_).subspan(slot * columns(), columns());
}

}  // namespace touchstone::judge
