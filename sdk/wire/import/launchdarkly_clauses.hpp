#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "assign/condition.hpp"
#include "sdk/wire/import/importer.hpp"

namespace touchstone::wire::import {

/// LaunchDarkly's targeting as conditions. Segments become the conditions that they stand for; the key of a context is
/// a unit's id; attributes of contexts other than users are called kind.attribute.
class LaunchDarklyClauses {
 public:
  LaunchDarklyClauses(Node segments, Importer& into) : segments_(std::move(segments)), into_(into) {}

  /// All of the clauses hold; nothing where there are none.
  [[nodiscard]] std::optional<assign::Condition> all(const Node& clauses, const std::string& where) const;

 private:
  [[nodiscard]] assign::Condition clause(const Node& clause, const std::string& where,
                                         std::set<std::string>& open) const;
  [[nodiscard]] assign::Condition segments(const Node& names, const std::string& where,
                                           std::set<std::string>& open) const;
  [[nodiscard]] assign::Condition segment(const std::string& name, const std::string& where,
                                          std::set<std::string>& open) const;

  Node segments_;
  Importer& into_;
};

/// The unit type of a context kind.
[[nodiscard]] std::string unit_of_context(const std::string& kind);

/// The name that an attribute has here: a reference without its slash.
[[nodiscard]] std::string attribute_named(const std::string& reference);

}  // namespace touchstone::wire::import
