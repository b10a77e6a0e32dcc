#include "service/app/sensitivity.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "service/judge/sizing.hpp"

namespace touchstone::app {
namespace {

constexpr std::array kChanges{0.01, 0.02, 0.05, 0.1};
constexpr std::array kDays{14, 28};
constexpr double kPower = 0.8;

judge::SizeRequest request_of(const judge::MetricHistory& history) {
  judge::SizeRequest request;
  request.baseline = history.baseline;
  request.power = kPower;
  return request;
}

std::optional<double> days(const std::optional<double>& units, const std::optional<double>& per_day) {
  if (!units || !per_day || !(*per_day > 0)) return std::nullopt;
  return *units / *per_day;
}

ChangeFound found(const judge::MetricHistory& history, const judge::Traffic& traffic, double relative) {
  ChangeFound change{relative, {}, {}, {}, {}};
  auto request = request_of(history);
  request.effect = judge::WantedEffect{true, relative};
  if (const auto sized = judge::size_up(request)) change.units = sized->answer.units;
  change.days = days(change.units, traffic.per_day);
  change.days_fastest = days(change.units, traffic.fastest);
  change.days_slowest = days(change.units, traffic.slowest);
  return change;
}

FoundWithin within(const judge::MetricHistory& history, const judge::Traffic& traffic, int days) {
  FoundWithin result{days, {}};
  if (!traffic.per_day || !(history.baseline->mean > 0)) return result;
  auto request = request_of(history);
  request.units = *traffic.per_day * days;
  if (const auto sized = judge::size_up(request))
    result.relative = std::abs(sized->answer.difference) / history.baseline->mean;
  return result;
}

}  // namespace

Sensitivity sensitivity(judge::MetricHistory history, const judge::Traffic& traffic) {
  Sensitivity result{std::move(history), {}, {}};
  if (!result.history.baseline) return result;
  for (const double change : kChanges) result.changes.push_back(found(result.history, traffic, change));
  for (const int days : kDays) result.within.push_back(within(result.history, traffic, days));
  return result;
}

}  // namespace touchstone::app
