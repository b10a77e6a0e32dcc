#include "service/page/change_text.hpp"

#include <algorithm>
#include <array>
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

bool in_points(const judge::Row& row) { return row.score && row.score->form == storage::ScoreForm::nps; }

Scale absolute_scale(const judge::Row& row) {
  if (told_as_share(row)) return {100, " points", "points"};
  if (in_points(row)) return {1, " points", "points"};
  return {1, "", ""};
}

Scale scale_of(const judge::Row& row) {
  return told_relative(row) ? Scale{100, " %", "relative"} : absolute_scale(row);
}

/// Seconds are written in the largest unit of which there are two.
struct Span {
  double seconds;
  std::string_view unit;
};
Span span_of(double seconds) {
  constexpr std::array units{Span{86'400, " days"}, Span{3'600, " h"}, Span{60, " min"}};
  const auto* const found = std::ranges::find_if(units, [&](const Span& unit) { return seconds >= 2 * unit.seconds; });
  return found == units.end() ? Span{1, " s"} : *found;
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

ChangeText absolute_change_text(const judge::Row& row, const judge::Interval& absolute) {
  if (row.kind != storage::MetricKind::duration) return told(absolute, absolute_scale(row));
  const Span span = span_of(row.arms[0].mean.value_or(1));
  return told(absolute, {1 / span.seconds, span.unit, ""});
}

bool told_relative(const judge::Row& row) noexcept { return row.relative.estimate.has_value(); }

bool told_as_share(const judge::Row& row) noexcept { return tells_share(row.kind, row.score); }

std::string margin_text(const judge::PlannedMetric& metric) {
  if (metric.kind != storage::MetricKind::score) return fmt::format("{:g} %", 100 * *metric.margin);
  if (tells_share(metric.kind, metric.score)) return fmt::format("{:g} points", 100 * *metric.margin);
  return fmt::format("{:g}{}", *metric.margin, metric.score->form == storage::ScoreForm::nps ? " points" : "");
}

ChangeText change_text(const judge::Row& row) {
  return told(told_relative(row) ? row.relative : row.absolute, scale_of(row));
}

ChangeText always_valid_change_text(const judge::Row& row) {
  return told(told_relative(row) ? row.always_valid.relative : row.always_valid.absolute, scale_of(row));
}

std::string mean_text(const judge::Row& row, std::size_t arm) {
  const bool share = told_as_share(row);
  const auto& mean = row.arms.at(arm).mean;
  if (!mean) return "?";
  if (row.kind == storage::MetricKind::duration) {
    const Span span = span_of(row.arms[0].mean.value_or(*mean));
    return decimal(*mean / span.seconds, decimals_for(row.absolute, 1 / span.seconds)) + std::string(span.unit);
  }
  const double factor = share ? 100 : 1;
  return decimal(*mean * factor, decimals_for(row.absolute, factor)) + (share ? " %" : "");
}

std::string loss_text(const judge::Row& row, double loss) {
  if (row.kind == storage::MetricKind::duration) {
    const Span span = span_of(row.arms[0].mean.value_or(loss));
    return loss < span.seconds / 100 ? fmt::format("under 0.01{}", span.unit)
                                     : decimal(loss / span.seconds, 2) + std::string(span.unit);
  }
  const bool share = told_as_share(row);
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
