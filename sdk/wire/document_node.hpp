#pragma once

#include <cstddef>
#include <string_view>

#include <nlohmann/json.hpp>

#include "assign/condition.hpp"
#include "assign/dialect/program.hpp"
#include "assign/json.hpp"
#include "assign/result.hpp"

namespace touchstone::wire {

/// The JSON side of sdk/wire, for code that already holds a parsed document (service/codec). Object members are
/// sorted by byte, so that what is written is canonical.
using Node = nlohmann::json;

/// Parses a document guarded against what the library lets through: more than `deepest` objects and arrays inside each
/// other, more than `largest` bytes, duplicate members.
[[nodiscard]] Result<Node> parse_document(std::string_view json, std::size_t largest, std::size_t deepest);

[[nodiscard]] Result<assign::Condition> condition_from(const Node& node, std::string_view pointer);
[[nodiscard]] Node to_node(const assign::Condition& condition);

[[nodiscard]] Result<assign::Segment> segment_from(const Node& node, std::string_view pointer);
[[nodiscard]] Node to_node(const assign::Segment& segment);

[[nodiscard]] Result<assign::dialect::Program> dialect_from(const Node& node, std::string_view pointer);
[[nodiscard]] Node to_node(const assign::dialect::Program& program);

[[nodiscard]] assign::Json tree_of(const Node& node);
[[nodiscard]] Node node_of(const assign::Json& tree);

/// A number without a fraction where it is whole, however it was read.
[[nodiscard]] Node number_node(double number);

}  // namespace touchstone::wire
