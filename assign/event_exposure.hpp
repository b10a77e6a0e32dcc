#pragma once

#include <string_view>
#include <vector>

#include "assign/decision.hpp"
#include "assign/snapshot.hpp"
#include "assign/subject.hpp"

namespace touchstone::assign {

/// What an event exposes the subject to: the decision of each experiment whose exposure is an event of this name, whose
/// filter the properties pass, and that has a variant for the subject. Pure, as `decide` is.
[[nodiscard]] std::vector<Decision> exposed_by_event(const Snapshot& snapshot, std::string_view event,
                                                     Attributes properties, const Subject& subject);

}  // namespace touchstone::assign
