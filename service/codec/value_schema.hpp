#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"

namespace touchstone::codec {

/// The part of JSON Schema that values of flags can be held to: true, false, or an object of `type` (one name or
/// several: null, boolean, integer, number, string, array, object), `enum`, `const`, `properties`, `required`,
/// `additionalProperties` (true, false or a schema), `items` (a schema), `minItems`, `maxItems`, `minimum`, `maximum`,
/// `minLength` and `maxLength` (code points); `title`, `description`, `default`, `examples` and `$schema` say nothing
/// about a value. As there, a word about another type than the value's is no restriction, and 1.0 is an integer.

/// Whether a JSON text is such a schema. Other words are refused, because what they ask for would not be checked: the
/// error's pointer leads from `pointer` to the word.
[[nodiscard]] Status check_schema(std::string_view schema, const std::string& pointer);

/// Whether a JSON text satisfies a schema that check_schema found good; the error's pointer leads from `pointer` to the
/// part that does not.
[[nodiscard]] Status check_value(std::string_view schema, std::string_view value, const std::string& pointer);

}  // namespace touchstone::codec
