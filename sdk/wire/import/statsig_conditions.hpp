#pragma once

#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "assign/condition.hpp"
#include "sdk/wire/import/importer.hpp"

namespace touchstone::wire::import {

/// Statsig's conditions, but for those that ask for a bucket.
class StatsigConditions {
 public:
  StatsigConditions(Node gates, Importer& into) : gates_(std::move(gates)), into_(into) {}

  [[nodiscard]] assign::Condition translated(const Node& condition, const std::string& where) const;

 private:
  [[nodiscard]] assign::Condition gate(const Node& name, bool passes, const std::string& where) const;
  [[nodiscard]] assign::Condition any_gate(const Node& names, bool passes, const std::string& where) const;
  [[nodiscard]] std::string attribute(const std::string& type, const Node& condition, const std::string& where) const;

  Node gates_;
  Importer& into_;
};

/// The unit type of an id type.
[[nodiscard]] std::string unit_of_id_type(const Node& holder);

}  // namespace touchstone::wire::import
