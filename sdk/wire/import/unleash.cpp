#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assign/key.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/importer.hpp"
#include "sdk/wire/import/tests_of.hpp"

namespace touchstone::wire::import {
namespace {

using assign::Condition;
using assign::Operator;

constexpr const char* off_variant = "\"disabled\"";

std::string unit_of(const std::string& stickiness) {
  if (stickiness == "default" || stickiness == "userId") return "user";
  if (stickiness == "sessionId") return "session";
  if (stickiness == "random") throw CannotCarry{"it decides at random, anew each time"};
  if (!assign::valid_key(stickiness)) throw CannotCarry{"the stickiness " + stickiness + " cannot become a unit type"};
  return stickiness;
}

Condition plain_constraint(const std::string& name, const std::string& op, const Node& constraint) {
  const Node values = constraint.value("values", Node::array());
  const Node value = constraint.value("value", Node());
  static const std::map<std::string, Operator> texts = {
      {"STR_CONTAINS", Operator::contains}, {"STR_STARTS_WITH", Operator::starts}, {"STR_ENDS_WITH", Operator::ends}};
  static const std::map<std::string, Operator> numbers = {{"NUM_EQ", Operator::is},
                                                          {"NUM_LT", Operator::lt},
                                                          {"NUM_LTE", Operator::le},
                                                          {"NUM_GT", Operator::gt},
                                                          {"NUM_GTE", Operator::ge}};
  static const std::map<std::string, Operator> dates = {{"DATE_BEFORE", Operator::before},
                                                        {"DATE_AFTER", Operator::after}};
  if (const auto known = texts.find(op); known != texts.end()) {
    if (constraint.value("caseInsensitive", false)) throw CannotCarry{"a constraint ignores case"};
    return any_operand(name, known->second, values);
  }
  if (const auto known = numbers.find(op); known != numbers.end())
    return assign::test_of(name, known->second, number_in(value));
  if (const auto known = dates.find(op); known != dates.end()) {
    if (name == "currentTime") throw CannotCarry{"a constraint asks the clock; schedule a change instead"};
    return assign::test_of(name, known->second, text_in(value));
  }
  if (op == "SEMVER_LT") return assign::test_of(name, Operator::version_lt, text_in(value));
  if (op == "SEMVER_GTE") return assign::test_of(name, Operator::version_ge, text_in(value));
  throw CannotCarry{"the constraint operator " + op + " is not known here"};
}

/// IN and NOT_IN know a missing attribute as one of no value; the others never
/// hold of it, inverted ones always.
Condition constraint_of(const Node& constraint) {
  const std::string name = constraint.value("contextName", "");
  const std::string op = constraint.value("operator", "");
  const bool inverted = constraint.value("inverted", false);
  const bool in = op == "IN" || op == "NOT_IN";
  const Node values = constraint.value("values", Node::array());
  auto condition = !in ? plain_constraint(name, op, constraint)
                       : (name == "userId" ? is_unit("user", values) : one_of(name, values));
  const bool negated = inverted != (op == "NOT_IN");
  return negated ? assign::not_of(std::move(condition)) : condition;
}

class Feature {
 public:
  Feature(const Node& feature, const std::map<std::string, Node>& segments, Importer& into)
      : feature_(feature), segments_(segments), into_(into), name_(feature.value("name", "")) {}

  void carry() {
    key_ = into_.key_for(name_, "feature " + name_);
    const auto variants = all_variants();
    flag_ = variants.empty() ? new_flag({"true"}, "false") : new_flag(names_of(variants), off_variant);
    flag_.enabled = feature_.value("enabled", false);
    for (const auto& strategy : feature_.value("strategies", Node::array())) {
      ++number_;
      add_strategy(strategy);
    }
    into_.add_flag(key_, std::move(flag_));
  }

 private:
  [[nodiscard]] Node own_variants() const { return feature_.value("variants", Node::array()); }

  [[nodiscard]] Node all_variants() const {
    Node all = own_variants();
    for (const auto& strategy : feature_.value("strategies", Node::array()))
      for (const auto& variant : strategy.value("variants", Node::array())) all.push_back(variant);
    return all;
  }

  static std::vector<assign::JsonText> names_of(const Node& variants) {
    std::vector<assign::JsonText> names;
    for (const auto& variant : variants) names.push_back(json_text(variant.value("name", "")));
    return names;
  }

  std::optional<Condition> when(const Node& strategy) {
    std::vector<Condition> all;
    for (const auto& parent : feature_.value("dependencies", Node::array())) all.push_back(dependency(parent));
    for (const auto& constraint : strategy.value("constraints", Node::array()))
      all.push_back(constraint_of(constraint));
    for (const auto& id : strategy.value("segments", Node::array())) {
      const auto segment = segments_.find(id.dump());
      if (segment == segments_.end()) throw CannotCarry{"segment " + id.dump() + " is not in the file"};
      for (const auto& constraint : segment->second.value("constraints", Node::array()))
        all.push_back(constraint_of(constraint));
    }
    if (strategy.value("name", "") == "userWithId") all.push_back(listed_users(strategy));
    if (all.empty()) return std::nullopt;
    return assign::all_of(std::move(all));
  }

  [[nodiscard]] Condition dependency(const Node& parent) const {
    if (parent.contains("variants") && !parent["variants"].empty())
      throw CannotCarry{"it depends on variants of another feature"};
    auto on = assign::flag_gives(into_.key_for(parent.value("feature", ""), "feature " + name_), Operator::is, true);
    return parent.value("enabled", true) ? on : assign::not_of(std::move(on));
  }

  static Condition listed_users(const Node& strategy) {
    const std::string list = strategy.value("parameters", Node::object()).value("userIds", "");
    Node ids = Node::array();
    for (std::size_t begin = 0; begin <= list.size();) {
      const auto end = std::min(list.find(',', begin), list.size());
      const auto first = list.find_first_not_of(' ', begin);
      if (first < end) ids.push_back(list.substr(first, list.find_last_not_of(' ', end - 1) - first + 1));
      begin = end + 1;
    }
    return is_unit("user", ids);
  }

  void add_strategy(const Node& strategy) {
    const std::string kind = strategy.value("name", "");
    const bool splits = kind == "flexibleRollout" || kind == "gradualRolloutUserId";
    if (!splits && kind != "default" && kind != "userWithId")
      throw CannotCarry{"the strategy " + kind + " decides by something else than a unit's id or its attributes"};
    auto condition = when(strategy);
    const Node own = strategy.value("variants", Node::array());
    const Node variants = own.empty() ? own_variants() : own;
    if (variants.empty() && !splits)
      flag_.rules.push_back(
          {std::move(condition), assign::GiveDocument{all_variants().empty() ? "true" : off_variant}});
    else if (variants.empty())
      add_rollout(strategy, std::move(condition));
    else
      add_experiment(strategy, variants, std::move(condition));
  }

  [[nodiscard]] Node one_strategy(const Node& strategy) const { return {{"key", name_}, {"strategies", {strategy}}}; }

  static std::string stickiness(const Node& strategy) {
    return strategy.value("parameters", Node::object()).value("stickiness", "default");
  }

  void add_rollout(const Node& strategy, std::optional<Condition> condition) {
    assign::RolloutDocument rollout;
    rollout.unit = unit_of(stickiness(strategy));
    rollout.value = all_variants().empty() ? "true" : off_variant;
    Node source = one_strategy(strategy);
    source["strategies"][0]["variants"] = Node::array({{{"name", "in"}, {"weight", 1}}});
    rollout.dialect = into_.program(source);
    flag_.rules.push_back({std::move(condition), std::move(rollout)});
  }

  void add_experiment(const Node& strategy, const Node& variants, std::optional<Condition> condition) {
    const auto unit = unit_of(stickiness(strategy));
    std::vector<VariantPart> parts;
    for (const auto& variant : variants) {
      if (unit_of(variant.value("stickiness", "default")) != unit)
        throw CannotCarry{"its variants stick to another attribute than its rollout"};
      if (variant.contains("overrides") && !variant["overrides"].empty())
        throw CannotCarry{"the variant " + variant.value("name", "") + " has overrides"};
      if (variant.contains("payload"))
        into_.warn(here(), "the variant " + variant.value("name", "") + " has a payload: the flag gives its name");
      parts.push_back({variant.value("name", ""), variant.value("weight", 0.0), json_text(variant.value("name", ""))});
    }
    Node source = one_strategy(strategy);
    if (source["strategies"][0].value("variants", Node::array()).empty()) source["variants"] = variants;
    Audience audience;
    audience.unit = unit;
    audience.when = std::move(condition);
    const auto experiment = number_ == 1 ? key_ : key_ + "." + std::to_string(number_);
    into_.add_experiment(experiment, key_, source, parts, std::move(audience));
    flag_.rules.push_back({std::nullopt, assign::RunDocument{experiment}});
  }

  [[nodiscard]] std::string here() const { return "feature " + name_ + ", strategy " + std::to_string(number_); }

  const Node& feature_;
  const std::map<std::string, Node>& segments_;
  Importer& into_;
  std::string name_;
  std::string key_;
  assign::FlagDocument flag_;
  std::size_t number_ = 0;
};

}  // namespace

void unleash(const Cursor& file, Importer& into) {
  const auto features = file.member("features");
  if (!file.is(features.is_list(), "a file of Unleash: a list of features")) return;
  std::map<std::string, Node> segments;
  if (file.gives("segments"))
    file.member("segments").each_element([&](const Cursor& segment) {
      segments.emplace(segment.member("id").json(), segment.node());
    });
  for (const auto& feature : features.node())
    into.carry("feature " + feature.value("name", ""), [&] { Feature(feature, segments, into).carry(); });
}

}  // namespace touchstone::wire::import
