#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "service/api/query.hpp"

namespace touchstone::api {

/// Where a page ended, as `next` says it: opaque to callers, so that nobody builds one.
[[nodiscard]] std::string cursor_of(std::string_view last);

/// Which part of a list is asked for.
template <class Last>
struct Page {
  Query query;
  std::uint64_t limit = 0;
  Last after{};  ///< the end of the page before; empty or 0 where the parameter is absent
};

/// Of lists in the order of a text, and of a number. Error invalid for what is no limit or no cursor.
[[nodiscard]] Result<Page<std::string>> read_page(std::string_view query);
[[nodiscard]] Result<Page<std::uint64_t>> read_numbered_page(std::string_view query);

}  // namespace touchstone::api
