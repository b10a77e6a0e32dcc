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

const Node& argument(const Node& list, std::size_t place) {
  if (!list.is_array() || place >= list.size()) throw CannotCarry{"a rule lacks an argument"};
  return list[place];
}

std::string variable(const Node& node) {
  if (!node.is_object() || !node.contains("var")) throw CannotCarry{"a rule compares " + node.dump()};
  const auto& name = node["var"];
  return name.is_array() ? text_in(argument(name, 0)) : text_in(name);
}

Condition condition_of(const Node& rule);

std::vector<Condition> conditions_of(const Node& rules) {
  std::vector<Condition> all;
  for (const auto& rule : rules) all.push_back(condition_of(rule));
  return all;
}

Condition equals(const Node& arguments) {
  const bool reversed = !argument(arguments, 0).is_object();
  const auto name = variable(argument(arguments, reversed ? 1 : 0));
  return name == "targetingKey" ? is_unit("user", Node::array({argument(arguments, reversed ? 0 : 1)}))
                                : one_of(name, Node::array({argument(arguments, reversed ? 0 : 1)}));
}

/// `in` looks for an element of a list, or for a part of a text.
Condition contained(const Node& arguments) {
  const auto& second = argument(arguments, 1);
  if (!second.is_array()) return assign::test_of(variable(second), Operator::contains, text_in(argument(arguments, 0)));
  const auto name = variable(argument(arguments, 0));
  return name == "targetingKey" ? is_unit("user", second) : one_of(name, second);
}

Condition versions(const Node& arguments) {
  const auto name = variable(argument(arguments, 0));
  const auto op = text_in(argument(arguments, 1));
  const auto version = text_in(argument(arguments, 2));
  if (op == ">=") return assign::test_of(name, Operator::version_ge, version);
  if (op == "<") return assign::test_of(name, Operator::version_lt, version);
  throw CannotCarry{"a rule compares versions by " + op};
}

Condition condition_of(const Node& rule) {
  if (!rule.is_object() || rule.size() != 1) throw CannotCarry{"a condition is " + rule.dump()};
  const auto& op = rule.begin().key();
  const auto& arguments = rule.begin().value();
  if (op == "and") return assign::all_of(conditions_of(arguments));
  if (op == "or") return assign::any_of(conditions_of(arguments));
  if (op == "!") return assign::not_of(condition_of(arguments.is_array() ? argument(arguments, 0) : arguments));
  if (op == "==" || op == "===") return equals(arguments);
  if (op == "!=" || op == "!==") return assign::not_of(equals(arguments));
  if (op == "in") return contained(arguments);
  if (op == "starts_with" || op == "ends_with")
    return assign::test_of(variable(argument(arguments, 0)), op == "starts_with" ? Operator::starts : Operator::ends,
                           text_in(argument(arguments, 1)));
  if (op == "sem_ver") return versions(arguments);
  throw CannotCarry{"a rule uses " + op};
}

class Flag {
 public:
  Flag(std::string name, const Node& flag, Importer& into) : name_(std::move(name)), flag_(flag), into_(into) {}

  void carry() {
    key_ = into_.key_for(name_, "flag " + name_);
    std::vector<assign::JsonText> values;
    const Node all = variants();
    for (const auto& [variant, value] : all.items()) values.push_back(json_text(value));
    if (!flag_.contains("defaultVariant") || flag_["defaultVariant"].is_null())
      throw CannotCarry{"it has no default variant: its default is in the code"};
    carried_ = new_flag(values, json_text(value_of(flag_["defaultVariant"])));
    carried_.enabled = flag_.value("state", "ENABLED") == "ENABLED";
    const Node targeting = flag_.value("targeting", Node::object());
    if (targeting.is_object() && !targeting.empty()) add_target(targeting, std::nullopt);
    into_.add_flag(key_, std::move(carried_));
  }

 private:
  [[nodiscard]] Node variants() const { return flag_.value("variants", Node::object()); }

  [[nodiscard]] Node value_of(const Node& variant) const {
    const auto name = variant.is_boolean() ? std::string(variant.get<bool>() ? "true" : "false") : text_in(variant);
    const auto all = variants();
    if (!all.contains(name)) throw CannotCarry{"the variant " + name + " does not exist"};
    return all[name];
  }

  /// A target is a variant's name, a split, or an `if` of targets. Null means
  /// the default.
  void add_target(const Node& target, std::optional<Condition> when) {
    if (target.is_object() && target.contains("if")) return add_if(target["if"], when);
    if (target.is_object() && target.contains("fractional")) return add_split(target["fractional"], std::move(when));
    const Node value = target.is_null() ? value_of(flag_["defaultVariant"]) : value_of(target);
    carried_.rules.push_back({std::move(when), assign::GiveDocument{json_text(value)}});
  }

  /// Pairs of condition and target, then one for all others.
  void add_if(const Node& branches, const std::optional<Condition>& when) {
    std::vector<Condition> before;
    if (when) before.push_back(*when);
    for (std::size_t i = 0; i < branches.size(); i += 2) {
      const bool last = i + 1 == branches.size();
      auto holds = before;
      if (!last) holds.push_back(condition_of(branches[i]));
      add_target(branches[last ? i : i + 1], assign::all_of(std::move(holds)));
      if (!last) before.push_back(assign::not_of(condition_of(branches[i])));
    }
  }

  void add_split(const Node& split, std::optional<Condition> when) {
    ++splits_;
    const bool custom = !split.empty() && !split.front().is_array();
    Node buckets = Node::array();
    std::vector<VariantPart> parts;
    for (std::size_t i = custom ? 1 : 0; i < split.size(); ++i) {
      buckets.push_back(split[i]);
      parts.push_back({text_in(argument(split[i], 0)), split[i].size() > 1 ? number_in(split[i][1]) : 1.0,
                       json_text(value_of(split[i][0]))});
    }
    Audience audience;
    audience.when = std::move(when);
    Node source = {{"key", name_}, {"buckets", std::move(buckets)}};
    if (custom) read_bucket_by(split.front(), source, audience);
    const auto experiment = splits_ == 1 ? key_ : key_ + "." + std::to_string(splits_);
    into_.add_experiment(experiment, key_, source, parts, std::move(audience));
    carried_.rules.push_back({std::nullopt, assign::RunDocument{experiment}});
  }

  /// `{"var": x}`, or the flag's key before it.
  static void read_bucket_by(const Node& by, Node& source, Audience& audience) {
    const bool joined = by.is_object() && by.contains("cat");
    if (joined && (by["cat"].size() != 2 || variable(by["cat"][0]) != "$flagd.flagKey"))
      throw CannotCarry{"it splits by " + by.dump()};
    const auto name = variable(joined ? by["cat"][1] : by);
    source["bucketBy"] = joined ? "flagKey+targetingKey" : name;
    if (name == "targetingKey") return;
    if (!assign::valid_key(name)) throw CannotCarry{"the attribute " + name + " cannot become a unit type"};
    audience.unit = name;
  }

  std::string name_;
  const Node& flag_;
  Importer& into_;
  std::string key_;
  assign::FlagDocument carried_;
  std::size_t splits_ = 0;
};

}  // namespace

void flagd(const Cursor& file, Importer& into) {
  if (file.has("$evaluators")) into.leave_out("$evaluators", "shared rules: write them into the flags that use them");
  into.carry_flags(file, "a file of flagd: an object of flags",
                   [&](const std::string& name, const Node& flag) { Flag(name, flag, into).carry(); });
}

}  // namespace touchstone::wire::import
