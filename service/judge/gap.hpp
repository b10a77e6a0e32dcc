#pragma once

#include <cstdint>

#include "service/judge/cells.hpp"

namespace touchstone::judge {

/// The longest stretch of whole clock hours, between two hours of one phase with first exposures, in which there was
/// none; and the next longest of that phase. Zeros where no phase has ten hours with entries to take a rhythm from.
struct Gap {
  std::int64_t hours = 0;
  std::int64_t next_hours = 0;
};

[[nodiscard]] Gap worst_gap(const Cells& cells);

}  // namespace touchstone::judge
