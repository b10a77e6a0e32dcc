#pragma once

#include <string>
#include <string_view>

#include "storage/event.hpp"

namespace touchstone::codec {

/// The names of the columns, with the line's end.
[[nodiscard]] std::string_view event_csv_header() noexcept;

/// Appends an event as one line, times in RFC 3339, attributes as JSON.
void append_event_csv(std::string& out, const storage::StoredEvent& stored);

}  // namespace touchstone::codec
