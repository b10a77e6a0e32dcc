#include "service/page/html.hpp"

namespace touchstone::page {
namespace {

std::string opened(std::string_view name, const Attributes& attributes) {
  std::string tag = "<" + std::string(name);
  for (const auto& [key, value] : attributes) tag += " " + std::string(key) + "=\"" + escaped(value) + "\"";
  return tag;
}

/// No line ends between a number and its percent sign.
std::string with_percent_unbroken(std::string text) {
  constexpr std::string_view no_break = "\u00A0%";
  for (auto at = text.find(" %"); at != std::string::npos; at = text.find(" %", at)) text.replace(at, 2, no_break);
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

Markup text_node(std::string_view text) { return {with_percent_unbroken(escaped(text))}; }

Markup element(std::string_view name, const Attributes& attributes, const Markup& content) {
  return {opened(name, attributes) + ">" + content.text + "</" + std::string(name) + ">"};
}

Markup element(std::string_view name, const Attributes& attributes, std::string_view text) {
  return element(name, attributes, text_node(text));
}

Markup empty_element(std::string_view name, const Attributes& attributes) { return {opened(name, attributes) + "/>"}; }

}  // namespace touchstone::page
