#include "service/api/cors.hpp"

#include <algorithm>
#include <utility>

#include "service/api/documented.hpp"
#include "service/api/errors.hpp"

namespace touchstone::api {

namespace {

using http::Request;
using http::Response;
using Origins = std::vector<std::string>;

constexpr std::string_view kSent =
    "authorization, x-api-key, content-type, content-encoding, if-none-match, last-event-id, x-request-id";
constexpr std::string_view kExposed = "ETag, Retry-After, X-Request-Id, X-SSE-Support";
constexpr std::string_view kRemembered = "7200";  ///< seconds; what Chromium keeps at most

bool named(const Origins& origins, std::string_view origin) {
  return std::ranges::find(origins, origin) != origins.end();
}

void let_read(std::string_view origin, Response& response) {
  response.headers.emplace_back("Access-Control-Allow-Origin", origin);
  response.headers.emplace_back("Access-Control-Expose-Headers", kExposed);
  response.headers.emplace_back("Vary", "Origin");
}

http::FastHandler wrapped(const Origins& origins, http::FastHandler handler) {
  return [&origins, handler = std::move(handler)](const Request& request, Response& response) {
    handler(request, response);
    if (!request.origin.empty() && named(origins, request.origin)) let_read(request.origin, response);
  };
}

http::DurableHandler wrapped(const Origins& origins, http::DurableHandler handler) {
  return [&origins, handler = std::move(handler)](const Request& request, http::Reply reply) {
    if (request.origin.empty() || !named(origins, request.origin)) return handler(request, std::move(reply));
    handler(request, [origin = std::string(request.origin), reply = std::move(reply)](Response response) {
      let_read(origin, response);
      reply(std::move(response));
    });
  };
}

http::SlowHandler wrapped(const Origins& origins, http::SlowHandler handler) {
  return [&origins, handler = std::move(handler)](const Request& request) {
    auto response = handler(request);
    if (!request.origin.empty() && named(origins, request.origin)) let_read(request.origin, response);
    return response;
  };
}

std::string upper(std::string_view word) {
  std::string text(word);
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

std::string methods_of(std::string_view pattern) {
  std::string methods;
  for (const auto& row : table()) {
    if (row.pattern != pattern || !is_for_browsers(row)) continue;
    if (!methods.empty()) methods += ", ";
    methods += upper(method_word(row.method));
  }
  return methods;
}

http::FastHandler preflight(const Origins& origins, std::string methods) {
  return [&origins, methods = std::move(methods)](const Request& request, Response& response) {
    if (!named(origins, request.origin))
      return void(response = problem({ErrorCode::forbidden, "no page of this origin may call", "",
                                      "The operator names origins by --cors-origin."},
                                     request.request_id));
    response.status = 204;
    let_read(request.origin, response);
    response.headers.emplace_back("Access-Control-Allow-Methods", methods);
    response.headers.emplace_back("Access-Control-Allow-Headers", kSent);
    response.headers.emplace_back("Access-Control-Max-Age", kRemembered);
  };
}

std::vector<http::Route> preflights(const Origins& origins) {
  std::vector<http::Route> made;
  for (const auto& row : table()) {
    const bool there = std::ranges::find(made, row.pattern, &http::Route::pattern) != made.end();
    if (there || !is_for_browsers(row)) continue;
    made.push_back({http::Method::options, std::string(row.pattern), 0, preflight(origins, methods_of(row.pattern))});
  }
  return made;
}

/// RFC 6454, section 6.2: scheme, host and a port other than the scheme's own; no path.
bool is_origin(std::string_view text) {
  const auto host = text.find("://");
  if (host == std::string_view::npos || host == 0) return false;
  const auto rest = text.substr(host + 3);
  const auto plain = [](char c) { return c > ' ' && c <= '~' && !(c >= 'A' && c <= 'Z') && c != '/' && c != '*'; };
  return !rest.empty() && std::ranges::all_of(rest, plain);
}

}  // namespace

Status check_origins(const Origins& origins) {
  for (const auto& origin : origins)
    if (!is_origin(origin))
      return Error{ErrorCode::invalid, "\"" + origin + "\" is no origin", "",
                   "Write it as browsers do, in small letters and without a path: https://shop.example"};
  return ok();
}

bool is_for_browsers(const Row& row) { return takes_key(row) && row.roles.allow(fast::KeyKind::sdk); }

std::vector<http::Route> readable_from(const Origins& origins, std::vector<http::Route> routes) {
  for (const auto& row : table()) {
    if (!is_for_browsers(row)) continue;
    const auto route = std::ranges::find_if(
        routes, [&row](const http::Route& one) { return one.method == row.method && one.pattern == row.pattern; });
    std::visit([&](auto& handler) { handler = wrapped(origins, std::move(handler)); }, route->handler);
  }
  for (auto& route : preflights(origins)) routes.push_back(std::move(route));
  return routes;
}

}  // namespace touchstone::api
