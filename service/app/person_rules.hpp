#pragma once

#include <string_view>

#include "assign/result.hpp"

namespace touchstone::app {

/// An address as it stands in a link too: something, @, something, of at most 254 bytes. Error invalid at /email.
[[nodiscard]] Status check_email(std::string_view email);

/// 1 to 100 bytes that cannot be taken for an address. Error invalid at /name.
[[nodiscard]] Status check_person_name(std::string_view name);

}  // namespace touchstone::app
