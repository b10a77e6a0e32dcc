#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "service/api/auth.hpp"
#include "service/api/call.hpp"
#include "service/api/contract.hpp"
#include "service/http/route.hpp"

namespace touchstone::api {

/// Whose words a route speaks where it refuses.
enum class Wording : std::uint8_t { problem, ofrep };

/// One row of the API: what, who, how much, where it runs, and what it tells its callers.
struct Row {
  http::Method method = http::Method::get;
  std::string_view pattern;
  Roles roles;
  std::size_t max_body = 0;  ///< bytes after inflation
  std::variant<FastCall, DurableCall, SlowCall, HashCall, OnceCall, StreamCall, LiveCall> call;
  Contract contract;
  Wording wording = Wording::problem;
  bool beacon = false;  ///< reads text/plain too, and takes a client key as ?client_key=: for navigator.sendBeacon
};

/// The whole API.
[[nodiscard]] std::span<const Row> table();

/// The table as the server takes it. `context` must outlive it.
[[nodiscard]] std::vector<http::Route> routes(Context& context);

}  // namespace touchstone::api
