#include "service/app/weeks.hpp"

#include <algorithm>

#include "service/app/environment.hpp"
#include "service/codec/time_zone.hpp"
#include "service/judge/weeks.hpp"

namespace touchstone::app {
namespace {

/// From the first phase that lets units in to the end of the last one, pauses in between included; while it runs, to
/// the newest event.
judge::Enrolment enrolment_of(const storage::Experiment& experiment, const judge::Report& report) {
  const Time newest = report.data_until.value_or(Time{});
  const Time known = std::min(report.as_of.value_or(Time::max()), report.until.value_or(Time::max()));
  judge::Enrolment all;
  bool any = false;
  for (const auto& phase : experiment.phases) {
    if (!phase.enrolling) continue;
    if (!any) all.from = phase.started_at;
    any = true;
    all.over = phase.ended_at && *phase.ended_at <= known;
    all.until = all.over ? *phase.ended_at : newest;
  }
  return all;
}

}  // namespace

Status add_whole_weeks(const Service& service, std::uint32_t environment, const storage::Experiment& experiment,
                       judge::Report& report) {
  auto enrolment = enrolment_of(experiment, report);
  const auto settings = environment_settings(service, environment, report.config_version);
  if (!settings) return settings.error();
  const auto zone = codec::TimeZone::named(settings->time_zone);
  if (zone) {
    enrolment.ahead_from = zone->offset(enrolment.from);
    enrolment.ahead_until = zone->offset(enrolment.until);
  }
  auto check = judge::whole_weeks(enrolment);
  if (report.counts.units == 0) {
    check.level = judge::CheckLevel::ok;
    check.value.reset();
    check.status = "no_data";
  }
  report.trust.push_back(std::move(check));
  return ok();
}

}  // namespace touchstone::app
