#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::storage {

enum class PropertyOperator : std::uint8_t { is, in, lt, le, gt, ge, exists };

/// What is asked of one property of an event. A property that is missing or of another type satisfies none of these,
/// but for exists false.
struct PropertyTest {
  std::string property;
  PropertyOperator op = PropertyOperator::is;
  std::vector<std::string> values;  ///< is: one, in: any of these: canonical JSON texts
  double number = 0;                ///< lt, le, gt, ge
  bool wanted = true;               ///< exists

  friend bool operator==(const PropertyTest&, const PropertyTest&) = default;
};

/// Which events count: those that satisfy every test. Without tests all do.
using EventFilter = std::vector<PropertyTest>;

/// `properties`: a canonical JSON object (RFC 8785), as the journal stores it; empty = none.
[[nodiscard]] bool passes(const EventFilter& filter, std::string_view properties);

}  // namespace touchstone::storage
