#pragma once

#include <optional>
#include <string_view>

namespace touchstone::storage {

/// The raw JSON text of one member of a canonical JSON object (RFC 8785, as codec writes it and the journal stores it):
/// `"new_page"` with its quotes, `12.5`, `true`. Absent where there is no such member. The object must be canonical;
/// nothing is validated here. `key` is matched against the canonical text of the member's name, without its quotes.
[[nodiscard]] std::optional<std::string_view> attribute(std::string_view object, std::string_view key);

/// The member as a number, where it is one.
[[nodiscard]] std::optional<double> numeric_attribute(std::string_view object, std::string_view key);

}  // namespace touchstone::storage
