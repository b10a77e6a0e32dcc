#include "service/judge/case.hpp"

#include <algorithm>
#include <stdexcept>

namespace touchstone::judge {

std::size_t control_of(const storage::Experiment& experiment) {
  const auto at = std::ranges::find(experiment.variants, true, &storage::Variant::control);
  if (at == experiment.variants.end()) throw std::invalid_argument("an experiment without control");
  return static_cast<std::size_t>(at - experiment.variants.begin());
}

std::vector<std::size_t> treatments_of(const storage::Experiment& experiment) {
  std::vector<std::size_t> all;
  for (std::size_t v = 0; v < experiment.variants.size(); ++v)
    if (!experiment.variants[v].control) all.push_back(v);
  return all;
}

bool Case::as_share(std::size_t metric) const noexcept {
  return tells_share(metrics[metric]) && !metrics[metric].covariate;
}

int Case::decimals(std::size_t metric) const noexcept { return amount_decimals(metrics[metric]); }

bool Case::reached(Time at) const noexcept {
  const std::optional<Time> now = asked.until ? asked.until : facts.last_te;
  return now && *now >= at;
}

std::optional<double> Case::planned_pair() const noexcept {
  const auto& units = plan().horizon.units;
  if (!units) return std::nullopt;
  return static_cast<double>(*units) * 2 / static_cast<double>(experiment.variants.size());
}

std::int64_t Case::total(std::int64_t Cell::*figure, std::size_t variant) const {
  std::int64_t sum = 0;
  for (std::size_t p = 0; p < cells.shape.phases; ++p) sum += cells.at(p, variant).*figure;
  return sum;
}

std::int64_t Case::total(std::int64_t Cell::*figure) const {
  std::int64_t sum = 0;
  for (const Cell& cell : cells.cells) sum += cell.*figure;
  return sum;
}

std::int64_t Case::beyond(std::size_t metric) const {
  std::int64_t units = 0;
  for (const Cell& cell : cells.cells) units += cell.beyond[metric];
  return units;
}

}  // namespace touchstone::judge
