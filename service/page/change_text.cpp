#include "service/page/change_text.hpp"

#include <cmath>

#include <fmt/format.h>

#include "service/page/number_text.hpp"

namespace touchstone::page {
namespace {

/// How a value is written: multiplied, and with what behind it.
struct Scale {
  double factor = 1;
  std::string_view suffix;
  std::string_view name;
};

Scale scale_of(const judge::Row& row) {
  if (told_relative(row)) return {100, " %", "relative"};
  if (row.kind == storage::MetricKind::proportion) return {100, " points", "points"};
  return {1, "", ""};
}

std::string end_text(const std::optional<double>& end, std::string_view open, const Scale& scale, int decimals) {
  return end ? signed_decimal(*end * scale.factor, decimals) + std::string(scale.suffix) : std::string(open);
}

ChangeText told(const judge::Interval& interval, const Scale& scale) {
  if (!interval.estimate) return {"?", "?", "?", ""};
  const int decimals = decimals_for(interval, scale.factor);
  return {end_text(interval.estimate, "", scale, decimals), end_text(interval.low, "−∞", scale, decimals),
          end_text(interval.high, "+∞", scale, decimals), scale.name};
}

}  // namespace

bool told_relative(const judge::Row& row) noexcept { return row.relative.estimate.has_value(); }

ChangeText change_text(const judge::Row& row) {
  return told(told_relative(row) ? row.relative : row.absolute, scale_of(row));
}

ChangeText always_valid_change_text(const judge::Row& row) {
  return told(told_relative(row) ? row.always_valid.relative : row.always_valid.absolute, scale_of(row));
}

std::string mean_text(const judge::Row& row, std::size_t arm) {
  const bool share = row.kind == storage::MetricKind::proportion;
  const auto& mean = row.arms.at(arm).mean;
  if (!mean) return "?";
  const double factor = share ? 100 : 1;
  return decimal(*mean * factor, decimals_for(row.absolute, factor)) + (share ? " %" : "");
}

std::string loss_text(const judge::Row& row, double loss) {
  const bool share = row.kind == storage::MetricKind::proportion;
  const double shown = share ? 100 * loss : loss;
  if (shown < 1e-4) return share ? "under 0.0001 points" : "under 0.0001";
  return decimal(shown, shown < 0.01 ? 4 : shown < 1 ? 3 : 2) + (share ? " points" : "");
}

std::string chance_text(double probability) {
  const double percent = 100 * probability;
  if (percent > 99.99) return "more than 99.99 %";
  if (percent < 0.01) return "less than 0.01 %";
  const bool near_an_end = percent < 1 || percent > 99;
  return decimal(percent, near_an_end ? 2 : 0) + " %";
}

}  // namespace touchstone::page
