#pragma once

#include <cstdint>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "service/judge/report.hpp"

namespace touchstone::app {

/// Adds to the report's doubts whether units entered over whole weeks, in the time zone that the environment had under
/// the version of the configuration that the report was made of. Of a report that has no units yet the check says so.
/// Errors: those of environment_settings.
[[nodiscard]] Status add_whole_weeks(const Service& service, std::uint32_t environment,
                                     const storage::Experiment& experiment, judge::Report& report);

}  // namespace touchstone::app
