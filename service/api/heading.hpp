#pragma once

#include <optional>
#include <vector>

#include "service/codec/decision_json.hpp"
#include "service/codec/environment_json.hpp"
#include "service/codec/time_zone.hpp"
#include "service/page/named_report.hpp"
#include "service/page/report_page.hpp"
#include "storage/experiment.hpp"

/// What stands on a report's page beside the report itself, as people of the environment read it.
namespace touchstone::api {

/// The environment's clock; UTC where the system knows its name no longer.
[[nodiscard]] codec::TimeZone zone_of(const codec::EnvironmentSettings& settings);

/// Whom a change would reach: the environment's population, else those who entered in 30 days at the pace so far, known
/// after a day.
[[nodiscard]] page::Reach reach_of(const storage::Experiment& experiment, const judge::Report& report,
                                   const codec::EnvironmentSettings& settings);

[[nodiscard]] page::ReportHeading heading_of(const storage::Experiment& experiment, const judge::Report& report,
                                             const codec::EnvironmentSettings& settings, Time now);

/// Those of then, where a report of then is asked for.
[[nodiscard]] std::vector<page::LoggedDecision> logged(const std::vector<codec::Decision>& decisions,
                                                       const page::Names& names, const codec::TimeZone& zone,
                                                       std::optional<Time> as_of);

}  // namespace touchstone::api
