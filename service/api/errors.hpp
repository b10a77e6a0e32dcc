#pragma once

#include <chrono>
#include <string_view>

#include "assign/result.hpp"
#include "service/http/response.hpp"

/// The one place that knows which HTTP status a domain error has.
namespace touchstone::api {

[[nodiscard]] int status_of(ErrorCode code) noexcept;

/// The code that explains a status which the server itself gives.
[[nodiscard]] ErrorCode code_of(int status) noexcept;

/// problem+json with pointer and hint. What went wrong inside the service is said in the log, not to the caller.
[[nodiscard]] http::Response problem(const Error& error, std::string_view request_id);

/// 429 with the time to wait.
[[nodiscard]] http::Response too_many_requests(std::chrono::seconds wait, std::string_view request_id);

/// 429 where the key has too many streams open.
[[nodiscard]] http::Response too_many_streams(std::string_view request_id);

/// The body of what the server refuses before any handler; where a flag is asked for by a path that no flag can have,
/// in the words of OFREP. See http::ErrorBody.
[[nodiscard]] http::Response server_problem(int status, std::string_view detail, std::string_view hint,
                                            std::string_view target);

}  // namespace touchstone::api
