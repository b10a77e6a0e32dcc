#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace touchstone::assign {

/// Patterns are written in the syntax that RE2 and JavaScript share, so that a rule means the same in every SDK:
/// literals, `.`, classes, `\d \w \s \b` and their opposites, groups `(...)` and `(?:...)`, `|`, `^`, `$`, and
/// quantifiers. Refused: look-around, back-references, inline flags, named groups, `\p`, `\C`, `\A`, `\z`, `\Q`,
/// octal escapes and POSIX classes.
/// Returns what is wrong with `pattern` in the words of a person who reads an error, or nothing.
[[nodiscard]] std::optional<std::string> outside_shared_syntax(std::string_view pattern);

}  // namespace touchstone::assign
