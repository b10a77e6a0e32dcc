#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/time.hpp"

namespace touchstone::codec {

/// What a request that starts, pauses, stops or archives something may say.
struct Move {
  std::optional<Time> at;  ///< only for the start of an experiment that was assigned elsewhere: may lie in the past
  std::string reason;      ///< for the history; 1,000 bytes
};

/// Reads `{"at"?: time, "reason"?: text}`; an empty body says nothing.
[[nodiscard]] Result<Move> read_move(std::string_view json);

}  // namespace touchstone::codec
