#pragma once

#include "service/page/check_words.hpp"

namespace touchstone::page {

/// Words for the doubt whole_weeks (service/judge/weeks.hpp).
[[nodiscard]] Words whole_weeks(const judge::Check& check, const judge::Report& report);

}  // namespace touchstone::page
