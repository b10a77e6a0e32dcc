#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/codec/json_writer.hpp"
#include "storage/catalogue.hpp"

namespace touchstone::codec {

/// What a replay asks for: `{"ids": [...], "earlier": "365d"}`, both optional.
struct ReplayRequest {
  std::vector<std::uint64_t> ids{};
  Micros earlier{};
};
[[nodiscard]] Result<ReplayRequest> read_replay_request(std::string_view json);

/// An event that lies aside, with why, and from when on a replay would store it as it is.
void write_quarantined(JsonWriter& out, const storage::Quarantined& aside, Micros furthest_ahead);

}  // namespace touchstone::codec
