#include "service/codec/condition_field.hpp"

#include "sdk/wire/condition_json.hpp"

namespace touchstone::codec {

bool read_condition(const Field& field, assign::Condition& into) {
  constexpr std::size_t longest = std::size_t{1} << 20U;
  std::string json;
  if (!AnyJson{longest}(field, json)) return false;
  auto condition = wire::read_condition(json, field.pointer());
  if (!condition) return field.fail(std::move(condition).error());
  into = *std::move(condition);
  return true;
}

}  // namespace touchstone::codec
