#include "service/judge/study.hpp"

#include <algorithm>
#include <utility>

namespace touchstone::judge {
namespace {

Cells::Shape shape_of(const storage::Experiment& experiment) {
  return {experiment.phases.size(), experiment.variants.size(), experiment.plan.metrics.size(),
          experiment.plan.crossover};
}

}  // namespace

Study::Study(storage::Experiment experiment, std::vector<storage::Metric> metrics, Names& names)
    : experiment_(std::move(experiment)),
      metrics_(std::move(metrics)),
      question_(judge::question(experiment_, metrics_, names)),
      cells_(shape_of(experiment_)),
      extremes_(cells_.shape) {}

void Study::replace(UnitNumber person, const Names& names, const Timeline& timeline) {
  drop(person);
  const UnitRecord record = attribute_unit(question_, names, timeline);
  if (record.part.exposures == 0 && record.part.unattributed == 0) return;
  const std::uint32_t slot = slot_for(person);
  parts_[slot] = record.part;
  std::ranges::copy(record.amounts, amounts_.begin() + static_cast<std::ptrdiff_t>(slot * metrics_.size()));
  cells_.add(record.part, record.amounts);
  extremes_.add(person, record.part, record.amounts);
}

void Study::find_ends(std::size_t variant, std::size_t metric) {
  Ends found;
  for_each_record([&](UnitNumber person, const Participation& part, std::span<const Amount> amounts) {
    if (part.variant == variant && extremes_.counts(part)) found.add(person, amounts[metric]);
  });
  extremes_.replace(variant, metric, std::move(found));
}

void Study::drop(UnitNumber person) {
  const auto known = slots_.find(person);
  if (known == slots_.end()) return;
  cells_.retract(parts_[known->second], amounts(known->second));
  extremes_.retract(person, parts_[known->second], amounts(known->second));
  persons_[known->second] = kNobody;
  free_.push_back(known->second);
  slots_.erase(known);
}

std::uint32_t Study::slot_for(UnitNumber person) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(parts_.size()));
    persons_.push_back(kNobody);
    parts_.emplace_back();
    amounts_.resize(amounts_.size() + metrics_.size());
  }
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  slots_.emplace(person, slot);
  persons_[slot] = person;
  return slot;
}

std::span<const Amount> Study::amounts(std::uint32_t slot) const {
  return std::span(amounts_).subspan(slot * metrics_.size(), metrics_.size());
}

}  // namespace touchstone::judge
