#include "service/app/run_checks.hpp"

#include <algorithm>
#include <utility>

#include "service/app/environment.hpp"
#include "service/codec/time_zone.hpp"
#include "service/judge/design_changes.hpp"
#include "service/judge/planned_size.hpp"
#include "service/judge/weeks.hpp"

namespace touchstone::app {
namespace {

/// The last instant that the report may know of.
Time known_to(const judge::Report& report) {
  return std::min(report.as_of.value_or(Time::max()), report.until.value_or(Time::max()));
}

/// From the first phase that lets units in to the end of the last one, pauses in between included; while it runs, to
/// the newest event.
judge::Enrolment enrolment_of(const storage::Experiment& experiment, const judge::Report& report) {
  const Time newest = report.data_until.value_or(Time{});
  judge::Enrolment all;
  bool any = false;
  for (const auto& phase : experiment.phases) {
    if (!phase.enrolling) continue;
    if (!any) all.from = phase.started_at;
    any = true;
    all.over = phase.ended_at && *phase.ended_at <= known_to(report);
    all.until = all.over ? *phase.ended_at : newest;
  }
  return all;
}

bool has_stopped(const storage::Experiment& experiment) {
  return experiment.state == storage::ExperimentState::stopped ||
         experiment.state == storage::ExperimentState::archived;
}

judge::Progress progress_of(const storage::Experiment& experiment, const judge::Report& report) {
  judge::Progress progress;
  progress.until = report.data_until.value_or(Time{});
  if (experiment.phases.empty()) return progress;
  progress.from = experiment.phases.front().started_at;
  const auto ended = experiment.phases.back().ended_at;
  progress.over = has_stopped(experiment) && ended && *ended <= known_to(report);
  if (progress.over) progress.until = *ended;
  return progress;
}

judge::Check whole_weeks(const storage::Experiment& experiment, const judge::Report& report,
                         const codec::EnvironmentSettings& settings) {
  auto enrolment = enrolment_of(experiment, report);
  if (const auto zone = codec::TimeZone::named(settings.time_zone)) {
    enrolment.ahead_from = zone->offset(enrolment.from);
    enrolment.ahead_until = zone->offset(enrolment.until);
  }
  return judge::whole_weeks(enrolment);
}

void add(judge::Check check, judge::Report& report) {
  if (report.counts.units == 0) {
    check.level = judge::CheckLevel::ok;
    check.value.reset();
    check.status = "no_data";
  }
  report.trust.push_back(std::move(check));
}

}  // namespace

Status add_run_checks(const Service& service, std::uint32_t environment, const storage::Experiment& experiment,
                      judge::Report& report) {
  const auto settings = environment_settings(service, environment, report.config_version);
  if (!settings) return settings.error();
  add(whole_weeks(experiment, report, *settings), report);
  add(judge::planned_size(report, progress_of(experiment, report)), report);
  add(judge::mid_flight_change(judge::design_changes(experiment.phases), known_to(report)), report);
  return ok();
}

}  // namespace touchstone::app
