#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace touchstone::page {

/// `text` with &, <, >, " and ' written as references: safe between tags and inside quoted attributes.
[[nodiscard]] std::string escaped(std::string_view text);

/// HTML or SVG that is already safe to place in a document. Only `element` and `text_node` make it from foreign
/// text, so a name can never become markup.
struct Markup {
  std::string text;

  Markup& operator+=(const Markup& other) {
    text += other.text;
    return *this;
  }
  friend Markup operator+(Markup left, const Markup& right) { return std::move(left += right); }
};

using Attributes = std::vector<std::pair<std::string_view, std::string>>;

/// Escaped; a number and its percent sign stay on one line.
[[nodiscard]] Markup text_node(std::string_view text);

/// <name attributes>content</name>. Names are written by us; attribute values are escaped.
[[nodiscard]] Markup element(std::string_view name, const Attributes& attributes, const Markup& content);
[[nodiscard]] Markup element(std::string_view name, const Attributes& attributes, std::string_view text);
/// <name attributes/>, for SVG shapes and void elements.
[[nodiscard]] Markup empty_element(std::string_view name, const Attributes& attributes);

}  // namespace touchstone::page
