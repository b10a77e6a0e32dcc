#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "storage/time.hpp"

namespace touchstone::codec {

/// What a request that starts, pauses, stops or archives something may say.
struct Move {
  std::optional<Time> at;  ///< only for the start of an experiment that was assigned elsewhere: may lie in the past
  std::string reason;      ///< for the history; 1,000 bytes
  std::vector<std::string> despite;  ///< start: pre-flight checks whose blocks do not stop it
};

/// Reads `{"at"?: time, "reason"?: text}`; an empty body says nothing.
[[nodiscard]] Result<Move> read_move(std::string_view json);

/// The same with `"despite"?: [check...]`, which needs a reason.
[[nodiscard]] Result<Move> read_start(std::string_view json);

}  // namespace touchstone::codec
