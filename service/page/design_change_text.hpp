#pragma once

#include <string>

#include "service/judge/design_changes.hpp"

namespace touchstone::page {

/// "2026-11-05: the split of the variants, 50 % : 50 % → 90 % : 10 %"
[[nodiscard]] std::string design_change_text(const judge::DesignChange& change);

}  // namespace touchstone::page
