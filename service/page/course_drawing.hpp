#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/page/html.hpp"
#include "storage/time.hpp"

/// Charts over time, as wide as there is room, their text in CSS pixels.
namespace touchstone::page {

/// From the left edge to the right one.
struct Stretch {
  Time from{};
  Time to{};

  /// 0 to 1; times outside are brought to the edge.
  [[nodiscard]] double share(Time at) const;
};

/// A range that is drawn; absent ends are open.
struct DrawnRange {
  Time at{};
  double estimate = 0;
  std::optional<double> low;
  std::optional<double> high;
};

/// A band with its estimate over time.
struct DrawnCourse {
  std::vector<DrawnRange> ranges;  ///< by time, at least two
  std::vector<Time> changes;       ///< by time, each marked by a line, and numbered from 1 on where there is room
  double factor = 1;               ///< values on the axis are multiplied by it ...
  std::string_view suffix;         ///< ... and followed by this
  std::string tone = "open";       ///< CSS class: good, bad, open
  std::string label;               ///< what it shows in words
};
/// With zero and two values beside it. The axis shows the last range whole, and of earlier ones what lies within three
/// times its reach.
[[nodiscard]] Markup draw_course(const DrawnCourse& course, const Stretch& stretch);

struct DrawnDay {
  Time from{};
  std::uint64_t units = 0;
};
/// A bar for each day, and a line for each change.
[[nodiscard]] Markup draw_days(std::span<const DrawnDay> days, std::span<const Time> changes, const Stretch& stretch,
                               std::string_view label);

/// "2026-11-02" at both edges.
[[nodiscard]] Markup draw_dates(const Stretch& stretch);
[[nodiscard]] std::string date_text(Time time);

}  // namespace touchstone::page
