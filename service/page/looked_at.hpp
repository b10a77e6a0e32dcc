#pragma once

#include "service/judge/report.hpp"

namespace touchstone::page {

/// Whether a check had anything to look at. One that passes for want of data is no reason to believe anything.
[[nodiscard]] bool looked_at(const judge::Check& check, const judge::Report& report);

}  // namespace touchstone::page
