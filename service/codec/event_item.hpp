#pragma once

#include "assign/result.hpp"
#include "assign/text_arena.hpp"
#include "service/codec/json.hpp"
#include "storage/event.hpp"

namespace touchstone::codec {

/// The event that an item of /v1/events says; `text` keeps what it points to. Pointers of errors lead into the item.
[[nodiscard]] Result<storage::Event> read_native_event(JsonView item, assign::TextArena& text);

/// The event that a line of the neutral log says.
[[nodiscard]] Result<storage::Event> read_neutral_event(JsonView line, assign::TextArena& text);

}  // namespace touchstone::codec
