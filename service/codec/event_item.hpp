#pragma once

#include "assign/result.hpp"
#include "service/codec/json.hpp"
#include "storage/event.hpp"
#include "storage/text_arena.hpp"

namespace touchstone::codec {

/// The event that an item of /v1/events says; `text` keeps what it points to. Pointers of errors lead into the item.
[[nodiscard]] Result<storage::Event> read_native_event(JsonView item, storage::TextArena& text);

/// The event that a line of the neutral log says.
[[nodiscard]] Result<storage::Event> read_neutral_event(JsonView line, storage::TextArena& text);

}  // namespace touchstone::codec
