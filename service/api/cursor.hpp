#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/api/query.hpp"

namespace touchstone::api {

/// Where a page ended, as `next` says it: opaque to callers, so that nobody builds one.
[[nodiscard]] std::string cursor_of(std::string_view last);

/// The end of the page before, by the parameter `after`; empty where it is absent. Error invalid for what is no cursor.
[[nodiscard]] Result<std::string> read_cursor(const Query& query);
/// Of lists in the order of a number; 0 where it is absent.
[[nodiscard]] Result<std::uint64_t> read_number_cursor(const Query& query);

}  // namespace touchstone::api
