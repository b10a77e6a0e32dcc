#pragma once

#include "service/app/service.hpp"
#include "service/http/route.hpp"

namespace touchstone::cli {

/// GET /local/units/{key}: what the units of an experiment's control did, in the order in which they came, with the
/// documents of the experiment and of its plan's metrics: {"experiment": text, "metrics": [text, ...], "units":
/// [[amount or null, ...], ...]}. Over the private socket only, for simulations; no unit is named.
[[nodiscard]] http::Route units_route(app::Service& service);

}  // namespace touchstone::cli
