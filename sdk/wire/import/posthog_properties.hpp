#pragma once

#include <set>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "assign/condition.hpp"
#include "sdk/wire/import/importer.hpp"

namespace touchstone::wire::import {

/// PostHog's filters on properties as conditions; cohorts become the filters that they stand for.
class PostHogProperties {
 public:
  PostHogProperties(Node flags, Node cohorts, Importer& into)
      : flags_(std::move(flags)), cohorts_(std::move(cohorts)), into_(into) {}

  [[nodiscard]] assign::Condition translated(const Node& property, const std::string& where) const;

 private:
  [[nodiscard]] assign::Condition translated(const Node& property, const std::string& where,
                                             std::set<std::string>& open) const;
  [[nodiscard]] assign::Condition group(const Node& group, const std::string& where, std::set<std::string>& open) const;
  [[nodiscard]] assign::Condition cohort(const Node& id, const std::string& where, std::set<std::string>& open) const;
  [[nodiscard]] assign::Condition flag(const Node& property, const std::string& where) const;

  Node flags_;  ///< by key
  Node cohorts_;
  Importer& into_;
};

}  // namespace touchstone::wire::import
