#include "service/app/history.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

#include "service/app/reports.hpp"

namespace touchstone::app {
namespace {

using Days = std::chrono::duration<double, std::chrono::days::period>;

const judge::Row* row_of(const judge::Report& report, const std::string& metric) {
  const auto row = std::ranges::find(report.results, metric, &judge::Row::metric);
  return row == report.results.end() ? nullptr : &*row;
}

std::string metrics_of(const judge::Report& report) {
  std::string names;
  for (const judge::PlannedMetric& metric : report.plan.metrics)
    names.append(names.empty() ? "" : ", ").append(metric.key);
  return names;
}

/// Over the time in which units could enter, which must have been a day at least.
std::optional<double> units_per_day(const storage::Experiment& experiment, const judge::Report& report, Time now) {
  if (experiment.phases.empty()) return std::nullopt;
  const Days ran = experiment.phases.back().ended_at.value_or(now) - experiment.phases.front().started_at;
  if (ran < Days(1)) return std::nullopt;
  return static_cast<double>(report.counts.units) / ran.count();
}

}  // namespace

Status take_history(Service& service, std::uint32_t environment, judge::SizeRequest& request) {
  if (request.experiment.empty()) return ok();
  const auto agreed = service.agreed(environment);
  const auto experiment = agreed->experiments.find(request.experiment);
  if (experiment == agreed->experiments.end())
    return Error{ErrorCode::not_found, "no experiment \"" + request.experiment + "\"", "/experiment",
                 "Name one, or send a baseline."};
  const auto report = make_report(service, environment, request.experiment);
  if (!report) return report.error();
  const judge::Row* const row = row_of(*report, request.metric);
  if (row == nullptr)
    return Error{ErrorCode::not_found, "the experiment does not judge \"" + request.metric + "\"", "/metric",
                 "Name one of its plan: " + metrics_of(*report) + "."};
  request.baseline = judge::baseline_of(*row);
  if (!request.baseline)
    return Error{ErrorCode::conflict, "its control has no figures yet", "/experiment",
                 "Name an experiment with results, or send a baseline."};
  if (!request.units_per_day) request.units_per_day = units_per_day(experiment->second, *report, service.now());
  return ok();
}

}  // namespace touchstone::app
