#pragma once

#include "service/page/check_words.hpp"

/// How far an experiment ran, whether as it was planned, and whether it is still heard of.
namespace touchstone::page {

[[nodiscard]] Words planned_size(const judge::Check& check, const judge::Report& report);
[[nodiscard]] Words silence(const judge::Check& check, const judge::Report& report);
[[nodiscard]] Words mid_flight_change(const judge::Check& check, const judge::Report& report);

}  // namespace touchstone::page
