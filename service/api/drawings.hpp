#pragma once

#include "service/api/handlers.hpp"

/// What the report is made of, for other programs.
namespace touchstone::api {

// exports.cpp: a drawing of the report as a file
Slow export_changes_svg;
Slow export_certainty_svg;

// exports.cpp: how it came about, day by day
Slow export_series;

// openapi.cpp: JSON Schema 2020-12 of the report's document
Slow show_report_schema;

}  // namespace touchstone::api
