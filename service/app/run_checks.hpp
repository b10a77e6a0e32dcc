#pragma once

#include <cstdint>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "service/judge/report.hpp"

namespace touchstone::app {

/// Adds to the report's doubts what its phases say of how the run went: whether units entered over whole weeks, in the
/// time zone that the environment had under the version of the configuration that the report was made of; whether it
/// came to its planned size; and whether it was changed in mid-flight. Of a report that has no units yet the checks say
/// so. Errors: those of environment_settings.
[[nodiscard]] Status add_run_checks(const Service& service, std::uint32_t environment,
                                    const storage::Experiment& experiment, judge::Report& report);

}  // namespace touchstone::app
