#pragma once

#include <string>
#include <string_view>

#include "service/page/html.hpp"

/// What every page has around its content.
namespace touchstone::page {

/// For pages that are served: styles from here, nothing else from anywhere.
inline constexpr std::string_view content_security_policy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

inline constexpr std::string_view style_path = "/assets/style.css";
[[nodiscard]] std::string_view style_sheet() noexcept;

enum class Styled { linked, within };

/// A complete document around `content`.
[[nodiscard]] std::string framed(std::string_view title, const Markup& content, Styled styled = Styled::linked);

}  // namespace touchstone::page
