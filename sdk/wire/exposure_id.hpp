#pragma once

#include <string>
#include <string_view>

#include "assign/unit.hpp"

namespace touchstone::wire {

/// The id under which the journal knows the exposure of a unit to a variant: the same for every copy, whoever makes it,
/// so that what a server and an SDK both report, and what a unit that asks again causes, is stored once a day at most.
[[nodiscard]] std::string exposure_id(std::string_view experiment, std::string_view variant, const assign::Unit& unit);

}  // namespace touchstone::wire
