#pragma once

#include <cstdint>
#include <optional>
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

/// A variant that a unit met, as its caller remembers it.
struct Met {
  std::uint32_t variant = 0;  ///< in the order of the experiment's variants
  bool belongs = false;       ///< a link says that the unit belongs to another, whose variant this is

  friend bool operator==(const Met&, const Met&) = default;
};

/// All that units met, for callers who remember too much to hand it over. Asked only about experiments that are sticky
/// or take no new units.
class Memory {
 public:
  [[nodiscard]] virtual std::optional<Met> find(std::string_view experiment, const Unit& unit) const noexcept = 0;

 protected:
  Memory() = default;
  Memory(const Memory&) = default;
  Memory& operator=(const Memory&) = default;
  ~Memory() = default;
};

/// Everything about one person that a decision may depend on: ids by type, attributes, and the variants already met.
/// Ids must satisfy `valid_unit_id`; an empty id counts as a missing one.
struct Subject {
  std::span<const Unit> units;
  Attributes attributes;
  std::span<const Sticky> sticky{};
  std::span<const Sticky>
      forced{};                    ///< variants to look at, whatever the experiment says; never exposed, never analysed
  const Memory* memory = nullptr;  ///< where `sticky` does not name the experiment
};

}  // namespace touchstone::assign
