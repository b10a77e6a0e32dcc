#pragma once

#include <optional>
#include <span>
#include <vector>

#include "service/page/html.hpp"

/// Charts as inline SVG. Horizontal places are percentages, so a chart takes whatever width there is and its text, set
/// in CSS pixels, never scales. Every chart says in words what it shows.
namespace touchstone::page {

/// A horizontal axis that several rows share. Contains zero.
struct Axis {
  double low = -1;
  double high = 1;

  /// 0 to 100; values outside are brought to the edge.
  [[nodiscard]] double percent(double value) const;
  [[nodiscard]] bool holds(double value) const { return low <= value && value <= high; }
};

/// An axis that shows all bounded `values`, with a margin of a tenth on each side.
[[nodiscard]] Axis axis_around(std::span<const double> values);

/// One row of "what changed": the interval as a band that fades towards its ends, the estimate, the zero line, and
/// where given the margin of a guardrail or the band of effects too small to matter. An arrow stands where the interval
/// goes on beyond the axis; other marks beyond it are left out.
struct IntervalRow {
  std::optional<double> estimate;
  std::optional<double> low;   ///< absent = unbounded
  std::optional<double> high;  ///< likewise
  std::optional<double> margin;
  std::optional<double> smallest_effect;
  std::string_view tone = "open";  ///< CSS class: good, bad, open
  std::string label;               ///< the finding in words, for those who do not see the drawing
};
[[nodiscard]] Markup draw_interval(const IntervalRow& row, const Axis& axis);

/// A whole cut into parts, side by side.
struct Part {
  double share = 0;            ///< of 1
  std::string_view css_class;  ///< low, middle, high
};
/// `label` names the parts and their shares.
[[nodiscard]] Markup draw_parts(std::span<const Part> parts, std::string_view label);

/// Where the dots of a quantile dotplot stand: equally likely outcomes, stacked in columns.
struct Dotplot {
  std::vector<double> outcomes;  ///< ascending
  double column_width = 0;
  std::vector<std::size_t> columns;  ///< per outcome
  std::size_t tallest = 0;
};

/// The distribution behind an interval: normal on each side of the estimate, scaled so that the interval's ends are its
/// alpha/2 and 1 - alpha/2 quantiles. For a one-look interval that is the posterior under a flat prior, for an
/// always-valid one a confidence distribution.
struct Spread {
  double low = 0;
  double estimate = 0;
  double high = 0;
  double alpha = 0.05;
};

/// Its quantiles at (i - 1/2)/count (Kay et al. 2016), in columns so wide that the tallest holds four to seven dots.
[[nodiscard]] Dotplot dotplot_of(const Spread& spread, std::size_t count);

/// Dots on the unwelcome side of zero are coloured as such, the others in `tone`. `label` states the finding.
[[nodiscard]] Markup draw_dotplot(const Dotplot& plot, const Axis& axis, bool less_is_better, std::string_view tone,
                                  std::string_view label, std::string_view css_class);

/// In CSS pixels.
[[nodiscard]] int dotplot_height(const Dotplot& plot) noexcept;

/// A few round values below the axis, each followed by `suffix`, for eyes only: what they mark says it in words.
[[nodiscard]] Markup draw_ticks(const Axis& axis, double factor, std::string_view suffix, std::size_t most,
                                std::string_view css_class);

}  // namespace touchstone::page
