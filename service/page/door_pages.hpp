#pragma once

#include <string>
#include <string_view>

/// What a browser sees where there is nothing.
namespace touchstone::page {

/// Says that there is no such experiment.
[[nodiscard]] std::string missing_page(std::string_view experiment);

/// Behind a link to a report that was taken back, has expired, or never was.
[[nodiscard]] std::string ended_page();

}  // namespace touchstone::page
