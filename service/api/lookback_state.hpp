#pragma once

#include "service/app/lookback.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::api {

/// Members of an answer that is made of a look back: how far it is, and what was looked at.
void write_state(codec::JsonWriter& out, const app::Lookback::Answer& answer);

}  // namespace touchstone::api
