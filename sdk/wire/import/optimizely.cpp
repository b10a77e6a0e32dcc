#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/importer.hpp"
#include "sdk/wire/import/tests_of.hpp"

namespace touchstone::wire::import {
namespace {

using assign::Condition;
using assign::Operator;

std::string id_of(const Node& node, const char* name = "id") {
  const Node id = node.value(name, Node(""));
  return id.is_string() ? id.get<std::string>() : id.dump();
}

Condition leaf(const Node& test) {
  const std::string attribute = test.value("name", "");
  const std::string match = test.value("match", "exact");
  const Node value = test.value("value", Node());
  static const std::map<std::string, Operator> numbers = {
      {"gt", Operator::gt}, {"ge", Operator::ge}, {"lt", Operator::lt}, {"le", Operator::le}};
  if (match == "exact") return one_of(attribute, Node::array({value}));
  if (match == "exists") return assign::test_of(attribute, Operator::exists, true);
  if (match == "substring") return assign::test_of(attribute, Operator::contains, text_in(value));
  if (match == "semver_ge") return assign::test_of(attribute, Operator::version_ge, text_in(value));
  if (match == "semver_lt") return assign::test_of(attribute, Operator::version_lt, text_in(value));
  if (const auto known = numbers.find(match); known != numbers.end())
    return assign::test_of(attribute, known->second, number_in(value));
  throw CannotCarry{"an audience asks " + match + " of " + attribute};
}

/// Everything of one datafile that its flags refer to by id.
class Datafile {
 public:
  Datafile(const Node& file, Importer& into) : file_(file), into_(into) {
    for (const auto* list : {"audiences", "typedAudiences"})
      for (const auto& audience : list_of(file, list)) audiences_[id_of(audience)] = audience;
    for (const auto& experiment : list_of(file, "experiments")) experiments_[id_of(experiment)] = {experiment, Node()};
    for (const auto& group : list_of(file, "groups"))
      for (const auto& experiment : list_of(group, "experiments"))
        experiments_[id_of(experiment)] = {experiment, group};
    for (const auto& rollout : list_of(file, "rollouts")) rollouts_[id_of(rollout)] = rollout;
  }

  void carry() {
    for (const auto& flag : list_of(file_, "featureFlags")) {
      const std::string name = flag.value("key", "");
      into_.carry("flag " + name, [&] { carry_flag(name, flag); });
    }
    for (const auto& [id, member] : experiments_)
      if (!used_.contains(id)) carry_alone(member);
    if (!list_of(file_, "holdouts").empty()) into_.leave_out("holdouts", "of the whole project: make one here");
  }

 private:
  struct Member {
    Node experiment;
    Node group;  ///< null: in none
  };

  static Node list_of(const Node& holder, const char* name) {
    const Node list = holder.value(name, Node::array());
    return list.is_array() ? list : Node::array();
  }

  [[nodiscard]] Condition audience(const Node& tree) const {
    if (tree.is_string()) return named_audience(tree.get<std::string>());
    if (tree.is_object()) return leaf(tree);
    if (!tree.is_array() || tree.empty()) throw CannotCarry{"an audience is " + tree.dump()};
    const bool has_word = tree[0] == "and" || tree[0] == "or" || tree[0] == "not";
    const std::string word = has_word ? tree[0].get<std::string>() : "or";
    std::vector<Condition> inner;
    for (std::size_t i = has_word ? 1 : 0; i < tree.size(); ++i) inner.push_back(audience(tree[i]));
    if (word == "and") return assign::all_of(std::move(inner));
    if (word == "or") return assign::any_of(std::move(inner));
    // What is unknown stays unknown under their `not`, so the attribute must be
    // there.
    if (inner.size() != 1 || inner[0].kind != Condition::Kind::test)
      throw CannotCarry{"an audience negates more than one plain test"};
    const auto attribute = inner[0].name;
    if (inner[0].op == Operator::exists) return assign::not_of(std::move(inner[0]));
    return there_but_not(attribute, std::move(inner[0]));
  }

  [[nodiscard]] Condition named_audience(const std::string& id) const {
    const auto found = audiences_.find(id);
    if (found == audiences_.end()) throw CannotCarry{"the audience " + id + " is not in the file"};
    const Node conditions = found->second.value("conditions", Node());
    return audience(conditions.is_string() ? Node::parse(conditions.get<std::string>(), nullptr, false) : conditions);
  }

  [[nodiscard]] std::optional<Condition> when(const Node& experiment) const {
    if (experiment.contains("audienceConditions") && !experiment["audienceConditions"].is_null()) {
      const auto& tree = experiment["audienceConditions"];
      return tree.empty() ? std::nullopt : std::optional(audience(tree));
    }
    const Node ids = list_of(experiment, "audienceIds");
    return ids.empty() ? std::nullopt : std::optional(audience(ids));
  }

  /// A variation's value: whether the feature is on, and its variables where it
  /// has some.
  static Node value_of(const Node& flag, const Node& variation) {
    const bool on = variation.value("featureEnabled", false);
    const Node variables = list_of(flag, "variables");
    if (variables.empty()) return on;
    Node values = Node::object();
    for (const auto& variable : variables) {
      values[variable.value("key", "")] = variable.value("defaultValue", Node());
      for (const auto& own : list_of(variation, "variables"))
        if (on && id_of(own) == id_of(variable)) values[variable.value("key", "")] = own.value("value", Node());
    }
    return {{"enabled", on}, {"variables", std::move(values)}};
  }

  static Node source_of(const Member& member) {
    Node source = {{"key", member.experiment.value("key", "")}, {"experimentId", id_of(member.experiment)}};
    std::map<std::string, std::string> names;
    for (const auto& variation : list_of(member.experiment, "variations"))
      names[id_of(variation)] = variation.value("key", "");
    source["trafficAllocation"] = Node::array();
    for (auto entry : list_of(member.experiment, "trafficAllocation")) {
      entry["variation"] = names[id_of(entry, "entityId")];
      source["trafficAllocation"].push_back(std::move(entry));
    }
    if (!member.group.is_null()) source["group"] = member.group;
    return source;
  }

  template <class ValueOf>
  static std::vector<VariantPart> parts_of(const Node& experiment, ValueOf value_of_variation) {
    std::vector<VariantPart> parts;
    for (const auto& variation : list_of(experiment, "variations")) {
      double weight = 0;
      double start = 0;
      for (const auto& entry : list_of(experiment, "trafficAllocation")) {
        const double end = entry.value("endOfRange", 0.0);
        if (id_of(entry, "entityId") == id_of(variation)) weight += end - start;
        start = end;
      }
      parts.push_back({variation.value("key", ""), weight, json_text(value_of_variation(variation))});
    }
    return parts;
  }

  void add_experiment(const std::string& flag_key, assign::FlagDocument& flag, const Member& member,
                      const std::vector<VariantPart>& parts) {
    const std::string name = member.experiment.value("key", "");
    const auto key = into_.key_for(name, "experiment " + name);
    if (!member.experiment.value("forcedVariations", Node::object()).empty())
      into_.leave_out("experiment " + name, "its list of forced users: use overrides for them");
    Audience who;
    who.when = when(member.experiment);
    into_.add_experiment(key, flag_key, source_of(member), parts, std::move(who));
    flag.rules.push_back({std::nullopt, assign::RunDocument{key}});
  }

  void carry_flag(const std::string& name, const Node& source) {
    const auto key = into_.key_for(name, "flag " + name);
    auto flag = new_flag({}, json_text(value_of(source, Node::object())));
    for (const auto& id : list_of(source, "experimentIds")) {
      const auto member = experiments_.find(id.is_string() ? id.get<std::string>() : id.dump());
      if (member == experiments_.end()) throw CannotCarry{"experiment " + id.dump() + " is not in the file"};
      used_.insert(member->first);
      if (member->second.experiment.value("status", "") != "Running") {
        into_.leave_out("experiment " + member->second.experiment.value("key", ""), "does not run");
        continue;
      }
      add_experiment(key, flag, member->second,
                     parts_of(member->second.experiment, [&](const Node& one) { return value_of(source, one); }));
    }
    add_rollout(source, flag);
    into_.add_flag(key, std::move(flag));
  }

  /// The first rule whose audience fits decides, or sends on to the last one,
  /// which is for everyone.
  void add_rollout(const Node& source, assign::FlagDocument& flag) {
    const auto rollout = rollouts_.find(id_of(source, "rolloutId"));
    if (rollout == rollouts_.end()) return;
    const Node rules = list_of(rollout->second, "experiments");
    std::vector<Condition> before;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const bool last = i + 1 == rules.size();
      const auto own = when(rules[i]);
      auto holds = last ? std::vector<Condition>{} : before;
      if (own) holds.push_back(*own);
      std::vector<Share> shares;
      for (const auto& variation : list_of(rules[i], "variations"))
        shares.push_back({variation.value("key", ""), json_text(value_of(source, variation))});
      add_shares(flag, assign::all_of(holds), "user", into_.program(source_of({rules[i], Node()})), shares);
      if (own) before.push_back(assign::not_of(*own));
    }
  }

  /// An experiment without a feature becomes a flag of its own, which gives the
  /// variation's key.
  void carry_alone(const Member& member) {
    const std::string name = member.experiment.value("key", "");
    if (member.experiment.value("status", "") != "Running")
      return into_.leave_out("experiment " + name, "does not run");
    into_.carry("experiment " + name, [&] {
      const auto parts =
          parts_of(member.experiment, [](const Node& variation) { return Node(variation.value("key", "")); });
      const auto key = into_.key_for(name, "experiment " + name);
      auto flag = new_flag({}, "\"\"");
      add_experiment(key, flag, member, parts);
      into_.add_flag(key, std::move(flag));
    });
  }

  const Node& file_;
  Importer& into_;
  std::map<std::string, Node> audiences_;
  std::map<std::string, Member> experiments_;
  std::map<std::string, Node> rollouts_;
  std::set<std::string> used_;  ///< experiments of some flag
};

}  // namespace

void optimizely(const Cursor& file, Importer& into) {
  const bool datafile = file.has("experiments") || file.has("featureFlags");
  if (!file.is(datafile, "a datafile of Optimizely: experiments and feature flags")) return;
  Datafile(file.node(), into).carry();
}

}  // namespace touchstone::wire::import
