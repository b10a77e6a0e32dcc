#include "assign/regex_syntax.hpp"

#include <cstddef>

namespace touchstone::assign {
namespace {

constexpr std::string_view shared_letters = "dDwWsSbBtnrfvx";

bool word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<std::string> unshared_escape(char escaped) {
  if (!word(escaped) || shared_letters.find(escaped) != std::string_view::npos) return std::nullopt;
  return std::string("the escape \\") + escaped + " is not available";
}

std::optional<std::string> unshared_group(std::string_view after_open) {
  if (!after_open.starts_with('?') || after_open.starts_with("?:")) return std::nullopt;
  return "of the groups that start with (? only (?: is available";
}

}  // namespace

std::optional<std::string> outside_shared_syntax(std::string_view pattern) {
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const auto rest = pattern.substr(i + 1);
    if (c == '\\' && !rest.empty()) {
      if (auto problem = unshared_escape(rest.front())) return problem;
      if (rest.starts_with("x{")) return "\\x{...} is not available; write the character itself";
      ++i;
    } else if (in_class) {
      if (c == '[' && rest.starts_with(':')) return "classes like [:alpha:] are not available";
      in_class = c != ']';
    } else if (c == '[') {
      in_class = true;
      if (rest.starts_with(']') || rest.starts_with("^]")) return "write \\] inside a class";
    } else if (c == '(') {
      if (auto problem = unshared_group(rest)) return problem;
    }
  }
  return std::nullopt;
}

}  // namespace touchstone::assign
