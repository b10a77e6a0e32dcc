#include "service/page/capping_text.hpp"

#include <fmt/format.h>

#include "service/page/number_text.hpp"

namespace touchstone::page {

std::string capping_text(const judge::Capping& made) {
  if (!made.cap) return "none yet: there is nothing to rank";
  return fmt::format(
      "at {}, percentile {:g} of all arms together; above it {} units of control, {} of treatment; without it "
      "difference {}, relative {}, p-value {}",
      exact(made.cap), made.percentile, grouped(made.units[0]), grouped(made.units[1]), exact(made.absolute),
      exact(made.relative), exact(made.p));
}

}  // namespace touchstone::page
