#pragma once

#include <string>
#include <string_view>

namespace touchstone::page {

/// What the console loads, from here: its addresses.
struct ConsoleFiles {
  std::string script;
  std::string style;
};

/// As that of other pages, with a script from here, which asks here and nowhere else.
inline constexpr std::string_view console_content_security_policy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Around what the script draws.
[[nodiscard]] std::string console_page(const ConsoleFiles& files);

/// Instead of it, in a program that was built without it.
[[nodiscard]] std::string console_missing_page();

}  // namespace touchstone::page
