#pragma once

#include <optional>

#include "service/judge/report.hpp"
#include "service/page/drawing.hpp"

/// Rows of results on the axis that they share.
namespace touchstone::page {

/// Where an unwelcome change passes what is tolerated.
[[nodiscard]] std::optional<double> margin_of(const judge::Row& row, const judge::Report& report);

/// One axis for all rows that are told relative to control; each of the others has its own. It shows the goals whole
/// and the rest as far as that leaves the goals large enough to be read.
[[nodiscard]] Axis shared_axis(const judge::Report& report);

[[nodiscard]] Markup draw_row(const judge::Row& row, const judge::Report& report, const Axis& shared);

}  // namespace touchstone::page
