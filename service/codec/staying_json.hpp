#pragma once

#include <span>
#include <string>
#include <string_view>

#include "service/judge/staying.hpp"

namespace touchstone::codec {

/// `{"experiment", "metrics": [{"metric", "version", "kind", "step": "day", "tested_at", "survival"}]}`, the last as
/// write_survival() has it, times in steps; without results before there is a `tested_at`.
[[nodiscard]] std::string write_staying(std::string_view experiment, std::span<const judge::Staying> metrics);

}  // namespace touchstone::codec
