#include "service/codec/dialect_field.hpp"

#include <string>
#include <utility>

#include "sdk/wire/dialect_json.hpp"

namespace touchstone::codec {

bool read_dialect(const Field& field, assign::dialect::Program& into) {
  constexpr std::size_t longest = std::size_t{1} << 20U;
  std::string json;
  if (!AnyJson{longest}(field, json)) return false;
  auto program = wire::read_dialect(json, field.pointer());
  if (!program) return field.fail(std::move(program).error());
  if (!well_formed(*program)) return field.fail("the program leads nowhere", "import it again");
  into = *std::move(program);
  return true;
}

}  // namespace touchstone::codec
