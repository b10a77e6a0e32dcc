#include <cmath>
#include <cstdint>

#include "sdk/wire/document_node.hpp"

namespace touchstone::wire {

Node number_node(double number) {
  constexpr double exact = 9007199254740992.0;
  if (std::trunc(number) == number && std::abs(number) <= exact) return static_cast<std::int64_t>(number);
  return number;
}

}  // namespace touchstone::wire
