#include "service/page/remaining_text.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "service/page/change_text.hpp"
#include "service/page/deciding.hpp"
#include "service/page/number_text.hpp"

namespace touchstone::page {
namespace {

using judge::Remaining;
using judge::UnitsAhead;

/// Two digits: more would be a promise.
double rounded(double value) {
  if (!(value > 0)) return 0;
  const double step = std::pow(10.0, std::floor(std::log10(value)) - 1);
  return std::max(1.0, std::ceil(value / step) * step);
}

std::string count(double value) { return grouped(static_cast<std::uint64_t>(std::llround(rounded(value)))); }

std::string days(double value) {
  const double whole = std::ceil(value);
  return whole <= 1 ? "a day" : fmt::format("{} days", count(whole));
}

/// "12,000 more units (6 days)"
std::string told(const UnitsAhead& ahead) {
  if (ahead.units == 0) return "no more units";
  auto text = fmt::format("{} more units", count(ahead.units));
  if (ahead.days) text.append(fmt::format(" ({})", days(*ahead.days)));
  return text;
}

std::string change(double relative) {
  return signed_decimal(100 * relative, std::abs(relative) < 0.1 ? 1 : 0).append(" %");
}

std::string pace(const Remaining& left) {
  if (!left.units_per_day) return "how many days that takes is not known before units have entered for a day";
  return fmt::format("at {} units a day, as of late", count(*left.units_per_day));
}

std::string chance(double power) { return fmt::format("{:.0f} % sure", 100 * power); }

std::string until_smallest(const Remaining& left) {
  if (!left.smallest) return "How long is long enough nobody can say: the plan names no smallest effect that matters.";
  const UnitsAhead& smallest = *left.smallest;
  if (smallest.units == 0)
    return fmt::format("Enough units have entered to be {} of finding a change of {} in {}.", chance(left.power),
                       change(smallest.change), left.metric);
  return fmt::format("To be {} of finding a change of {} in {} takes about {}; {}.", chance(left.power),
                     change(smallest.change), left.metric, told(smallest), pace(left));
}

/// As the table tells it.
std::string seen_change(const Remaining& left, const judge::Report& report) {
  const auto row = std::ranges::find_if(report.results, [&](const judge::Row& each) {
    return each.metric == left.metric && each.variant == left.variant && told_relative(each);
  });
  return row == report.results.end() ? change(left.seen->change) : deciding_change(*row, report.plan).estimate;
}

std::string range(const judge::Report& report) {
  const Remaining& left = *report.remaining;
  if (!left.seen || !left.soonest) return {};
  auto text =
      fmt::format("If the change is what it looks like ({}): {}. Its interval allows {} at {}",
                  seen_change(left, report), told(*left.seen), told(*left.soonest), change(left.soonest->change));
  if (left.latest) return text + fmt::format(" to {} at {}.", told(*left.latest), change(left.latest->change));
  return text + ", and no change at all, which takes for ever to find.";
}

}  // namespace

std::vector<std::string> remaining_text(const judge::Report& report) {
  if (!report.remaining) return {};
  std::vector<std::string> sentences{until_smallest(*report.remaining)};
  if (auto told_range = range(report); !told_range.empty()) sentences.push_back(std::move(told_range));
  return sentences;
}

}  // namespace touchstone::page
