#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "service/http/request.hpp"
#include "service/http/response.hpp"

namespace touchstone::http {

/// Where a handler runs and what it may do.
/// - fast: on the event loop. Snapshot and memory only: no lock, no disk, no waiting.
/// - durable: on the event loop, hands its work to the storage writer and answers later through `Reply`.
/// - slow: on a bounded pool of threads; a full pool answers 503 with Retry-After.
/// Each may answer with a Stream, which then has the connection for itself.
enum class Lane : std::uint8_t { fast, durable, slow };

/// Completes one request, exactly once, from any thread. Destroyed without being called it answers 500.
using Reply = std::function<void(Response)>;

using FastHandler = std::function<void(const Request&, Response&)>;
using DurableHandler = std::function<void(const Request&, Reply)>;
using SlowHandler = std::function<Response(const Request&)>;

/// One row of the route table. `pattern` is literal segments and `{name}` placeholders: "/v1/experiments/{key}"; a last
/// segment may carry an action after a placeholder: "/v1/experiments/{key}:start".
struct Route {
  Method method = Method::get;
  std::string pattern;
  std::size_t max_body = 0;  ///< bytes after inflation; 0 refuses any body
  std::variant<FastHandler, DurableHandler, SlowHandler> handler;

  [[nodiscard]] Lane lane() const noexcept { return static_cast<Lane>(handler.index()); }
};

/// Answers for what the server itself refuses (framing, limits, no route, full queue), so that the body of every error
/// has one shape, given by the owner of the routes. `target`: what was asked for, as it was sent, where nothing is
/// served at it; else empty.
using ErrorBody =
    std::function<Response(int status, std::string_view detail, std::string_view hint, std::string_view target)>;

}  // namespace touchstone::http
