#pragma once

#include <string>
#include <vector>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// How much longer a running experiment has to go, in sentences; none where nothing remains. Nothing is promised: days
/// only where the traffic is known, and an end only where the interval leaves no room for "no change".
[[nodiscard]] std::vector<std::string> remaining_text(const judge::Report& report);

}  // namespace touchstone::page
