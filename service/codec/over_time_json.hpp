#pragma once

#include <string>
#include <string_view>

#include "service/judge/over_time.hpp"

namespace touchstone::codec {

/// NDJSON, a line for each: `{"type":"course","experiment","metric","version","role","variant","control","method",
/// "until","units":[control, treatment],"absolute","relative"}` by metric, variant and time, intervals as in a report;
/// then `{"type":"entries","experiment","day":"2026-11-02","units"}` and `{"type":"change","experiment","at"}`.
[[nodiscard]] std::string write_over_time(std::string_view experiment, const judge::OverTime& told);

}  // namespace touchstone::codec
