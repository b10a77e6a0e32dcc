#pragma once

#include <span>
#include <string>

#include "service/cli/terminal.hpp"
#include "storage/examine.hpp"

namespace touchstone::cli {

/// A line each, and what to do below those that are not ok; at the end how many there are of each.
[[nodiscard]] std::string findings_text(std::span<const storage::Finding> findings, const Terminal& terminal);

/// `{"healthy": ..., "findings": [{"subject", "level": "ok|note|problem", "text", "advice"}]}`
[[nodiscard]] std::string findings_json(std::span<const storage::Finding> findings);

[[nodiscard]] bool healthy(std::span<const storage::Finding> findings);

}  // namespace touchstone::cli
