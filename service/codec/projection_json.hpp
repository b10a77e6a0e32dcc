#pragma once

#include <string>
#include <string_view>

#include "service/judge/projection.hpp"

namespace touchstone::codec {

/// {"variant" (if any), "until", "days", "customers", "repeaters", "purchases", "spent", "buying": {"status", "r",
/// "alpha", "a", "b", "log_likelihood"}, "spending": {"status", "p", "q", "v", "log_likelihood", "customers"},
/// "expected": {"active", "purchases", "spend"}, "came": {"purchases", "spend"} (where it is known)}; alpha counts
/// weeks, what has no value is null.
[[nodiscard]] std::string write_projection(std::string_view variant, const judge::ProjectionTerms& terms,
                                           const judge::Projection& projection);

}  // namespace touchstone::codec
