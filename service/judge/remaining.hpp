#pragma once

#include <optional>
#include <span>

#include "service/judge/case.hpp"
#include "service/judge/comparison.hpp"
#include "service/judge/report.hpp"

namespace touchstone::judge {

/// How much longer a running experiment has to go, told by the goal that takes longest of those that are not clear;
/// nothing where none is, or where it does not run. Traffic is that of the last seven days of the data in the present
/// phase, and unknown before it is a day old. `found[i].row.conclusion` is there.
[[nodiscard]] std::optional<Remaining> remaining(const Case& of, std::span<const Comparison> found);

}  // namespace touchstone::judge
