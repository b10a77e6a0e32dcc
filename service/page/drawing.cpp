#include "service/page/drawing.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "service/page/number_text.hpp"
#include "stats/distribution/normal.hpp"

namespace touchstone::page {
namespace {

constexpr int kRowHeight = 28;
constexpr int kDotPitch = 14;
constexpr int kDotRadius = 5;
constexpr double kLabelRoom = 4;  // percent that a label at the edge would need

std::string percent(double value) { return fmt::format("{:.2f}%", value); }

Markup vertical(double at, int height, std::string_view css_class) {
  return empty_element("line", {{"x1", percent(at)},
                                {"x2", percent(at)},
                                {"y1", "0"},
                                {"y2", std::to_string(height)},
                                {"class", std::string(css_class)}});
}

Markup band(double from, double to, int y, int height, std::string_view css_class) {
  return empty_element("rect", {{"x", percent(std::min(from, to))},
                                {"width", percent(std::abs(to - from))},
                                {"y", std::to_string(y)},
                                {"height", std::to_string(height)},
                                {"class", std::string(css_class)}});
}

Markup picture(int height, std::string_view label, std::string_view css_class, const Markup& content) {
  return element("svg",
                 {{"class", std::string(css_class)},
                  {"width", "100%"},
                  {"height", std::to_string(height)},
                  {"role", "img"},
                  {"aria-label", std::string(label)}},
                 content);
}

std::vector<double> outcomes_of(const Spread& spread, std::size_t count) {
  const double z_of_end = stats::normal_upper_quantile(spread.alpha / 2);
  std::vector<double> outcomes;
  for (std::size_t i = 0; i < count; ++i) {
    const double z = stats::normal_upper_quantile(1.0 - (static_cast<double>(i) + 0.5) / static_cast<double>(count));
    const double side = z < 0 ? spread.estimate - spread.low : spread.high - spread.estimate;
    outcomes.push_back(spread.estimate + side * z / z_of_end);
  }
  return outcomes;
}

// 1, 2 or 5 times a power of ten, at least `wanted`.
double round_step(double wanted) {
  const double power = std::pow(10.0, std::floor(std::log10(wanted)));
  for (const double times : {1.0, 2.0, 5.0})
    if (times * power >= wanted) return times * power;
  return 10.0 * power;
}

// Columns are aligned on zero, so that no column holds outcomes of both signs.
Dotplot stacked(std::vector<double> outcomes, double width) {
  Dotplot plot{.outcomes = std::move(outcomes), .column_width = width, .columns = {}, .tallest = 0};
  std::size_t in_column = 0;
  std::optional<double> column;
  for (const double outcome : plot.outcomes) {
    const double own = std::floor(outcome / width);
    in_column = column == own ? in_column + 1 : 1;
    column = own;
    plot.columns.push_back(in_column);
    plot.tallest = std::max(plot.tallest, in_column);
  }
  return plot;
}

}  // namespace

double Axis::percent(double value) const { return std::clamp((value - low) / (high - low) * 100.0, 0.0, 100.0); }

namespace {

/// A shape at a horizontal place, drawn in CSS pixels from there.
Markup shape_at(std::string_view place, std::string_view path, std::string_view css_class) {
  return element("svg", {{"x", std::string(place)}},
                 empty_element("path", {{"d", std::string(path)}, {"class", std::string(css_class)}}));
}

Markup arrows_of(const IntervalRow& row, const Axis& axis) {
  Markup arrows;
  if (!row.low || *row.low < axis.low) arrows += shape_at("0%", "M9 6L0 14L9 22Z", row.tone);
  if (!row.high || *row.high > axis.high) arrows += shape_at("100%", "M-9 6L0 14L-9 22Z", row.tone);
  return arrows;
}

}  // namespace

Axis axis_around(std::span<const double> values) {
  double low = 0;
  double high = 0;
  for (const double value : values) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  const double margin = std::max((high - low) * 0.1, 1e-12);
  return {low - margin, high + margin};
}

Markup draw_interval(const IntervalRow& row, const Axis& axis) {
  Markup content;
  if (row.smallest_effect)
    content += band(axis.percent(-*row.smallest_effect), axis.percent(*row.smallest_effect), 0, kRowHeight, "trivial");
  content += vertical(axis.percent(0), kRowHeight, "zero");
  if (row.margin && axis.holds(*row.margin)) content += vertical(axis.percent(*row.margin), kRowHeight, "margin");
  if (row.estimate) {
    const double low = row.low ? axis.percent(*row.low) : 0.0;
    const double high = row.high ? axis.percent(*row.high) : 100.0;
    const double at = axis.percent(*row.estimate);
    content += band(low, high, 11, 6, "outer " + std::string(row.tone));
    content += band((low + at) / 2, (high + at) / 2, 9, 10, "inner " + std::string(row.tone));
    content += arrows_of(row, axis);
    if (axis.holds(*row.estimate))
      content +=
          empty_element("circle", {{"cx", percent(at)}, {"cy", "14"}, {"r", "5"}, {"class", std::string(row.tone)}});
  }
  return picture(kRowHeight, row.label, "interval", content);
}

Markup draw_parts(std::span<const Part> parts, std::string_view label) {
  Markup content;
  double from = 0;
  for (const Part& part : parts) {
    content += band(100 * from, 100 * (from + part.share), 4, kRowHeight - 8, std::string(part.css_class));
    from += part.share;
  }
  return picture(kRowHeight, label, "parts", content);
}

Dotplot dotplot_of(const Spread& spread, std::size_t count) {
  const std::size_t most = count > 20 ? 7 : 5;
  const auto outcomes = outcomes_of(spread, count);
  const double whole = spread.high - spread.low;
  Dotplot plot = stacked(outcomes, whole);
  for (double width = whole / 2; plot.tallest > most && width > whole * 0.005; width *= 0.95)
    plot = stacked(outcomes, width);
  return plot;
}

int dotplot_height(const Dotplot& plot) noexcept { return static_cast<int>(plot.tallest) * kDotPitch + 6; }

Markup draw_dotplot(const Dotplot& plot, const Axis& axis, bool less_is_better, std::string_view tone,
                    std::string_view label, std::string_view css_class) {
  const int height = dotplot_height(plot);
  Markup content = vertical(axis.percent(0), height, "zero");
  for (std::size_t i = 0; i < plot.outcomes.size(); ++i) {
    const double middle = (std::floor(plot.outcomes[i] / plot.column_width) + 0.5) * plot.column_width;
    const bool welcome = (plot.outcomes[i] > 0) != less_is_better;
    const int y = height - static_cast<int>(plot.columns[i]) * kDotPitch + kDotRadius + 2;
    content += empty_element("circle", {{"cx", percent(axis.percent(middle))},
                                        {"cy", std::to_string(y)},
                                        {"r", std::to_string(kDotRadius)},
                                        {"class", welcome ? std::string(tone) : "bad"}});
  }
  return picture(height, label, css_class, content);
}

Markup draw_ticks(const Axis& axis, double factor, std::string_view suffix, std::size_t most,
                  std::string_view css_class) {
  const double step = round_step((axis.high - axis.low) * factor / static_cast<double>(most));
  const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
  Markup content;
  const auto first = std::llround(std::ceil(axis.low * factor / step));
  const auto last = std::llround(std::floor(axis.high * factor / step));
  for (auto tick = first; tick <= last; ++tick) {
    const double at = static_cast<double>(tick) * step;
    if (const double place = axis.percent(at / factor); place < kLabelRoom || place > 100 - kLabelRoom) continue;
    content += element("text", {{"x", percent(axis.percent(at / factor))}, {"y", "14"}, {"text-anchor", "middle"}},
                       signed_decimal(at, decimals) + std::string(suffix));
  }
  return element("svg",
                 {{"class", std::string(css_class)}, {"width", "100%"}, {"height", "18"}, {"aria-hidden", "true"}},
                 content);
}

}  // namespace touchstone::page
