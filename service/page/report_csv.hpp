#pragma once

#include <string>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// The results as CSV (RFC 4180, LF), one line per measure and variant, figures of the plan's method unrounded, absent
/// ones empty. A text that a spreadsheet would take for a formula (it begins with = + - @ tab or CR) gets a quote mark
/// before it.
[[nodiscard]] std::string report_csv(const judge::Report& report);

}  // namespace touchstone::page
