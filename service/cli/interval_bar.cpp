#include "service/cli/interval_bar.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace touchstone::cli {
namespace {

constexpr std::string_view dot = "●";
constexpr std::string_view zero_line = "┊";
constexpr std::string_view crossing = "┼";
constexpr std::string_view beyond_left = "◂";
constexpr std::string_view beyond_right = "▸";

/// Values to columns; what lies beyond the axis lands on its edge.
class Scale {
 public:
  Scale(const Axis& axis, std::size_t columns) : axis_(axis), last_(static_cast<double>(columns - 1)) {}

  [[nodiscard]] std::size_t at(double value) const {
    const double place = (value - axis_.low) / (axis_.high - axis_.low);
    return static_cast<std::size_t>(std::lround(std::clamp(place, 0.0, 1.0) * last_));
  }

 private:
  Axis axis_;
  double last_;
};

}  // namespace

void Axis::include(const judge::Interval& interval) {
  for (const auto& value : {interval.low, interval.estimate, interval.high}) {
    if (!value || !std::isfinite(*value)) continue;
    low = std::min(low, *value);
    high = std::max(high, *value);
  }
}

std::string interval_bar(const judge::Interval& interval, const Axis& axis, std::size_t columns,
                         std::string_view stroke) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (!interval.estimate || !(axis.low < axis.high) || columns < 3) return std::string(columns, ' ');
  const Scale scale(axis, columns);
  const double low = interval.low.value_or(-infinity);
  const double high = interval.high.value_or(infinity);
  std::vector<std::string_view> cells(columns, " ");
  std::fill(cells.begin() + static_cast<std::ptrdiff_t>(scale.at(low)),
            cells.begin() + static_cast<std::ptrdiff_t>(scale.at(high)) + 1, stroke);
  auto& zero = cells[scale.at(0)];
  zero = zero == stroke ? crossing : zero_line;
  if (low < axis.low) cells.front() = beyond_left;
  if (high > axis.high) cells.back() = beyond_right;
  cells[scale.at(*interval.estimate)] = dot;
  std::string bar;
  for (const auto cell : cells) bar += cell;
  return bar;
}

}  // namespace touchstone::cli
