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
  drop(person);
  if (record.part.exposures == 0 && record.part.unattributed == 0) return;
  const std::uint32_t slot = slot_for(person);
  slices_.add(record.part);
  try {
    add_ages(person, record, ages, names);
  } catch (const std::bad_alloc&) {
    slices_.retract(record.part);
    throw;
  }
  extremes_.add(person, record.part, record.amounts);
  parts_[slot] = record.part;
  std::ranges::copy(record.amounts, amounts_.begin() + static_cast<std::ptrdiff_t>(slot * columns()));
  for (std::size_t q = 0; q < record.events.size(); ++q) events_[slot * quantiles_ + q] = std::move(record.events[q]);
}

void Study::add_ages(UnitNumber person, const UnitRecord& record, std::span<const ByAge> ages, const Names& names) {
  ages_.add(person, record.part, ages);
  try {
    add_sums(record, names);
  } catch (const std::bad_alloc&) {
    ages_.retract(person, record.part);
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

void Study::drop(UnitNumber person) {
  const auto known = slots_.find(person);
  if (known == slots_.end()) return;
  cells_.retract(parts_[known->second], amounts(known->second));
  slices_.retract(parts_[known->second]);
  ages_.retract(person, parts_[known->second]);
  segments_.retract(parts_[known->second], amounts(known->second));
  extremes_.retract(person, parts_[known->second], amounts(known->second));
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
  parts_[slot] = {};
  return slot;
}

void Study::add_slot() {
  const std::size_t slots = parts_.size() + 1;
  if (free_.capacity() < slots) free_.reserve(2 * slots);
  amounts_.resize(slots * columns());
  events_.resize(slots * quantiles_);
  persons_.resize(slots, kNobody);
  parts_.resize(slots);
  free_.push_back(static_cast<std::uint32_t>(slots - 1));
}

std::span<const Amount> Study::amounts(std::uint32_t slot) const {
  return std::span(amounts_).subspan(slot * columns(), columns());
}

}  // namespace touchstone::judge
