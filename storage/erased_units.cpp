#include "storage/erased_units.hpp"

namespace touchstone::storage {

void ErasedUnits::put(std::uint32_t environment, const Fingerprint& unit, std::uint64_t erasure) {
  units_.insert_or_assign(unit, erasure);
  environments_.insert(environment);
  erasures_.insert(erasure);
}

std::optional<std::uint64_t> ErasedUnits::find(std::uint32_t environment, const UnitRef& unit) {
  if (!environments_.contains(environment)) return std::nullopt;
  const auto found = units_.find(fingerprinter_.unit(environment, unit));
  return found == units_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::uint64_t> ErasedUnits::find(std::uint32_t environment, const Event& event) {
  if (const auto erasure = find(environment, event.unit)) return erasure;
  return event.type == EventType::link ? find(environment, event.to) : std::nullopt;
}

}  // namespace touchstone::storage
