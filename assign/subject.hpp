#pragma once

#include <span>
#include <string_view>

#include "assign/attribute.hpp"
#include "assign/unit.hpp"

namespace touchstone::assign {

/// The variant that a unit already has in an experiment, read by the caller from its table of exposed units.
struct Sticky {
  std::string_view experiment;
  std::string_view variant;
};

/// Everything about one person that a decision may depend on: ids by type, attributes, and the variants already met.
/// Ids must satisfy `valid_unit_id`; an empty id counts as a missing one.
struct Subject {
  std::span<const Unit> units;
  Attributes attributes;
  std::span<const Sticky> sticky{};
  std::span<const Sticky>
      forced{};  ///< variants to look at, whatever the experiment says; never exposed, never analysed
};

}  // namespace touchstone::assign
