#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "service/api/auth.hpp"
#include "service/api/call.hpp"
#include "service/api/contract.hpp"
#include "service/http/route.hpp"

namespace touchstone::api {

/// One row of the API: what, who, how much, where it runs, and what it tells its callers.
struct Row {
  http::Method method = http::Method::get;
  std::string_view pattern;
  Roles roles;
  std::size_t max_body = 0;  ///< bytes after inflation
  std::variant<FastCall, DurableCall, SlowCall, OnceCall, StreamCall> call;
  Contract contract;
};

/// The whole API.
[[nodiscard]] std::span<const Row> table();

/// The table as the server takes it. `context` must outlive it.
[[nodiscard]] std::vector<http::Route> routes(Context& context);

}  // namespace touchstone::api
