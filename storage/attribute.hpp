#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace touchstone::storage {

/// The raw JSON text of one member of a canonical JSON object (RFC 8785, as codec writes it and the journal stores it):
/// `"new_page"` with its quotes, `12.5`, `true`. Absent where there is no such member. The object must be canonical;
/// nothing is validated here. `key` is matched against the canonical text of the member's name, without its quotes.
[[nodiscard]] std::optional<std::string_view> attribute(std::string_view object, std::string_view key);

/// A member of a canonical JSON object as it is written: the name without its quotes, the value as above.
struct AttributeText {
  std::string_view name;
  std::string_view value;

  friend bool operator==(const AttributeText&, const AttributeText&) = default;
};
/// All members, in their order.
[[nodiscard]] std::vector<AttributeText> attributes(std::string_view object);

/// The member as a number, where it is one.
[[nodiscard]] std::optional<double> numeric_attribute(std::string_view object, std::string_view key);

}  // namespace touchstone::storage
