#pragma once

#include <cstdint>

#include "service/app/service.hpp"
#include "service/judge/sizing.hpp"

namespace touchstone::app {

/// Where the request names an experiment, its report gives the baseline: what its control showed and, unless the
/// request says it, how many units entered a day. Errors: not_found (experiment, metric); conflict (no figures yet).
[[nodiscard]] Status take_history(Service& service, std::uint32_t environment, judge::SizeRequest& request);

}  // namespace touchstone::app
