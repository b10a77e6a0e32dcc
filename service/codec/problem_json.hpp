#pragma once

#include <span>
#include <string>
#include <string_view>

#include "assign/result.hpp"

namespace touchstone::codec {

/// The stable last part of a problem's type, "/problems/<word>": "invalid", "not-found", "conflict", ...
[[nodiscard]] std::string_view problem_word(ErrorCode code) noexcept;

/// An RFC 9457 document (application/problem+json): type, title, status, detail, errors [{pointer, detail, hint}],
/// request_id. `errors` is left out where the error names no field and gives no hint; empty members are left out.
[[nodiscard]] std::string write_problem(const Error& error, int status, std::string_view request_id);

/// The same for several faults of one document; `errors` is not empty and its first gives type and detail.
[[nodiscard]] std::string write_problem(std::span<const Error> errors, int status, std::string_view request_id);

}  // namespace touchstone::codec
