#include "service/page/adjustment_text.hpp"

#include <fmt/format.h>

#include "service/page/number_text.hpp"

namespace touchstone::page {
namespace {

std::string gained(const judge::Adjustment& made) {
  if (made.status == "covariate_constant") return "nothing taken out: the covariate is the same for everybody";
  if (made.status != "ok") return "nothing taken out: " + made.status;
  const auto share = made.variance_reduction ? decimal(100 * *made.variance_reduction, 1) + " %" : "undefined";
  return fmt::format("{} of the variance taken out (correlation {})", share, exact(made.correlation));
}

}  // namespace

std::string adjustment_text(const judge::Adjustment& made) {
  return fmt::format(
      "{}; without it difference {}, relative {}, p-value {}; no history: {} of control, {} of treatment", gained(made),
      exact(made.absolute), exact(made.relative), exact(made.p), grouped(made.without_history[0]),
      grouped(made.without_history[1]));
}

}  // namespace touchstone::page
