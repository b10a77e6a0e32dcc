#include "service/codec/duration_field.hpp"

#include <fmt/format.h>

#include "service/codec/time_text.hpp"

namespace touchstone::codec {

bool Duration::operator()(const Field& field, Micros& into) const {
  const auto duration = parse_duration(field.value().text().value_or(""));
  if (!duration) return field.fail("must be a duration", fmt::format("send \"{}\"", example));
  into = *duration;
  return true;
}

}  // namespace touchstone::codec
