#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assign/condition.hpp"
#include "assign/result.hpp"
#include "service/app/lookback.hpp"
#include "service/app/service.hpp"

namespace touchstone::app {

/// One of those of whom a condition holds, without its id.
struct CountedUnit {
  std::string pseudonym;   ///< the same for the same unit of a directory, for ever; leads back to nobody
  std::string attributes;  ///< canonical JSON: those that decided
};

struct SegmentCount {
  std::uint64_t units = 0;          ///< of whom it holds
  std::uint64_t of = 0;             ///< that were seen
  std::uint64_t without = 0;        ///< of them, those of whom no attributes are stored
  std::vector<CountedUnit> sample;  ///< ten at most
};

/// Of how many units that were seen the condition holds now, by the attributes that they carried last: of exposures and
/// of traits, the later before the earlier. What the configuration says besides (segments, flags, experiments) is asked
/// as it is. Where a share of units was looked at, numbers are told for all. Errors: invalid, with a pointer that
/// starts with `pointer`.
[[nodiscard]] Result<SegmentCount> count_units(const Service& service, std::uint32_t environment,
                                               const LookbackFindings& findings, const assign::Condition& condition,
                                               std::string_view pointer);

}  // namespace touchstone::app
