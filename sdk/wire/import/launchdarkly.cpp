#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assign/key.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/importer.hpp"
#include "sdk/wire/import/launchdarkly_clauses.hpp"
#include "sdk/wire/import/tests_of.hpp"

namespace touchstone::wire::import {
namespace {

using assign::Condition;

class Flag {
 public:
  Flag(std::string name, const Node& flag, const Node& all, const LaunchDarklyClauses& clauses, Importer& into)
      : name_(std::move(name)), flag_(flag), all_(all), clauses_(clauses), into_(into) {}

  void carry() {
    if (flag_.value("deleted", false)) throw CannotCarry{"it is deleted"};
    key_ = into_.key_for(name_, "flag " + name_);
    std::vector<assign::JsonText> values;
    for (const auto& value : variations()) values.push_back(json_text(value));
    if (values.empty()) throw CannotCarry{"it has no variations"};
    carried_ = new_flag(values, off_value());
    carried_.enabled = flag_.value("on", false);
    add_prerequisites();
    add_targets();
    for (const auto& rule : flag_.value("rules", Node::array())) {
      ++number_;
      serve(rule, clauses_.all(rule.value("clauses", Node::array()), here()));
    }
    if (flag_.contains("fallthrough")) serve(flag_["fallthrough"], std::nullopt);
    into_.add_flag(key_, std::move(carried_));
  }

 private:
  [[nodiscard]] std::string here() const { return "flag " + name_ + ", rule " + std::to_string(number_); }
  [[nodiscard]] Node variations() const { return flag_.value("variations", Node::array()); }

  [[nodiscard]] assign::JsonText value_of(const Node& variation) const {
    const auto number = variation.get<std::size_t>();
    const Node all = variations();
    if (number >= all.size()) throw CannotCarry{"there is no variation " + std::to_string(number)};
    return json_text(all[number]);
  }

  [[nodiscard]] assign::JsonText off_value() const {
    const Node off = flag_.value("offVariation", Node());
    if (!off.is_null()) return value_of(off);
    auto first = value_of(0);
    into_.warn("flag " + name_, "while it is off, LaunchDarkly leaves the value to the code; here it gives " + first);
    return first;
  }

  /// Where one of them does not hold, the flag gives what it gives while it is off.
  void add_prerequisites() {
    std::vector<Condition> needed;
    for (const auto& parent : flag_.value("prerequisites", Node::array())) needed.push_back(prerequisite(parent));
    if (!needed.empty())
      carried_.rules.push_back({assign::not_of(assign::all_of(std::move(needed))), assign::GiveDocument{off_value()}});
  }

  [[nodiscard]] Condition prerequisite(const Node& parent) const {
    const std::string name = parent.value("key", "");
    const auto found = all_.find(name);
    if (found == all_.end()) throw CannotCarry{"its prerequisite " + name + " is not in the file"};
    if (!found->value("on", false)) {
      into_.warn("flag " + name_, "its prerequisite " + name + " is off, so it gives what it gives while it is off");
      return assign::any_of({});
    }
    const Node values = found->value("variations", Node::array());
    const auto number = parent.value("variation", std::size_t{0});
    if (number >= values.size()) throw CannotCarry{"its prerequisite has no variation " + std::to_string(number)};
    return flag_is(into_.key_for(name, "flag " + name), values[number]);
  }

  /// In the order of contextTargets, where an entry for users stands for the one of `targets` with its variation.
  void add_targets() {
    const Node users = flag_.value("targets", Node::array());
    const Node contexts = flag_.value("contextTargets", Node::array());
    for (const auto& target : contexts.empty() ? users : contexts) {
      const auto kind = unit_of_context(target.value("contextKind", "user"));
      const Node variation = target.value("variation", Node(0));
      Node ids = target.value("values", Node::array());
      if (kind == "user" && ids.empty())
        for (const auto& own : users)
          if (own.value("variation", Node(0)) == variation) ids = own.value("values", Node::array());
      if (!ids.empty()) carried_.rules.push_back({is_unit(kind, ids), assign::GiveDocument{value_of(variation)}});
    }
  }

  /// A variation for everyone, or a split.
  void serve(const Node& what, std::optional<Condition> when) {
    if (what.contains("rollout") && !what["rollout"].is_null()) return add_rollout(what["rollout"], std::move(when));
    carried_.rules.push_back({std::move(when), assign::GiveDocument{value_of(what.value("variation", Node(0)))}});
  }

  /// Shares outside the analysis, and all of a rollout that is no experiment, are values and nothing more.
  void add_rollout(const Node& rollout, std::optional<Condition> when) {
    const bool experiment = rollout.value("kind", "rollout") == "experiment";
    const Node shares = rollout.value("variations", Node::array());
    if (shares.empty()) throw CannotCarry{"a rollout has no shares"};
    const auto unit = unit_of(rollout, experiment);
    const auto program = into_.program(source_of(rollout));
    std::vector<Share> plain;
    for (std::size_t i = 0; i < shares.size(); ++i)
      if (!experiment || shares[i].value("untracked", false))
        plain.push_back({std::to_string(i), value_of(shares[i].at("variation"))});
    if (plain.size() < shares.size()) add_experiment(shares, program, unit, when);
    add_shares(carried_, when, unit, program, plain);
    // A context without what it is split by lands in the first share.
    if (unit != "user") carried_.rules.push_back({std::move(when), assign::GiveDocument{value_of(first(shares))}});
  }

  [[nodiscard]] static Node first(const Node& shares) {
    for (const auto& share : shares)
      if (share.value("weight", 0) > 0) return share.at("variation");
    return shares.back().at("variation");
  }

  [[nodiscard]] static std::string unit_of(const Node& rollout, bool experiment) {
    const auto by = experiment ? "key" : attribute_named(rollout.value("bucketBy", "key"));
    return unit_of_context(by == "key" ? rollout.value("contextKind", "user") : by);
  }

  /// Each share is a variant of its own, called by its number.
  [[nodiscard]] Node source_of(const Node& rollout) const {
    Node source = {{"key", name_}, {"salt", flag_.value("salt", "")}, {"seed", rollout.value("seed", Node())}};
    for (const auto& share : rollout["variations"]) {
      const auto number = source.value("rollout", Node::array()).size();
      source["variations"].push_back(std::to_string(number));
      source["rollout"].push_back({{"variation", number}, {"weight", share.value("weight", 0.0)}});
    }
    return source;
  }

  void add_experiment(const Node& shares, const assign::dialect::Program& program, const std::string& unit,
                      const std::optional<Condition>& when) {
    std::map<std::string, std::string> names;
    std::vector<VariantPart> parts;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      if (shares[i].value("untracked", false)) continue;
      const auto name = variant_named(shares[i].at("variation"));
      names[std::to_string(i)] = name;
      if (parts.empty() || !join(parts, name, shares[i].value("weight", 0.0)))
        parts.push_back({name, shares[i].value("weight", 0.0), value_of(shares[i].at("variation"))});
    }
    Audience audience;
    audience.unit = unit;
    audience.when = when;
    ++experiments_;
    const auto experiment = experiments_ == 1 ? key_ : key_ + "." + std::to_string(experiments_);
    into_.add_experiment(experiment, key_,
                         renamed(program,
                                 [&](const std::string& share) {
                                   const auto name = names.find(share);
                                   return name == names.end() ? std::nullopt : std::optional(name->second);
                                 }),
                         parts, std::move(audience));
    carried_.rules.push_back({std::nullopt, assign::RunDocument{experiment}});
  }

  static bool join(std::vector<VariantPart>& parts, const std::string& name, double weight) {
    for (auto& part : parts)
      if (part.name == name) {
        part.weight += weight;
        return true;
      }
    return false;
  }

  /// A variation's value where that can be a key and no other has it, else its number.
  [[nodiscard]] std::string variant_named(const Node& variation) const {
    const Node all = variations();
    const auto value = value_of(variation);
    std::size_t same = 0;
    for (const auto& other : all) same += other == Node::parse(value) ? 1U : 0U;
    const auto text =
        all[variation.get<std::size_t>()].is_string() ? all[variation.get<std::size_t>()].get<std::string>() : value;
    return same == 1 && assign::valid_key(text) ? text : "variation-" + variation.dump();
  }

  std::string name_;
  const Node& flag_;
  const Node& all_;
  const LaunchDarklyClauses& clauses_;
  Importer& into_;
  std::string key_;
  assign::FlagDocument carried_;
  std::size_t number_ = 0;
  std::size_t experiments_ = 0;
};

/// A file of test data may give flags as plain values.
void add_plain_values(const Node& values, Importer& into) {
  for (const auto& [name, value] : values.items())
    into.carry("flag " + name, [&, &name = name, &value = value] {
      into.add_flag(into.key_for(name, "flag " + name), new_flag({}, json_text(value)));
    });
}

}  // namespace

void launchdarkly(const Cursor& file, Importer& into) {
  if (!file.is(file.has("flags"), "flag data of LaunchDarkly: an object of flags")) return;
  if (file.has("flagValues")) add_plain_values(file.node()["flagValues"], into);
  const LaunchDarklyClauses clauses(file.node().value("segments", Node::object()), into);
  const Node all = file.node().value("flags", Node::object());
  into.carry_flags(file, "flag data of LaunchDarkly: an object of flags",
                   [&](const std::string& name, const Node& flag) { Flag(name, flag, all, clauses, into).carry(); });
}

}  // namespace touchstone::wire::import
