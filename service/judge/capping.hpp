#pragma once

#include "service/judge/case.hpp"

namespace touchstone::judge {

/// What a cap by percentile did to one comparison of its metric, and what the row would be without.
[[nodiscard]] Capping capping(const Case& of, std::size_t metric, std::size_t variant);

}  // namespace touchstone::judge
