#include "storage/event_filter.hpp"

#include <algorithm>

#include "storage/attribute.hpp"

namespace touchstone::storage {
namespace {

bool compares(PropertyOperator op, double value, double with) {
  switch (op) {
    case PropertyOperator::lt:
      return value < with;
    case PropertyOperator::le:
      return value <= with;
    case PropertyOperator::gt:
      return value > with;
    default:
      return value >= with;
  }
}

bool passes(const PropertyTest& test, std::string_view properties) {
  const auto value = attribute(properties, test.property);
  switch (test.op) {
    case PropertyOperator::is:
    case PropertyOperator::in:
      return value && std::ranges::find(test.values, *value) != test.values.end();
    case PropertyOperator::exists:
      return value.has_value() == test.wanted;
    default: {
      const auto number = numeric_attribute(properties, test.property);
      return number && compares(test.op, *number, test.number);
    }
  }
}

}  // namespace

bool passes(const EventFilter& filter, std::string_view properties) {
  return std::ranges::all_of(filter, [properties](const PropertyTest& test) { return passes(test, properties); });
}

}  // namespace touchstone::storage
