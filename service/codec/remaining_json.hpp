#pragma once

#include <optional>

#include "service/codec/json_writer.hpp"
#include "service/judge/report.hpp"

namespace touchstone::codec {

/// The member "remaining" of a report; null where nothing remains.
void write_remaining(JsonWriter& out, const std::optional<judge::Remaining>& remaining);

}  // namespace touchstone::codec
