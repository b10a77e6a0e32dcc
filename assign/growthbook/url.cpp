#include "assign/growthbook/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <re2/re2.h>

#include "assign/growthbook/javascript.hpp"

namespace touchstone::assign::growthbook {
namespace {

constexpr std::string_view wildcard = "_____";
constexpr std::int64_t pattern_memory = 1 << 20;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    if (escaped) {
      out.push_back(static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return out;
}

bool plain_in_forms(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '*' || c == '-' ||
         c == '.' || c == '_';
}

void append_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : text) {
    if (plain_in_forms(c)) {
      out.push_back(c);
    } else if (c == ' ') {
      out.push_back('+');
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(digits[byte >> 4U]);
      out.push_back(digits[byte & 15U]);
    }
  }
}

/// Cuts off what follows the first `mark`; empty where there is none.
std::string_view cut_after(std::string_view& text, char mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return {};
  const auto rest = text.substr(at + 1);
  text = text.substr(0, at);
  return rest;
}

template <class Visit>
void each_part(std::string_view text, char separator, Visit visit) {
  while (!text.empty()) {
    auto part = text;
    text = cut_after(part, separator);
    if (!part.empty()) visit(part);
  }
}

std::vector<std::pair<std::string, std::string>> parameters_in(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> all;
  each_part(query, '&', [&](std::string_view name) {
    const auto value = cut_after(name, '=');
    all.emplace_back(decoded(name), decoded(value));
  });
  return all;
}

bool is_special(char c) { return std::string_view("*.+?^${}()|[]\\").find(c) != std::string_view::npos; }

/// The pattern's text taken literally, but for its wildcards.
std::string literal(std::string_view pattern) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.substr(i).starts_with(wildcard)) {
      out.append(".*");
      i += wildcard.size() - 1;
    } else {
      if (is_special(pattern[i])) out.push_back('\\');
      out.push_back(pattern[i]);
    }
  }
  return out;
}

std::string_view without_outer_slashes(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

bool found(const std::string& pattern, std::string_view text, bool any_case) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(pattern_memory);
  options.set_case_sensitive(!any_case);
  const RE2 compiled(pattern, options);
  return compiled.ok() && RE2::PartialMatch({text.data(), text.size()}, compiled);
}

bool part_matches(std::string_view actual, std::string_view pattern) {
  return found("^" + literal(pattern) + "$", actual, true);
}

bool path_matches(std::string_view actual, std::string_view pattern) {
  return found("^/?" + literal(without_outer_slashes(pattern)) + "/?$", actual, true);
}

/// A pattern names a host without its scheme, and stars stand for anything.
Url parse_pattern(std::string_view pattern) {
  std::string text;
  for (const char c : pattern)
    if (c == '*')
      text.append(wildcard);
    else
      text.push_back(c);
  const auto first = text.find_first_of(":/?.");
  if (first != std::string::npos && text[first] == '.') text.insert(0, "https://");
  auto url = parse_url(text);
  if (url.host.empty()) url.host = wildcard;
  return url;
}

bool simple_match(const Url& url, std::string_view pattern) {
  const auto wanted = parse_pattern(pattern);
  if (!part_matches(url.host, wanted.host) || !path_matches(url.path, wanted.path)) return false;
  if (!wanted.fragment.empty() && !part_matches(url.fragment, wanted.fragment)) return false;
  return std::all_of(wanted.query.begin(), wanted.query.end(), [&](const auto& parameter) {
    return part_matches(url.parameter(parameter.first), parameter.second);
  });
}

bool target_matches(std::string_view url, const Json& target) {
  const auto* type = target.member("type");
  const auto* pattern = target.member("pattern");
  if (type == nullptr || type->text() == nullptr || pattern == nullptr || pattern->text() == nullptr) return false;
  const auto parsed = parse_url(url);
  if (*type->text() == "simple") return simple_match(parsed, *pattern->text());
  if (*type->text() != "regex") return false;
  const auto whole = to_text(parsed);
  return found(*pattern->text(), whole, false) ||
         found(*pattern->text(), std::string_view(whole).substr(parsed.origin.size()), false);
}

}  // namespace

std::string_view Url::parameter(std::string_view name) const {
  const auto entry = std::find_if(query.begin(), query.end(), [&](const auto& one) { return one.first == name; });
  return entry == query.end() ? std::string_view() : entry->second;
}

Url parse_url(std::string_view text) {
  Url url;
  const auto fragment = cut_after(text, '#');
  if (!fragment.empty()) url.fragment = "#" + std::string(fragment);
  url.query = parameters_in(cut_after(text, '?'));
  if (const auto scheme = text.find("://"); scheme != std::string_view::npos) {
    const auto path = std::min(text.find('/', scheme + 3), text.size());
    url.origin = text.substr(0, path);
    url.host = text.substr(scheme + 3, path - scheme - 3);
    text.remove_prefix(path);
  }
  url.path = text.starts_with('/') ? text : "/" + std::string(text);
  return url;
}

std::string to_text(const Url& url) {
  std::string text = url.origin + url.path;
  char separator = '?';
  for (const auto& [name, value] : url.query) {
    text.push_back(separator);
    append_encoded(text, name);
    text.push_back('=');
    append_encoded(text, value);
    separator = '&';
  }
  return text + url.fragment;
}

std::optional<std::int64_t> query_override(std::string_view key, std::string_view url, std::int64_t variations) {
  auto query = cut_after(url, '?');
  cut_after(query, '?');
  cut_after(query, '#');
  std::optional<std::string_view> forced;
  each_part(query, '&', [&](std::string_view name) {
    const auto value = cut_after(name, '=');
    if (name == key && !forced) forced = value;
  });
  if (!forced) return std::nullopt;
  std::int64_t number = -1;
  std::from_chars(forced->data(), forced->data() + forced->size(), number);
  return number >= 0 && number < variations ? std::optional(number) : std::nullopt;
}

bool is_targeted(std::string_view url, const Json& targets) {
  const auto* list = targets.array();
  if (list == nullptr || list->empty()) return false;
  bool some_include = false;
  bool included = false;
  for (const auto& target : *list) {
    const bool match = target_matches(url, target);
    const auto* include = target.member("include");
    if (include != nullptr && include->flag() != nullptr && !*include->flag()) {
      if (match) return false;
    } else {
      some_include = true;
      included = included || match;
    }
  }
  return included || !some_include;
}

bool url_matches(std::string_view url, const std::string& pattern) {
  const auto parsed = parse_url(url);
  return found(pattern, url, false) || found(pattern, url.substr(parsed.origin.size()), false);
}

std::string with_query_of(std::string_view current, std::string_view target) {
  auto url = parse_url(target);
  for (const auto& [name, value] : parse_url(current).query)
    if (std::none_of(url.query.begin(), url.query.end(), [&](const auto& one) { return one.first == name; }))
      url.query.emplace_back(name, value);
  return to_text(url);
}

}  // namespace touchstone::assign::growthbook
