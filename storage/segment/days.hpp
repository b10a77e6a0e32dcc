#pragma once

#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "storage/fingerprint.hpp"

namespace touchstone::storage::segment {

/// The days of ts (as sent) in a segment, ascending, each once: two columns are read, not the events.
[[nodiscard]] Result<std::vector<Day>> days_of(std::string_view body);

}  // namespace touchstone::storage::segment
