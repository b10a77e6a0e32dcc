#pragma once

#include <string>

#include "assign/json.hpp"

namespace touchstone::assign::growthbook {

/// The conversions of ECMAScript that GrowthBook's rules lean on, for JSON values.

/// ToNumber: null is 0, flags are 0 and 1, texts are read whole (an empty one is 0), all else is not a number.
[[nodiscard]] double to_number(const Json& value);

/// ToString; objects become "[object Object]", arrays their elements joined by commas.
[[nodiscard]] std::string to_text(const Json& value);

/// ToBoolean: false for null, 0, not-a-number and the empty text.
[[nodiscard]] bool to_flag(const Json& value);

/// ASCII letters in lower case.
[[nodiscard]] std::string lower(std::string text);

/// `a < b`: by text where both are texts, by number otherwise; never true of what is not a number.
[[nodiscard]] bool less(const Json& a, const Json& b);
[[nodiscard]] bool less_or_equal(const Json& a, const Json& b);

}  // namespace touchstone::assign::growthbook
