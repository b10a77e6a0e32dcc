#include "service/codec/move_json.hpp"

#include "service/codec/field.hpp"

namespace touchstone::codec {

namespace {

void read_common(ObjectReader& in, Move& move) {
  in.nullable("at", move.at, read_time);
  in.optional("reason", move.reason, Text{1'000});
}

}  // namespace

Result<Move> read_move(std::string_view json) {
  if (json.empty()) return Move{};
  return read_document(json, Move{}, [](const Field& field, Move& move) {
    ObjectReader in(field);
    read_common(in, move);
    in.finish();
  });
}

Result<Move> read_start(std::string_view json) {
  if (json.empty()) return Move{};
  return read_document(json, Move{}, [](const Field& field, Move& move) {
    ObjectReader in(field);
    read_common(in, move);
    in.optional("despite", move.despite, ListOf{50, Text{64}});
    if (!move.despite.empty() && move.reason.empty())
      in.fail("reason", "a start despite a check needs a reason", "Say why, for the history.");
    in.finish();
  });
}

}  // namespace touchstone::codec
