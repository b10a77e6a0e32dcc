#pragma once

#include "service/judge/report.hpp"
#include "service/page/html.hpp"
#include "service/page/reach.hpp"

/// A change on several scales, of which one is shown: relative, absolute, a month. The choice needs no script;
/// style.css follows it.
namespace touchstone::page {

/// The choice; what follows it in the same element is shown on the chosen scale.
[[nodiscard]] Markup scale_choice(const judge::Report& report, const Reach& reach);

/// Change and range on all scales, or why they cannot be told.
[[nodiscard]] Markup scaled_change_cell(const judge::Row& row, const judge::Report& report, const Reach& reach);

/// What is to be known of the scale that is chosen.
[[nodiscard]] Markup scale_notes(const judge::Report& report, const Reach& reach);

}  // namespace touchstone::page
