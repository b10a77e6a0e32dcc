#include "service/api/errors.hpp"

#include <string>
#include <utility>

#include "service/api/ofrep.hpp"
#include "service/codec/problem_json.hpp"

namespace touchstone::api {

namespace {

constexpr std::string_view kProblem = "application/problem+json";

/// Headers that a client acts on.
void add_headers(http::Response& response) {
  if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  if (response.status == 503) response.headers.emplace_back("Retry-After", "1");
}

http::Response answer(const Error& error, int status, std::string_view request_id) {
  http::Response response;
  response.status = status;
  response.content_type = kProblem;
  response.body = codec::write_problem(error, status, request_id);
  return response;
}

}  // namespace

int status_of(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::invalid:
      return 422;
    case ErrorCode::not_found:
      return 404;
    case ErrorCode::conflict:
      return 409;
    case ErrorCode::precondition:
      return 412;
    case ErrorCode::unauthorized:
      return 401;
    case ErrorCode::forbidden:
      return 403;
    case ErrorCode::too_large:
      return 413;
    case ErrorCode::unsupported_media:
      return 415;
    case ErrorCode::unavailable:
      return 503;
    case ErrorCode::internal:
      return 500;
  }
  return 500;
}

ErrorCode code_of(int status) noexcept {
  switch (status) {
    case 401:
      return ErrorCode::unauthorized;
    case 403:
      return ErrorCode::forbidden;
    case 404:
    case 405:
      return ErrorCode::not_found;
    case 409:
      return ErrorCode::conflict;
    case 412:
      return ErrorCode::precondition;
    case 413:
    case 414:
    case 431:
      return ErrorCode::too_large;
    case 415:
      return ErrorCode::unsupported_media;
    case 429:
    case 503:
      return ErrorCode::unavailable;
    default:
      return status >= 500 ? ErrorCode::internal : ErrorCode::invalid;
  }
}

http::Response problem(const Error& error, std::string_view request_id) {
  const Error ours{ErrorCode::internal, "something went wrong inside the service", "", "Ask its operator for the log."};
  auto response = answer(error.code == ErrorCode::internal ? ours : error, status_of(error.code), request_id);
  add_headers(response);
  return response;
}

http::Response too_many_requests(std::chrono::seconds wait, std::string_view request_id) {
  const auto seconds = std::to_string(wait.count());
  auto response = answer({ErrorCode::unavailable, "over the rate limit of this key", "",
                          "Wait " + seconds + " s, or ask the operator for a higher limit."},
                         429, request_id);
  response.headers.emplace_back("Retry-After", seconds);
  return response;
}

http::Response too_many_streams(std::string_view request_id) {
  auto response = answer({ErrorCode::unavailable, "this key has all the streams open that it may", "",
                          "Close some, or ask from time to time instead."},
                         429, request_id);
  response.headers.emplace_back("Retry-After", "10");
  return response;
}

http::Response server_problem(int status, std::string_view detail, std::string_view hint, std::string_view target) {
  if (auto answer = ofrep_no_such_flag(target)) return *std::move(answer);
  return answer({code_of(status), std::string(detail), "", std::string(hint)}, status, "");
}

}  // namespace touchstone::api
