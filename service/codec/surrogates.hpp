#pragma once

#include <string>
#include <string_view>

namespace touchstone::codec {

/// The same JSON text with every \u escape that is half of a surrogate pair replaced by \u0020; of the same length.
[[nodiscard]] std::string with_surrogates_paired(std::string_view json);

}  // namespace touchstone::codec
