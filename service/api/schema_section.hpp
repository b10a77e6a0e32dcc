#pragma once

#include <string>
#include <string_view>

#include "service/codec/json.hpp"
#include "service/page/html.hpp"

/// Schemas of the contract, drawn for people.
namespace touchstone::api {

/// What a schema takes, in a few words: "integer", "list of Variant", "Time or null"; names are links.
[[nodiscard]] page::Markup type_text(codec::JsonView schema);

/// A component by name, with the names and types of its members.
[[nodiscard]] page::Markup schema_section(std::string_view name, codec::JsonView schema);

/// A link to a component.
[[nodiscard]] page::Markup schema_link(std::string_view name);

/// `a` and `b` with a text between them, where both are there.
[[nodiscard]] page::Markup joined(page::Markup a, std::string_view between, page::Markup b);

}  // namespace touchstone::api
