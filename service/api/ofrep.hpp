#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "assign/result.hpp"
#include "service/http/response.hpp"

/// Refusals in the words of OFREP: key and errorCode where problem+json has type and title. Status and headers are the
/// same, but for input that cannot be read, which is 400 there.
namespace touchstone::api {

/// `key` is the flag's; empty where the request is not about one.
[[nodiscard]] http::Response ofrep_failure(const Error& error, std::string_view key, std::string_view request_id);
[[nodiscard]] http::Response ofrep_too_many_requests(std::chrono::seconds wait, std::string_view key,
                                                     std::string_view request_id);

/// 404 for a target that would name a flag if its key were one: with a slash, an encoded one, dots alone, or nothing.
[[nodiscard]] std::optional<http::Response> ofrep_no_such_flag(std::string_view target);

}  // namespace touchstone::api
