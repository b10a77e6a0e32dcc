#pragma once

#include "service/api/call.hpp"
#include "service/api/routes.hpp"
#include "service/http/route.hpp"

namespace touchstone::api {

/// The row as the server takes it: its handler behind everything that a row promises: roles, rate, media type, known
/// parameters, and one effect where it may be repeated. `context` and `row` must outlive it.
[[nodiscard]] http::Route guarded(Context& context, const Row& row);

}  // namespace touchstone::api
