#pragma once

#include <string>
#include <string_view>

namespace touchstone::page {

/// Why there is no figure, in words, by the status of the report; a status that is not known stands for itself.
[[nodiscard]] std::string status_text(std::string_view status);

}  // namespace touchstone::page
