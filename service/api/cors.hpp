#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "service/api/routes.hpp"
#include "service/http/route.hpp"

/// Cross-origin requests of browsers (Fetch standard, section 3.2). Only routes of client and sdk keys answer them,
/// only to origins that the operator named, each by itself: never `*`, never `null`, never with cookies.
namespace touchstone::api {

/// The origins as browsers write them: "https://shop.example". Error invalid for what no browser sends.
[[nodiscard]] Status check_origins(const std::vector<std::string>& origins);

/// Whether browsers may call the route from elsewhere.
[[nodiscard]] bool is_for_browsers(const Row& row);

/// The routes, those for browsers readable from the origins, which must outlive them; and for each path of such routes
/// what browsers ask before (OPTIONS).
[[nodiscard]] std::vector<http::Route> readable_from(const std::vector<std::string>& origins,
                                                     std::vector<http::Route> routes);

}  // namespace touchstone::api
