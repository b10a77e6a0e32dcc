#include "service/api/heading.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace touchstone::api {
namespace {

using Days = std::chrono::duration<double, std::chrono::days::period>;

constexpr double kMonth = 30;  // days

/// By whole days of 24 hours from the start.
std::string progress_of(const storage::Experiment& experiment, Time now) {
  const auto& ends_at = experiment.plan.horizon.ends_at;
  if (!ends_at || experiment.phases.empty()) return {};
  const Time started = experiment.phases.front().started_at;
  const Time until = std::clamp(experiment.phases.back().ended_at.value_or(now), started, std::max(started, *ends_at));
  const auto planned = std::chrono::ceil<std::chrono::days>(*ends_at - started).count();
  const auto day = std::min(std::chrono::floor<std::chrono::days>(until - started).count() + 1, planned);
  return "day " + std::to_string(day) + " of " + std::to_string(planned);
}

/// How long units could enter, up to the newest event that was seen.
double days_enrolling(const storage::Experiment& experiment, Time until) {
  double days = 0;
  for (const auto& phase : experiment.phases)
    if (phase.enrolling)
      days += std::max(0.0, Days(std::min(phase.ended_at.value_or(until), until) - phase.started_at).count());
  return days;
}

std::string what_was_decided(const codec::DecisionRequest& made, const page::Names& names) {
  switch (made.action) {
    case codec::DecisionAction::ship:
      return "Ship " + page::name_for(made.variant, names.variants);
    case codec::DecisionAction::roll_back:
      return "Roll back";
    case codec::DecisionAction::extend:
      return "Go on";
    case codec::DecisionAction::stop:
      return "Stop";
  }
  return {};
}

}  // namespace

codec::TimeZone zone_of(const codec::EnvironmentSettings& settings) {
  auto zone = codec::TimeZone::named(settings.time_zone);
  return zone ? *std::move(zone) : codec::TimeZone();
}

page::Reach reach_of(const storage::Experiment& experiment, const judge::Report& report,
                     const codec::EnvironmentSettings& settings) {
  page::Reach reach{0, settings.population.has_value(), settings.currency.value_or("")};
  if (settings.population) {
    reach.units_a_month = static_cast<double>(*settings.population);
  } else if (report.data_until) {
    const double days = days_enrolling(experiment, *report.data_until);
    if (days >= 1) reach.units_a_month = static_cast<double>(report.counts.units) / days * kMonth;
  }
  return reach;
}

page::ReportHeading heading_of(const storage::Experiment& experiment, const judge::Report& report,
                               const codec::EnvironmentSettings& settings, Time now) {
  const auto zone = zone_of(settings);
  page::ReportHeading heading;
  heading.name = experiment.name;
  heading.hypothesis = experiment.hypothesis;
  heading.owner = experiment.owner;
  heading.state = storage::name_of(experiment.state);
  if (zone.name() != codec::TimeZone().name()) heading.time_zone = zone.name();
  heading.reach = reach_of(experiment, report, settings);
  if (report.data_until) heading.data_up_to = codec::second_text(*report.data_until, zone);
  if (experiment.phases.empty()) return heading;
  heading.started = codec::minute_text(experiment.phases.front().started_at, zone);
  if (experiment.phases.back().ended_at) heading.ended = codec::minute_text(*experiment.phases.back().ended_at, zone);
  heading.progress = progress_of(experiment, now);
  return heading;
}

std::vector<page::LoggedDecision> logged(const std::vector<codec::Decision>& decisions, const page::Names& names,
                                         const codec::TimeZone& zone, std::optional<Time> as_of) {
  std::vector<page::LoggedDecision> log;
  for (const auto& one : decisions)
    if (one.at <= as_of.value_or(Time::max()))
      log.push_back({codec::minute_text(one.at, zone), one.by, what_was_decided(one.made, names), one.advice.headline,
                     one.against, one.made.reason});
  return log;
}

}  // namespace touchstone::api
