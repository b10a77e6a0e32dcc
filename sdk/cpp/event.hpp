#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "assign/attribute.hpp"
#include "assign/instant.hpp"
#include "assign/result.hpp"
#include "assign/unit.hpp"

namespace touchstone::sdk {

/// What a unit did or said. `id` is what makes it count once: give the order's number to an order, so that whoever
/// reports it again, even from another process, does no harm. Without one, an id is made when the event is tracked.
struct Event {
  std::string_view name;
  assign::Unit unit;
  std::optional<double> value{};
  assign::Attributes properties{};
  std::string_view channel{};
  std::string_view touchpoint{};
  std::string_view id{};
  std::optional<assign::Instant> at{};  ///< by default now
};

/// What the service would refuse: said at once, with a pointer to the field.
[[nodiscard]] Status check(const Event& event);
[[nodiscard]] Status check_unit(const assign::Unit& unit, std::string_view pointer);
[[nodiscard]] Status check_attributes(assign::Attributes attributes, std::string_view pointer);

}  // namespace touchstone::sdk
