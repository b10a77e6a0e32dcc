#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "assign/key.hpp"
#include "sdk/wire/correlation.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/importer.hpp"

namespace touchstone::wire::import {
namespace {

using assign::Condition;
using assign::Operator;

constexpr const char* user_attribute = "id";

std::string unit_of(const std::string& attribute) {
  if (attribute == user_attribute) return "user";
  if (!assign::valid_key(attribute)) throw CannotCarry{"the attribute \"" + attribute + "\" cannot become a unit type"};
  return attribute;
}

std::string hash_attribute(const Node& rule) { return rule.value("hashAttribute", user_attribute); }

/// Saved groups become lists where they are named; the attribute that users are
/// hashed by is their unit here.
class Conditions {
 public:
  explicit Conditions(Node groups) : groups_(std::move(groups)) {}

  [[nodiscard]] Condition translated(const Node& condition) const {
    return assign::growthbook_holds(tree_of(object(condition)));
  }

 private:
  [[nodiscard]] Node object(const Node& condition) const {
    if (!condition.is_object()) throw CannotCarry{"a condition is not an object"};
    Node out = Node::object();
    for (const auto& [name, inner] : condition.items()) {
      const bool joins = name == "$and" || name == "$or" || name == "$nor";
      if (joins)
        out[name] = list(inner);
      else if (name == "$not")
        out[name] = object(inner);
      else if (name == user_attribute)
        out["user"] = as_texts(value(inner));
      else
        out[name] = value(inner);
    }
    return out;
  }

  [[nodiscard]] Node list(const Node& conditions) const {
    Node out = Node::array();
    for (const auto& one : conditions) out.push_back(object(one));
    return out;
  }

  [[nodiscard]] Node value(const Node& test) const {
    if (!test.is_object()) return test;
    Node out = Node::object();
    for (const auto& [name, operand] : test.items()) {
      if (name == "$inGroup")
        out["$in"] = group(operand);
      else if (name == "$notInGroup")
        out["$nin"] = group(operand);
      else
        out[name] = name == "$not" || name == "$elemMatch" ? value(operand) : operand;
    }
    return out;
  }

  /// Ids are texts here, also those that GrowthBook was given as numbers.
  [[nodiscard]] static Node as_texts(const Node& operand) {
    if (operand.is_number()) return operand.dump();
    if (!operand.is_structured()) return operand;
    Node out = operand;
    for (auto& inner : out) inner = as_texts(inner);
    return out;
  }

  [[nodiscard]] Node group(const Node& name) const {
    if (!name.is_string()) throw CannotCarry{"a saved group is not named by a text"};
    const auto found = groups_.find(name.get<std::string>());
    if (found == groups_.end()) throw CannotCarry{"the saved group " + name.get<std::string>() + " is not in the file"};
    return found->is_array() ? *found : found->value("values", Node::array());
  }

  Node groups_;
};

Condition flag_test(const std::string& flag, Operator op, const Node& operand) {
  if (operand.is_boolean()) return assign::flag_gives(flag, op, operand.get<bool>());
  if (operand.is_number()) return assign::flag_gives(flag, op, operand.get<double>());
  if (operand.is_string()) return assign::flag_gives(flag, op, operand.get<std::string>());
  throw CannotCarry{"a prerequisite asks for something else than a flag, a number or a text"};
}

Condition any_value(const std::string& flag, const Node& operands) {
  std::vector<Condition> tests;
  for (const auto& operand : operands) tests.push_back(flag_test(flag, Operator::is, operand));
  return assign::any_of(std::move(tests));
}

Condition flag_operator(const std::string& flag, const std::string& name, const Node& operand) {
  static const std::map<std::string, Operator> plain = {{"$eq", Operator::is},
                                                        {"$lt", Operator::lt},
                                                        {"$lte", Operator::le},
                                                        {"$gt", Operator::gt},
                                                        {"$gte", Operator::ge}};
  if (const auto known = plain.find(name); known != plain.end()) return flag_test(flag, known->second, operand);
  if (name == "$ne") return assign::not_of(flag_test(flag, Operator::is, operand));
  if (name == "$in") return any_value(flag, operand);
  if (name == "$nin") return assign::not_of(any_value(flag, operand));
  if (name == "$exists") return assign::flag_gives(flag, Operator::exists, operand.get<bool>());
  throw CannotCarry{"a prerequisite uses " + name};
}

/// What GrowthBook asks of a parent feature: conditions on its `value`.
Condition parent_condition(const std::string& flag, const Node& condition) {
  std::vector<Condition> all;
  for (const auto& [name, test] : condition.items()) {
    if (name != "value") throw CannotCarry{"a prerequisite asks for " + name};
    if (!test.is_object()) {
      all.push_back(flag_test(flag, Operator::is, test));
      continue;
    }
    for (const auto& [op, operand] : test.items()) all.push_back(flag_operator(flag, op, operand));
  }
  return assign::all_of(std::move(all));
}

/// Members of a rule that say nothing about who gets what, or that are read
/// elsewhere.
void refuse_unknown_members(const Node& rule) {
  static const std::set<std::string> known = {"id",
                                              "force",
                                              "variations",
                                              "key",
                                              "condition",
                                              "parentConditions",
                                              "coverage",
                                              "range",
                                              "ranges",
                                              "weights",
                                              "namespace",
                                              "filters",
                                              "seed",
                                              "hashVersion",
                                              "hashAttribute",
                                              "meta",
                                              "name",
                                              "phase",
                                              "tracks",
                                              "fallbackAttribute",
                                              "disableStickyBucketing",
                                              "bucketVersion",
                                              "minBucketVersion",
                                              "description"};
  for (const auto& [name, member] : rule.items())
    if (!known.contains(name)) throw CannotCarry{"a rule has the member " + name + ", which is not known here"};
}

class Feature {
 public:
  Feature(std::string name, const Node& feature, const Node& all, const Conditions& conditions, Importer& into)
      : name_(std::move(name)), feature_(feature), all_(all), conditions_(conditions), into_(into) {}

  void carry() {
    key_ = into_.key_for(name_, "feature " + name_);
    flag_ = new_flag(values(), json_text(feature_.value("defaultValue", Node())));
    const Node rules = feature_.value("rules", Node::array());
    for (const auto& rule : rules) {
      ++number_;
      add_rule(rule);
    }
    into_.add_flag(key_, std::move(flag_));
  }

 private:
  [[nodiscard]] std::string here() const { return "feature " + name_ + ", rule " + std::to_string(number_); }

  /// Every value that the feature may have, so that the flag's type is known.
  [[nodiscard]] std::vector<assign::JsonText> values() const {
    std::vector<assign::JsonText> all;
    for (const auto& rule : feature_.value("rules", Node::array())) {
      if (rule.contains("force")) all.push_back(json_text(rule["force"]));
      for (const auto& value : rule.value("variations", Node::array())) all.push_back(json_text(value));
    }
    return all;
  }

  void add_rule(const Node& rule) {
    refuse_unknown_members(rule);
    if (rule.contains("force"))
      add_force(rule, when(rule));
    else if (rule.contains("variations"))
      add_experiment(rule, when(rule));
    else
      when(rule);
  }

  /// The rule's condition and prerequisites. A prerequisite that gates the
  /// feature becomes a rule of its own.
  std::optional<Condition> when(const Node& rule) {
    std::vector<Condition> all;
    for (const auto& parent : rule.value("parentConditions", Node::array())) {
      const std::string id = parent.value("id", "");
      if (!all_.contains(id)) throw CannotCarry{"its prerequisite " + id + " is not in the file"};
      auto needed = parent_condition(into_.key_for(id, here()), parent.value("condition", Node::object()));
      if (parent.value("gate", false))
        add_gate(std::move(needed));
      else
        all.push_back(std::move(needed));
    }
    if (rule.contains("condition")) all.push_back(conditions_.translated(rule["condition"]));
    if (all.empty()) return std::nullopt;
    return all.size() == 1 ? std::move(all.front()) : assign::all_of(std::move(all));
  }

  /// GrowthBook then gives null, so that the code's own default counts; a flag
  /// here always has a value.
  void add_gate(Condition needed) {
    flag_.rules.push_back({assign::not_of(std::move(needed)), assign::GiveDocument{flag_.default_value}});
    into_.warn(here(),
               "where the prerequisite does not hold GrowthBook gives "
               "null; here the flag gives its default");
  }

  void add_force(const Node& rule, std::optional<Condition> condition) {
    const auto value = json_text(rule["force"]);
    if (!rule.contains("coverage") && !rule.contains("range") && !rule.contains("filters")) {
      flag_.rules.push_back({std::move(condition), assign::GiveDocument{value}});
      return;
    }
    assign::RolloutDocument rollout;
    rollout.unit = unit_of(hash_attribute(rule));
    rollout.value = value;
    rollout.dialect = into_.program(rollout_source(rule));
    warn_of(*rollout.dialect);
    flag_.rules.push_back({std::move(condition), std::move(rollout)});
  }

  /// A rollout as an experiment of one variation on the rule's part of the
  /// range.
  [[nodiscard]] Node rollout_source(const Node& rule) const {
    Node source = {{"key", rule.value("seed", name_)}, {"variations", {"in"}}};
    for (const auto* name : {"filters", "hashVersion"})
      if (rule.contains(name)) source[name] = rule[name];
    check_filters(rule);
    const double coverage = rule.value("coverage", 1.0);
    // GrowthBook lets the end of a coverage in, but not that of a range.
    const double inclusive = coverage > 0 ? std::nextafter(coverage, 2.0) : 0.0;
    source["ranges"] = Node::array({rule.contains("range") ? rule["range"] : Node::array({0.0, inclusive})});
    return source;
  }

  void check_filters(const Node& rule) const {
    for (const auto& filter : rule.value("filters", Node::array()))
      if (filter.value("attribute", user_attribute) != hash_attribute(rule))
        throw CannotCarry{"a filter hashes another attribute than its rule"};
  }

  void add_experiment(const Node& rule, std::optional<Condition> condition) {
    check_filters(rule);
    const std::string experiment = rule.value("key", name_);
    const auto key = into_.key_for(experiment, here());
    Node source = rule;
    source["key"] = experiment;
    source["variations"] = names_of(rule);
    Audience audience;
    audience.unit = unit_of(hash_attribute(rule));
    audience.when = std::move(condition);
    if (rule.contains("fallbackAttribute")) {
      audience.fallback = unit_of(rule["fallbackAttribute"].get<std::string>());
      audience.sticky = !rule.value("disableStickyBucketing", false);
      if (audience.sticky)
        into_.warn(here(),
                   "keeps who has a variant in it across changes and the login; the buckets that GrowthBook's SDKs "
                   "stored for that are not in the file");
    }
    if (rule.value("bucketVersion", 0) > 0 || rule.value("minBucketVersion", 0) > 0)
      into_.warn(here(),
                 "has had its buckets reset; buckets that GrowthBook's "
                 "SDKs stored are not in the file");
    auto program = into_.program(source);
    warn_of(program);
    into_.add_experiment(key, key_, std::move(program), parts_of(rule), std::move(audience));
    flag_.rules.push_back({std::nullopt, assign::RunDocument{key}});
  }

  [[nodiscard]] static Node meta_of(const Node& rule, std::size_t variation) {
    const Node meta = rule.value("meta", Node::array());
    return variation < meta.size() && meta[variation].is_object() ? meta[variation] : Node::object();
  }

  [[nodiscard]] static Node names_of(const Node& rule) {
    Node names = Node::array();
    for (std::size_t i = 0; i < rule["variations"].size(); ++i)
      names.push_back(meta_of(rule, i).value("key", std::to_string(i)));
    return names;
  }

  /// Variations that pass people through to the next rule are none here: that
  /// is what no variant means.
  [[nodiscard]] static std::vector<VariantPart> parts_of(const Node& rule) {
    const auto& variations = rule["variations"];
    const Node weights = rule.value("weights", Node::array());
    const auto names = names_of(rule);
    std::vector<VariantPart> parts;
    for (std::size_t i = 0; i < variations.size(); ++i)
      if (!meta_of(rule, i).value("passthrough", false))
        parts.push_back({names[i].get<std::string>(),
                         weights.size() == variations.size() ? weights[i].get<double>() : 1.0,
                         json_text(variations[i])});
    return parts;
  }

  void warn_of(const assign::dialect::Program& program) {
    if (const auto known = correlation_of("growthbook", program)) into_.warn(here(), std::string(*known));
  }

  std::string name_;
  const Node& feature_;
  const Node& all_;
  const Conditions& conditions_;
  Importer& into_;
  std::string key_;
  assign::FlagDocument flag_;
  std::size_t number_ = 0;
};

}  // namespace

void growthbook(const Cursor& file, Importer& into) {
  for (const auto* secret : {"encryptedFeatures", "encryptedExperiments", "encryptedSavedGroups"})
    if (file.gives(secret)) into.leave_out(secret, "is encrypted: export it in the clear");
  if (!file.has("features") && file.has("encryptedFeatures")) return;
  const auto features = file.member("features");
  if (!file.is(features.node().is_object(), "a file of GrowthBook: an object of features")) return;
  const Conditions conditions(file.has("savedGroups") ? file.member("savedGroups").node() : Node::object());
  for (const auto& item : features.node().items())
    into.carry("feature " + item.key(),
               [&] { Feature(item.key(), item.value(), features.node(), conditions, into).carry(); });
  if (file.gives("experiments"))
    file.member("experiments").each_element([&](const Cursor& experiment) {
      into.leave_out("experiment " + (experiment.has("key") ? experiment.member("key").json() : "without key"),
                     "changes pages or redirects in the browser, which no flag here does");
    });
}

}  // namespace touchstone::wire::import
