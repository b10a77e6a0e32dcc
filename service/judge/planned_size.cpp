#include "service/judge/planned_size.hpp"

#include <algorithm>
#include <chrono>

#include "service/judge/measured.hpp"

namespace touchstone::judge {
namespace {

double days_between(Time from, Time until) {
  return std::max(0.0, std::chrono::duration<double, std::chrono::days::period>(until - from).count());
}

/// Adds what has been reached and what is planned; the share moves on to it.
void add(Check& check, const char* reached, double is, const char* planned, double wanted) {
  check.figures.push_back({reached, is});
  check.figures.push_back({planned, wanted});
  const double share = wanted > 0 ? std::min(1.0, is / wanted) : 1;
  check.value = std::max(check.value.value_or(0), share);
}

}  // namespace

Check planned_size(const Report& report, const Progress& progress) {
  const storage::Horizon& horizon = report.plan.horizon;
  const bool any_time = report.plan.method.id != "fixed-horizon";
  Check check = measured("planned_size", std::nullopt, 1);
  if (horizon.units)
    add(check, "units", static_cast<double>(report.counts.units), "planned_units", static_cast<double>(*horizon.units));
  if (horizon.ends_at)
    add(check, "days", days_between(progress.from, progress.until), "planned_days",
        days_between(progress.from, *horizon.ends_at));
  if (!check.value) check.status = "no_horizon";
  check.level = level(false, check.value && *check.value < 1 && progress.over && !any_time);
  check.figures.push_back({"over", progress.over ? 1 : 0});
  check.figures.push_back({"any_time", any_time ? 1 : 0});
  return check;
}

}  // namespace touchstone::judge
