#include "service/page/adjustment_text.hpp"

#include <fmt/format.h>

#include "service/page/number_text.hpp"

namespace touchstone::page {
namespace {

constexpr int digits = 6;

std::string shown(const std::optional<double>& value) { return value ? significant(*value, digits) : "undefined"; }

std::string shown(const judge::Interval& interval) {
  if (!interval.estimate) return interval.status;
  return fmt::format("{} [{}, {}]", shown(interval.estimate), interval.low ? shown(interval.low) : "−∞",
                     interval.high ? shown(interval.high) : "+∞");
}

std::string gained(const judge::Adjustment& made) {
  if (made.status == "covariate_constant") return "nothing taken out: the covariate is the same for everybody";
  if (made.status != "ok") return "nothing taken out: " + made.status;
  const auto share = made.variance_reduction ? decimal(100 * *made.variance_reduction, 1) + " %" : "undefined";
  return fmt::format("{} of the variance taken out (correlation {})", share, shown(made.correlation));
}

}  // namespace

std::string adjustment_text(const judge::Adjustment& made) {
  return fmt::format(
      "{}; without it difference {}, relative {}, p-value {}; no history: {} of control, {} of treatment", gained(made),
      shown(made.absolute), shown(made.relative), shown(made.p), grouped(made.without_history[0]),
      grouped(made.without_history[1]));
}

}  // namespace touchstone::page
