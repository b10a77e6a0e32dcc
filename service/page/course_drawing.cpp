#include "service/page/course_drawing.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "service/page/number_text.hpp"

namespace touchstone::page {
namespace {

constexpr int kHeight = 132;
constexpr int kDaysHeight = 40;
constexpr int kWidth = 1000;        // of what is stretched to the room there is
constexpr double kNumbers = 13;     // percent of the width, left of it
constexpr double kWidestReach = 3;  // of the last range

/// Values from the bottom edge to the top one.
struct Height {
  double low = 0;
  double high = 0;

  [[nodiscard]] double y(double value) const {
    return kHeight * (1 - (std::clamp(value, low, high) - low) / (high - low));
  }
};

Height height_of(std::span<const DrawnRange> ranges) {
  const DrawnRange& last = ranges.back();
  double reach = std::abs(last.estimate);
  for (const auto& end : {last.low, last.high}) reach = std::max(reach, std::abs(end.value_or(0)));
  const double limit = kWidestReach * std::max(reach, 1e-12);
  Height height;
  for (const DrawnRange& range : ranges)
    for (const double value : {range.estimate, range.low.value_or(-limit), range.high.value_or(limit)}) {
      height.low = std::min(height.low, std::max(value, -limit));
      height.high = std::max(height.high, std::min(value, limit));
    }
  return height;
}

std::string percent(double value) { return fmt::format("{:.2f}%", value); }

std::string point(double x, double y) { return fmt::format("{:.0f},{:.1f} ", x * kWidth, y); }

Markup band(std::span<const DrawnRange> ranges, const Stretch& stretch, const Height& height, std::string_view tone) {
  std::string points;
  for (const DrawnRange& range : ranges)
    points += point(stretch.share(range.at), height.y(range.high.value_or(height.high)));
  for (std::size_t i = ranges.size(); i-- > 0;)
    points += point(stretch.share(ranges[i].at), height.y(ranges[i].low.value_or(height.low)));
  points.pop_back();
  return empty_element("polygon", {{"points", points}, {"class", fmt::format("outer {}", tone)}});
}

Markup middle(std::span<const DrawnRange> ranges, const Stretch& stretch, const Height& height, std::string_view tone) {
  std::string points;
  for (const DrawnRange& range : ranges) points += point(stretch.share(range.at), height.y(range.estimate));
  points.pop_back();
  return empty_element("polyline", {{"points", points}, {"class", fmt::format("course {}", tone)}});
}

Markup line(double x1, double y1, double x2, double y2, std::string_view css_class) {
  return empty_element("line", {{"x1", fmt::format("{:.0f}", x1 * kWidth)},
                                {"x2", fmt::format("{:.0f}", x2 * kWidth)},
                                {"y1", fmt::format("{:.1f}", y1)},
                                {"y2", fmt::format("{:.1f}", y2)},
                                {"class", std::string(css_class)}});
}

/// Right of the numbers, stretched.
Markup stretched(const Markup& content, int height) {
  return element("svg",
                 {{"x", percent(kNumbers)},
                  {"width", percent(100 - kNumbers)},
                  {"height", std::to_string(height)},
                  {"viewBox", fmt::format("0 0 {} {}", kWidth, height)},
                  {"preserveAspectRatio", "none"}},
                 content);
}

Markup picture(int height, std::string_view label, const Markup& content) {
  return element("svg",
                 {{"class", "over-time"},
                  {"width", "100%"},
                  {"height", std::to_string(height)},
                  {"role", "img"},
                  {"aria-label", std::string(label)}},
                 content);
}

/// Left of the chart, and within it.
Markup number_at(double y, std::string_view text) {
  constexpr double kLine = 12;
  return element("text",
                 {{"x", percent(kNumbers - 1)},
                  {"y", fmt::format("{:.0f}", std::clamp(y + kLine / 3, kLine - 2, kHeight - 2.0))},
                  {"text-anchor", "end"}},
                 text);
}

Markup numbers(const Height& height, const DrawnCourse& course) {
  constexpr double kApart = 14;  // pixels that two numbers need
  const double zero = height.y(0);
  Markup all = number_at(zero, "0");
  const int decimals =
      std::max(0, 1 - static_cast<int>(std::floor(std::log10((height.high - height.low) * course.factor))));
  for (const double value : {height.low, height.high})
    if (std::abs(height.y(value) - zero) >= kApart)
      all += number_at(height.y(value), signed_decimal(value * course.factor, decimals) + std::string(course.suffix));
  return all;
}

Markup change_lines(std::span<const Time> changes, const Stretch& stretch, int height) {
  Markup lines;
  for (const Time change : changes) lines += line(stretch.share(change), 0, stretch.share(change), height, "event");
  return lines;
}

/// Beside the upper end of its line; where lines are close together the first one's number stands for all.
Markup change_numbers(std::span<const Time> changes, const Stretch& stretch) {
  constexpr double kApart = 0.04;
  constexpr double kTop = 10;
  Markup all;
  double last = -kApart;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const double share = stretch.share(changes[i]);
    if (share - last < kApart) continue;
    last = share;
    all += element("text",
                   {{"x", percent(kNumbers + share * (100 - kNumbers))},
                    {"y", fmt::format("{:.0f}", kTop)},
                    {"dx", share > 1 - kApart ? "-3" : "3"},
                    {"text-anchor", share > 1 - kApart ? "end" : "start"}},
                   std::to_string(i + 1));
  }
  return all;
}

}  // namespace

double Stretch::share(Time at) const {
  const auto whole = static_cast<double>((to - from).count());
  return whole > 0 ? std::clamp(static_cast<double>((at - from).count()) / whole, 0.0, 1.0) : 0;
}

Markup draw_course(const DrawnCourse& course, const Stretch& stretch) {
  const Height height = height_of(course.ranges);
  Markup content = band(course.ranges, stretch, height, course.tone);
  content += line(0, height.y(0), 1, height.y(0), "zero");
  content += change_lines(course.changes, stretch, kHeight);
  content += middle(course.ranges, stretch, height, course.tone);
  return picture(kHeight, course.label,
                 stretched(content, kHeight) + numbers(height, course) + change_numbers(course.changes, stretch));
}

Markup draw_days(std::span<const DrawnDay> days, std::span<const Time> changes, const Stretch& stretch,
                 std::string_view label) {
  std::uint64_t most = 1;
  for (const DrawnDay& day : days) most = std::max(most, day.units);
  Markup bars;
  for (const DrawnDay& day : days) {
    const double from = stretch.share(day.from) * kWidth;
    const double to = stretch.share(day.from + std::chrono::days(1)) * kWidth;
    const double high = kDaysHeight * static_cast<double>(day.units) / static_cast<double>(most);
    bars += empty_element("rect", {{"x", fmt::format("{:.1f}", from)},
                                   {"width", fmt::format("{:.1f}", std::max((to - from) * 0.85, 1.0))},
                                   {"y", fmt::format("{:.1f}", kDaysHeight - high)},
                                   {"height", fmt::format("{:.1f}", high)},
                                   {"class", "open"}});
  }
  return picture(kDaysHeight, label, stretched(bars + change_lines(changes, stretch, kDaysHeight), kDaysHeight));
}

std::string date_text(Time time) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

Markup draw_dates(const Stretch& stretch) {
  const auto date = [](double x, std::string_view anchor, Time at) {
    return element("text", {{"x", percent(x)}, {"y", "14"}, {"text-anchor", std::string(anchor)}}, date_text(at));
  };
  return element("svg", {{"class", "ticks"}, {"width", "100%"}, {"height", "18"}, {"aria-hidden", "true"}},
                 date(kNumbers, "start", stretch.from) + date(100, "end", stretch.to));
}

}  // namespace touchstone::page
