#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "service/judge/report.hpp"

namespace touchstone::page {

/// The drawings of the report that can be taken away.
enum class Chart : std::uint8_t { changes, certainty };

/// One drawing of the page as an SVG document of its own, 760 px wide: with its colours, in the light scheme, with what
/// it shows in words, the verdict above and where it is from below; where there is nothing to draw yet, the verdict
/// alone.
[[nodiscard]] std::string chart_svg(const judge::Report& report, Chart chart, std::string_view data_up_to);

}  // namespace touchstone::page
