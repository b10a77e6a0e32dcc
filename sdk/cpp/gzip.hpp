#pragma once

#include <string>
#include <string_view>

namespace touchstone::sdk {

/// `text` compressed, as a body of Content-Encoding gzip.
[[nodiscard]] std::string gzipped(std::string_view text);

}  // namespace touchstone::sdk
