#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "assign/condition.hpp"
#include "sdk/wire/import/importer.hpp"

namespace touchstone::wire::import {

/// One assignment of a compiled PlanOut script: what a parameter becomes, and when.
struct PlanOutSet {
  std::string parameter;
  Node value;
  std::optional<assign::Condition> when;
};

/// The assignments of a script, the last one first: of several of one parameter it is the one that counts.
[[nodiscard]] std::vector<PlanOutSet> sets_of(const Node& script);

/// A constant: a plain value, or one that the compiler wrapped.
[[nodiscard]] std::optional<Node> constant_in(const Node& value);

/// The operator of an expression; empty for constants.
[[nodiscard]] std::string operator_of(const Node& value);

/// The name of the input that an expression gets; CannotCarry for other expressions.
[[nodiscard]] std::string variable_in(const Node& value);

}  // namespace touchstone::wire::import
