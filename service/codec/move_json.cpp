#include "service/codec/move_json.hpp"

#include "service/codec/field.hpp"

namespace touchstone::codec {

Result<Move> read_move(std::string_view json) {
  if (json.empty()) return Move{};
  return read_document(json, Move{}, [](const Field& field, Move& move) {
    ObjectReader in(field);
    in.nullable("at", move.at, read_time);
    in.optional("reason", move.reason, Text{1'000});
    in.finish();
  });
}

}  // namespace touchstone::codec
