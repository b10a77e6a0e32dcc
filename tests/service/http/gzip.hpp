#pragma once

#include <string>
#include <string_view>

namespace touchstone::http::test {

/// One gzip member that holds the text.
[[nodiscard]] std::string gzip(std::string_view text);

}  // namespace touchstone::http::test
