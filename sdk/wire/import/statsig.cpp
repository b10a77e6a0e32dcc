#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/importer.hpp"
#include "sdk/wire/import/statsig_conditions.hpp"
#include "sdk/wire/import/tests_of.hpp"

namespace touchstone::wire::import {
namespace {

using assign::Condition;

std::optional<Condition> both(const std::optional<Condition>& one, const std::optional<Condition>& other) {
  if (!one || !other) return one ? one : other;
  return assign::all_of({*one, *other});
}

/// A rule apart: what it asks of attributes and gates, and what it asks of buckets.
struct Rule {
  Node source;
  std::optional<Condition> when;
  Node buckets = Node::array();
  std::string unit;

  [[nodiscard]] double pass() const { return source.value("passPercentage", 100.0); }
  [[nodiscard]] bool for_everyone() const { return buckets.empty() && (pass() >= 100 || pass() <= 0); }
};

/// What lets people of a layer into an experiment: a rule of the layer that asks for buckets.
struct Entrance {
  assign::dialect::Program program;
  std::string unit;
  Node buckets;
};

Node bucket_of(const Node& condition) {
  std::string op = condition.value("operator", "");
  return {{"type", "user_bucket"},
          {"salt", condition.value("additionalValues", Node::object()).value("salt", "")},
          {"operator", op},
          {"target", condition.value("targetValue", Node())}};
}

/// True of buckets that keep out exactly those whom the entrance does not let in.
bool closes_what_opens(const Node& closing, const Node& opening) {
  if (closing.size() != 1 || opening.size() != 1) return false;
  const auto& no = closing[0];
  const auto& yes = opening[0];
  static const std::map<std::string, std::string> opposites = {{"any", "none"}, {"none", "any"}, {"lt", "gte"},
                                                               {"gte", "lt"},   {"lte", "gt"},   {"gt", "lte"}};
  const auto opposite = opposites.find(yes["operator"].get<std::string>());
  return opposite != opposites.end() && no["operator"] == opposite->second && no["salt"] == yes["salt"] &&
         no["target"] == yes["target"];
}

/// Rules that one program can decide, after those that keep people out of it.
struct Split {
  std::vector<Rule> before;
  std::vector<Rule> rules;
  std::size_t experiments = 0;  ///< so far

  [[nodiscard]] bool takes(const Rule& rule) const {
    return rules.empty() || (rules.back().when == rule.when && rules.back().unit == rule.unit);
  }

  [[nodiscard]] bool keeps_out(const Node& opening) const {
    const auto closes = [&](const Rule& rule) { return closes_what_opens(rule.buckets, opening); };
    return std::any_of(before.begin(), before.end(), closes) || (!rules.empty() && closes(rules.front()));
  }
};

class Specs {
 public:
  Specs(const Node& file, Importer& into) : into_(into), conditions_(gates_of(file), into) {
    for (const auto& spec : list_of(file, "dynamic_configs")) configs_.emplace(spec.value("name", ""), spec);
  }

  void carry(const Node& file) {
    for (const auto* list : {"feature_gates", "dynamic_configs", "layer_configs"})
      for (const auto& spec : list_of(file, list)) {
        const std::string name = spec.value("name", "");
        into_.carry(std::string(list) + " " + name, [&] { carry_spec(name, spec); });
      }
  }

 private:
  static Node list_of(const Node& file, const char* name) {
    const Node list = file.value(name, Node::array());
    return list.is_array() ? list : Node::array();
  }

  static Node gates_of(const Node& file) {
    Node names = Node::object();
    for (const auto& gate : list_of(file, "feature_gates")) names[gate.value("name", "")] = true;
    return names;
  }

  static bool is_gate(const Node& spec) { return spec.value("type", "") == "feature_gate"; }

  static assign::JsonText default_of(const Node& spec) {
    return is_gate(spec) ? "false" : json_text(spec.value("defaultValue", Node()));
  }

  static assign::JsonText value_of(const Node& spec, const Node& rule) {
    return is_gate(spec) ? "true" : json_text(rule.value("returnValue", Node()));
  }

  /// Whether a rule is an arm of an experiment. Older files do not say so; their arms are named.
  static bool is_arm(const Node& spec, const Node& rule) {
    if (spec.value("entity", "") != "experiment") return false;
    const Node rules = spec.value("rules", Node::array());
    const bool said =
        std::any_of(rules.begin(), rules.end(), [](const Node& one) { return one.contains("isExperimentGroup"); });
    const Node group = rule.value("groupName", Node());
    return said ? rule.value("isExperimentGroup", false)
                : group.is_string() && !group.get_ref<const std::string&>().empty();
  }

  void carry_spec(const std::string& name, const Node& spec) {
    const auto key = into_.key_for(name, name);
    auto flag = new_flag(values_of(spec), default_of(spec));
    flag.enabled = spec.value("enabled", false);
    if (flag.enabled) add_rules(spec, key, std::nullopt, nullptr, flag);
    into_.add_flag(key, std::move(flag));
  }

  [[nodiscard]] std::vector<assign::JsonText> values_of(const Node& spec) const {
    std::vector<assign::JsonText> values;
    for (const auto& rule : spec.value("rules", Node::array())) {
      const auto* delegate = delegate_of(rule);
      if (delegate != nullptr) {
        values = values_of(*delegate);
        values.push_back(default_of(*delegate));
      }
      values.push_back(value_of(spec, rule));
    }
    return values;
  }

  [[nodiscard]] const Node* delegate_of(const Node& rule) const {
    const Node name = rule.value("configDelegate", Node());
    const auto found = name.is_string() ? configs_.find(name.get<std::string>()) : configs_.end();
    if (found == configs_.end()) return nullptr;
    for (const auto& inner : found->second.value("rules", Node::array()))
      if (inner.contains("configDelegate") && !inner["configDelegate"].is_null())
        throw CannotCarry{"an experiment leads on to another"};
    return &found->second;
  }

  [[nodiscard]] Rule apart(const Node& spec, const Node& source) const {
    Rule rule{source, std::nullopt, Node::array(), unit_of_id_type(source.contains("idType") ? source : spec)};
    std::vector<Condition> all;
    for (const auto& condition : source.value("conditions", Node::array())) {
      if (condition.value("type", "") != "user_bucket") {
        all.push_back(conditions_.translated(condition, spec.value("name", "")));
        continue;
      }
      if (unit_of_id_type(condition) != rule.unit) throw CannotCarry{"one rule splits by two types of ids"};
      rule.buckets.push_back(bucket_of(condition));
    }
    std::erase_if(all, [](const Condition& one) { return one == assign::all_of({}); });
    if (!all.empty()) rule.when = all.size() == 1 ? std::move(all.front()) : assign::all_of(std::move(all));
    return rule;
  }

  /// Rules that follow each other and ask the same but for buckets are one split. Those before it that keep people out
  /// by buckets alone belong to it, so that it is the same split behind a flag and behind a layer.
  void add_rules(const Node& spec, const std::string& key, const std::optional<Condition>& outer,
                 const Entrance* entrance, assign::FlagDocument& flag) {
    Split split{{}, {}, 0};
    for (const auto& source : spec.value("rules", Node::array())) {
      auto rule = apart(spec, source);
      const auto* delegate = delegate_of(source);
      const bool alone = delegate != nullptr || rule.for_everyone();
      if (alone || !split.takes(rule)) finish(spec, key, outer, entrance, split, flag);
      if (delegate != nullptr)
        add_delegate(*delegate, key, rule, flag);
      else if (alone)
        give(rule.pass() > 0 ? value_of(spec, source) : default_of(spec), both(outer, rule.when), entrance, flag);
      else
        split.rules.push_back(std::move(rule));
    }
    finish(spec, key, outer, entrance, split, flag);
  }

  void finish(const Node& spec, const std::string& key, const std::optional<Condition>& outer, const Entrance* entrance,
              Split& split, assign::FlagDocument& flag) {
    if (split.rules.empty()) return;
    add_split(spec, key, outer, entrance, split, flag);
    for (auto& rule : split.rules)
      if (!rule.when && rule.pass() >= 100 && !is_arm(spec, rule.source)) split.before.push_back(std::move(rule));
    split.rules.clear();
  }

  static void give(assign::JsonText value, std::optional<Condition> when, const Entrance* entrance,
                   assign::FlagDocument& flag) {
    if (entrance == nullptr)
      flag.rules.push_back({std::move(when), assign::GiveDocument{std::move(value)}});
    else
      add_shares(flag, when, entrance->unit, entrance->program, {{"in", std::move(value)}});
  }

  /// Whoever meets the rule gets what the experiment gives, its default included.
  void add_delegate(const Node& experiment, const std::string& layer, const Rule& rule, assign::FlagDocument& flag) {
    std::optional<Entrance> entrance;
    if (!rule.buckets.empty()) {
      Rule in = rule;
      in.source["passPercentage"] = 100;
      entrance = Entrance{renamed(into_.program(source_of(experiment, {{}, {std::move(in)}, 0})),
                                  [](const std::string& name) {
                                    return name == "0" ? std::optional<std::string>("in") : std::nullopt;
                                  }),
                          rule.unit, rule.buckets};
    }
    const auto* through = entrance ? &*entrance : nullptr;
    if (experiment.value("enabled", false)) add_rules(experiment, layer, rule.when, through, flag);
    give(default_of(experiment), rule.when, through, flag);
  }

  static Node source_of(const Rule& rule, const Node& outcome) {
    return {{"id", rule.source.value("id", "")},
            {"salt", rule.source.value("salt", rule.source.value("id", ""))},
            {"passPercentage", rule.pass()},
            {"returnValue", outcome},
            {"conditions", rule.buckets}};
  }

  /// Rules as variants called by their number; "default" is what a failed pass gives.
  static Node source_of(const Node& spec, const Split& split) {
    Node source = {{"key", spec.value("name", "")}, {"configSalt", spec.value("salt", "")}, {"default", "default"}};
    for (const auto& rule : split.before) source["rules"].push_back(source_of(rule, Node()));
    std::size_t number = 0;
    for (const auto& rule : split.rules) source["rules"].push_back(source_of(rule, std::to_string(number++)));
    source["rules"].push_back({{"id", "rest"}, {"passPercentage", 100}, {"returnValue", Node()}});
    return source;
  }

  void add_split(const Node& spec, const std::string& flag_key, const std::optional<Condition>& outer,
                 const Entrance* entrance, Split& split, assign::FlagDocument& flag) {
    if (entrance != nullptr && !split.keeps_out(entrance->buckets))
      throw CannotCarry{"its layer lets people in by buckets that its experiment does not know"};
    const auto program = into_.program(source_of(spec, split));
    const auto& run = split.rules;
    std::map<std::string, std::string> arms;
    std::vector<Share> others;
    for (std::size_t i = 0; i < run.size(); ++i) {
      const bool stays_outside = entrance != nullptr && closes_what_opens(run[i].buckets, entrance->buckets);
      if (is_arm(spec, run[i].source))
        arms.emplace(std::to_string(i), into_.key_for(name_of_arm(run[i].source), spec.value("name", "")));
      else if (!stays_outside)
        others.push_back({std::to_string(i), value_of(spec, run[i].source)});
    }
    if (std::any_of(run.begin(), run.end(), [](const Rule& rule) { return rule.pass() < 100; }))
      others.push_back({"default", default_of(spec)});
    if (!arms.empty()) add_experiment(spec, flag_key, outer, split, program, arms, flag);
    add_shares(flag, both(outer, run.front().when), run.front().unit, program, others);
  }

  void add_experiment(const Node& spec, const std::string& flag_key, const std::optional<Condition>& outer,
                      Split& split, const assign::dialect::Program& program,
                      const std::map<std::string, std::string>& arms, assign::FlagDocument& flag) {
    const auto name = into_.key_for(spec.value("name", ""), spec.value("name", ""));
    ++split.experiments;
    const auto experiment = split.experiments == 1 ? name : name + "." + std::to_string(split.experiments);
    Audience audience;
    audience.unit = split.rules.front().unit;
    audience.when = split.rules.front().when;
    into_.add_experiment(experiment, flag_key,
                         renamed(program,
                                 [&](const std::string& one) {
                                   const auto arm = arms.find(one);
                                   return arm == arms.end() ? std::nullopt : std::optional(arm->second);
                                 }),
                         parts_of(spec, split.rules, arms), std::move(audience));
    flag.rules.push_back({outer, assign::RunDocument{experiment}});
  }

  static std::string name_of_arm(const Node& rule) {
    const Node group = rule.value("groupName", Node());
    return group.is_string() && !group.get_ref<const std::string&>().empty() ? group.get<std::string>()
                                                                             : rule.value("id", "");
  }

  /// Arms that are told apart by `bucket below` have what lies between their ends.
  static std::vector<VariantPart> parts_of(const Node& spec, const std::vector<Rule>& run,
                                           const std::map<std::string, std::string>& arms) {
    std::vector<VariantPart> parts;
    double before = 0;
    for (std::size_t i = 0; i < run.size(); ++i) {
      const auto arm = arms.find(std::to_string(i));
      if (arm == arms.end()) continue;
      double weight = 1;
      if (run[i].buckets.size() == 1 && run[i].buckets[0]["operator"] == "lt") {
        const double end = number_in(run[i].buckets[0]["target"]);
        weight = end - std::exchange(before, end);
      }
      parts.push_back({arm->second, std::max(weight, 0.0), value_of(spec, run[i].source)});
    }
    return parts;
  }

  Importer& into_;
  StatsigConditions conditions_;
  std::map<std::string, Node> configs_;
};

}  // namespace

void statsig(const Cursor& file, Importer& into) {
  const bool specs = file.has("dynamic_configs") || file.has("feature_gates");
  if (!file.is(specs, "download_config_specs of Statsig: feature_gates and dynamic_configs")) return;
  Specs(file.node(), into).carry(file.node());
}

}  // namespace touchstone::wire::import
