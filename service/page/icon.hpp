#pragma once

#include <string_view>

#include "service/page/html.hpp"

namespace touchstone::page {

/// The sign of a verdict (by its code), drawn, so that it needs no font; as high as the text around it. For eyes only:
/// the words beside it say the same.
[[nodiscard]] Markup verdict_icon(std::string_view code);

/// The sign of a check that forbids a verdict.
[[nodiscard]] Markup stop_icon();

}  // namespace touchstone::page
