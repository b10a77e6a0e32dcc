#pragma once

#include <span>
#include <string>
#include <string_view>

namespace touchstone::codec {

/// "did you mean "variants"?", or what is known where nothing known is close to `name`.
[[nodiscard]] std::string did_you_mean(std::string_view name, std::span<const std::string_view> known);

}  // namespace touchstone::codec
