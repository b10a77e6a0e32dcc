#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assign/key.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/importer.hpp"
#include "sdk/wire/import/posthog_properties.hpp"
#include "sdk/wire/import/tests_of.hpp"

namespace touchstone::wire::import {
namespace {

using assign::Condition;

/// Where people are held out, what they get there.
constexpr const char* in = "in";

Node or_empty(const Node& holder, const char* name, Node empty) {
  Node inner = holder.value(name, Node());
  return inner.is_null() ? std::move(empty) : inner;
}

class Flag {
 public:
  Flag(std::string name, const Node& flag, const Node& group_types, const PostHogProperties& properties, Importer& into)
      : name_(std::move(name)),
        flag_(flag),
        filters_(or_empty(flag, "filters", Node::object())),
        group_types_(group_types),
        properties_(properties),
        into_(into),
        variants_(or_empty(or_empty(filters_, "multivariate", Node::object()), "variants", Node::array())) {}

  void carry() {
    key_ = into_.key_for(name_, here());
    if (flag_.value("deleted", false)) throw CannotCarry{"it is deleted"};
    if (or_empty(filters_, "early_exit", false) == true) throw CannotCarry{"it stops at the first group of people"};
    std::vector<assign::JsonText> values = {"true"};
    for (const auto& variant : variants_) values.push_back(json_text(variant.value("key", "")));
    carried_ = new_flag(values, "false");
    carried_.enabled = flag_.value("active", false);
    note_what_stays();
    if (const auto holdout = holdout_of(); !holdout.is_null()) add_holdout(holdout);
    for (const auto& group : or_empty(filters_, "groups", Node::array())) add_group(group);
    into_.add_flag(key_, std::move(carried_));
  }

 private:
  [[nodiscard]] std::string here() const { return "flag " + name_; }

  void note_what_stays() {
    if (!or_empty(filters_, "payloads", Node::object()).empty())
      into_.leave_out(here(), "its payloads: the flag gives the name of the variant");
    if (flag_.value("ensure_experience_continuity", false))
      into_.warn(here(), "keeps a person's variant across the login by keys that PostHog stores and the file lacks");
  }

  [[nodiscard]] Node holdout_of() const { return filters_.value("holdout", Node()); }

  [[nodiscard]] std::string unit_of(const Node& group) const {
    const Node own = filters_.value("aggregation_group_type_index", Node());
    const Node type = group.value("aggregation_group_type_index", own);
    if (type.is_null()) return flag_.value("bucketing_identifier", Node()) == "device_id" ? "device" : "user";
    const Node name = group_types_.value(type.dump(), Node());
    if (!name.is_string() || !assign::valid_key(name.get<std::string>()))
      throw CannotCarry{"the group type " + type.dump() + " has no name in the file that can become a unit type"};
    return name.get<std::string>();
  }

  /// One draw for all holdouts, before anything else.
  void add_holdout(const Node& holdout) {
    const auto held = "holdout-" + holdout.value("id", Node()).dump();
    const auto program = into_.program({{"key", name_}, {"holdout", holdout}, {"variants", Node::array()}});
    add_shares(carried_, std::nullopt, unit_of(Node::object()), program, {{held, json_text(held)}});
  }

  void add_group(const Node& group) {
    std::vector<Condition> all;
    for (const auto& property : or_empty(group, "properties", Node::array()))
      all.push_back(properties_.translated(property, here()));
    auto when = all.empty() ? std::nullopt : std::optional(assign::all_of(std::move(all)));
    const Node own = group.value("variant", Node());
    if (has_variant(own)) return give(json_text(own), group, std::move(when));
    if (!variants_.empty()) add_experiment(group, when);
    if (total() < 100) give("true", group, std::move(when));  // beyond the variants, or without any
  }

  [[nodiscard]] bool has_variant(const Node& name) const {
    for (const auto& variant : variants_)
      if (variant.value("key", Node()) == name) return true;
    return false;
  }

  [[nodiscard]] double total() const {
    double sum = 0;
    for (const auto& variant : variants_) sum += variant.value("rollout_percentage", 0.0);
    return sum;
  }

  [[nodiscard]] Node source_of(const Node& group, Node variants) const {
    Node source = {{"key", name_}, {"variants", std::move(variants)}};
    const Node share = group.value("rollout_percentage", Node());
    if (!share.is_null()) source["rolloutPercentage"] = share;
    return source;
  }

  /// A value for all of the group's share.
  void give(assign::JsonText value, const Node& group, std::optional<Condition> when) {
    const Node share = group.value("rollout_percentage", Node());
    if (share.is_null() || share >= 100) {
      carried_.rules.push_back({std::move(when), assign::GiveDocument{std::move(value)}});
      return;
    }
    // Draws end at 1, which is beyond a band that ends there.
    const auto program = into_.program(source_of(group, Node::array({{{"key", in}, {"rollout_percentage", 101}}})));
    add_shares(carried_, when, unit_of(group), program, {{in, std::move(value)}});
  }

  void add_experiment(const Node& group, const std::optional<Condition>& when) {
    std::vector<VariantPart> parts;
    for (const auto& variant : variants_) {
      const std::string name = variant.value("key", "");
      parts.push_back({name, variant.value("rollout_percentage", 0.0), json_text(name)});
    }
    Audience audience;
    audience.unit = unit_of(group);
    audience.when = when;
    ++experiments_;
    const auto experiment = experiments_ == 1 ? key_ : key_ + "." + std::to_string(experiments_);
    into_.add_experiment(experiment, key_, source_of(group, variants_), parts, std::move(audience));
    carried_.rules.push_back({std::nullopt, assign::RunDocument{experiment}});
  }

  std::string name_;
  const Node& flag_;
  Node filters_;
  const Node& group_types_;
  const PostHogProperties& properties_;
  Importer& into_;
  Node variants_;
  std::string key_;
  assign::FlagDocument carried_;
  std::size_t experiments_ = 0;
};

Node by_key(const Node& flags) {
  Node all = Node::object();
  for (const auto& flag : flags)
    if (flag.is_object()) all[flag.value("key", "")] = true;
  return all;
}

}  // namespace

void posthog(const Cursor& file, Importer& into) {
  const auto flags = file.member("flags");
  if (!file.is(flags.is_list(), "flag definitions of PostHog: a list of flags")) return;
  const Node group_types = or_empty(file.node(), "group_type_mapping", Node::object());
  const PostHogProperties properties(by_key(flags.node()), or_empty(file.node(), "cohorts", Node::object()), into);
  for (const auto& flag : flags.node()) {
    if (!flag.is_object()) continue;
    const std::string name = flag.value("key", "");
    into.carry("flag " + name, [&] { Flag(name, flag, group_types, properties, into).carry(); });
  }
}

}  // namespace touchstone::wire::import
