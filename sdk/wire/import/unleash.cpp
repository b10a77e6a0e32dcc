#include <algorithm>
#include <map>
#include <optional>
#include <set>
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

/// What a rollout sticks to: a unit, and the one that stands in for it where it is missing.
struct Stickiness {
  std::string unit;
  std::optional<std::string> fallback;

  friend bool operator==(const Stickiness&, const Stickiness&) = default;
};

Stickiness sticking_to(const std::string& name) {
  if (name == "default") return {"user", "session"};
  if (name == "userId") return {"user", std::nullopt};
  if (name == "sessionId") return {"session", std::nullopt};
  if (name == "random") throw CannotCarry{"it decides at random, anew each time"};
  if (!assign::valid_key(name)) throw CannotCarry{"the stickiness " + name + " cannot become a unit type"};
  return {name, std::nullopt};
}

Condition never() { return assign::any_of({}); }

/// Numbers may come as texts, as Unleash's contexts have them: GrowthBook's comparisons read both.
Condition number_test(const std::string& name, const std::string& op, const Node& value) {
  static const std::map<std::string, std::vector<const char*>> operators = {{"NUM_EQ", {"$gte", "$lte"}},
                                                                            {"NUM_LT", {"$lt"}},
                                                                            {"NUM_LTE", {"$lte"}},
                                                                            {"NUM_GT", {"$gt"}},
                                                                            {"NUM_GTE", {"$gte"}}};
  Node test = Node::object();
  for (const auto* one : operators.at(op)) test[one] = number_in(value);
  std::vector<Condition> both;
  both.push_back(assign::test_of(name, Operator::exists, true));
  both.push_back(assign::growthbook_holds(tree_of({{name, test}})));
  return assign::all_of(std::move(both));
}

Condition text_test(const std::string& name, const std::string& op, const Node& constraint) {
  static const std::map<std::string, Operator> operators = {
      {"STR_CONTAINS", Operator::contains}, {"STR_STARTS_WITH", Operator::starts}, {"STR_ENDS_WITH", Operator::ends}};
  const Node values = constraint.value("values", Node::array());
  if (!constraint.value("caseInsensitive", false)) return any_operand(name, operators.at(op), values);
  std::vector<Condition> any;
  for (const auto& value : values) {
    auto pattern = literally(text_in(value));
    if (op == "STR_STARTS_WITH") pattern.insert(0, "^");
    if (op == "STR_ENDS_WITH") pattern.push_back('$');
    any.push_back(matches_any_case(name, pattern));
  }
  return assign::any_of(std::move(any));
}

Condition version_test(const std::string& name, const std::string& op, const Node& value) {
  const auto version = text_in(value);
  if (op == "SEMVER_LT") return assign::test_of(name, Operator::version_lt, version);
  if (op == "SEMVER_GTE") return assign::test_of(name, Operator::version_ge, version);
  auto same = is_version(name, version);
  if (op == "SEMVER_EQ") return same;
  std::vector<Condition> parts;
  if (op == "SEMVER_LTE") {
    parts.push_back(assign::test_of(name, Operator::version_lt, version));
    parts.push_back(std::move(same));
    return assign::any_of(std::move(parts));
  }
  parts.push_back(assign::test_of(name, Operator::version_ge, version));
  parts.push_back(assign::not_of(std::move(same)));
  return assign::all_of(std::move(parts));
}

Condition pattern_test(const std::string& name, const Node& constraint) {
  const auto pattern = text_in(constraint.value("value", Node()));
  return constraint.value("caseInsensitive", false) ? matches_any_case(name, pattern)
                                                    : assign::test_of(name, Operator::matches, pattern);
}

Condition plain_constraint(const std::string& name, const std::string& op, const Node& constraint) {
  const Node value = constraint.value("value", Node());
  if (op.starts_with("STR_")) return text_test(name, op, constraint);
  if (op.starts_with("NUM_")) return number_test(name, op, value);
  if (op.starts_with("SEMVER_")) {  // strict: a leading v makes it no version
    std::vector<Condition> both;
    both.push_back(version_test(name, op, value));
    both.push_back(assign::not_of(assign::test_of(name, Operator::starts, std::string("v"))));
    return assign::all_of(std::move(both));
  }
  if (op == "REGEX") return pattern_test(name, constraint);
  if (op == "IN_CIDR") return in_networks(name, constraint.value("values", Node::array()));
  return assign::test_of(name, op == "DATE_BEFORE" ? Operator::before : Operator::after, text_in(value));
}

bool known_operator(const std::string& op) {
  static const std::set<std::string> known = {
      "IN",         "NOT_IN",    "STR_CONTAINS", "STR_STARTS_WITH", "STR_ENDS_WITH", "NUM_EQ",    "NUM_LT",
      "NUM_LTE",    "NUM_GT",    "NUM_GTE",      "DATE_BEFORE",     "DATE_AFTER",    "SEMVER_EQ", "SEMVER_LT",
      "SEMVER_LTE", "SEMVER_GT", "SEMVER_GTE",   "REGEX",           "IN_CIDR"};
  return known.contains(op);
}

/// IN and NOT_IN know a missing attribute as one of no value; the others never
/// hold of it, inverted ones always.
Condition constraint_of(const Node& constraint, const std::string& where, Importer& into) {
  const std::string name = constraint.value("contextName", "");
  const std::string op = constraint.value("operator", "");
  if (!known_operator(op)) {
    into.warn(where, "the constraint operator " + op + " is not known, so its constraint never holds");
    return never();
  }
  if (name == "currentTime")
    into.warn(where, "asks for currentTime, which Unleash's SDK knows by itself: send it as an attribute");
  const bool inverted = constraint.value("inverted", false);
  const bool in = op == "IN" || op == "NOT_IN";
  const Node values = constraint.value("values", Node::array());
  auto condition = !in ? plain_constraint(name, op, constraint)
                       : (name == "userId" ? is_unit("user", values) : one_of(name, values));
  const bool negated = inverted != (op == "NOT_IN");
  return negated ? assign::not_of(std::move(condition)) : condition;
}

/// A list in one text, as older strategies have it.
Node listed(const std::string& list) {
  Node entries = Node::array();
  for (std::size_t begin = 0; begin <= list.size();) {
    const auto end = std::min(list.find(',', begin), list.size());
    const auto first = list.find_first_not_of(' ', begin);
    if (first < end) entries.push_back(list.substr(first, list.find_last_not_of(' ', end - 1) - first + 1));
    begin = end + 1;
  }
  return entries;
}

Node parameters_of(const Node& strategy) { return strategy.value("parameters", Node::object()); }

/// Whether the strategy lets everyone in whom its conditions let in: nothing is drawn then.
bool for_all(const Node& strategy) {
  const Node parameters = parameters_of(strategy);
  const Node share = parameters.value(parameters.contains("rollout") ? "rollout" : "percentage", Node("100"));
  return number_in(share) >= 100;
}

class Feature {
 public:
  Feature(const Node& feature, const std::map<std::string, Node>& features, const std::map<std::string, Node>& segments,
          Importer& into)
      : feature_(feature), features_(features), segments_(segments), into_(into), name_(feature.value("name", "")) {}

  void carry() {
    key_ = into_.key_for(name_, "feature " + name_);
    const auto variants = all_variants();
    flag_ = variants.empty() ? new_flag({"true"}, "false") : new_flag(names_of(variants), off_variant);
    flag_.enabled = feature_.value("enabled", false);
    const Node strategies = feature_.value("strategies", Node::array());
    for (const auto& strategy : strategies.empty() ? for_everyone() : strategies) {
      ++number_;
      add_strategy(strategy);
    }
    into_.add_flag(key_, std::move(flag_));
  }

 private:
  [[nodiscard]] Node own_variants() const { return feature_.value("variants", Node::array()); }

  [[nodiscard]] Node all_variants() const { return variants_in(feature_); }

  static Node variants_in(const Node& feature) {
    Node all = feature.value("variants", Node::array());
    for (const auto& strategy : feature.value("strategies", Node::array()))
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
      all.push_back(constraint_of(constraint, here(), into_));
    for (const auto& id : strategy.value("segments", Node::array())) {
      const auto segment = segments_.find(id.dump());
      if (segment == segments_.end()) {
        into_.warn(here(), "segment " + id.dump() + " is not in the file, so its strategy never holds");
        all.push_back(never());
        continue;
      }
      for (const auto& constraint : segment->second.value("constraints", Node::array()))
        all.push_back(constraint_of(constraint, here(), into_));
    }
    const std::string kind = strategy.value("name", "");
    if (kind == "userWithId") all.push_back(is_unit("user", listed(parameters_of(strategy).value("userIds", ""))));
    if (kind == "remoteAddress")
      all.push_back(in_networks("remoteAddress", listed(parameters_of(strategy).value("IPs", ""))));
    if (kind == "gradualRolloutRandom") all.push_back(everyone_or_nobody(strategy));
    if (for_all(strategy) && splits(kind) && !stickiness(strategy).fallback)
      all.push_back(has_unit(stickiness(strategy).unit));
    if (all.empty()) return std::nullopt;
    return assign::all_of(std::move(all));
  }

  /// A parent that is not in the file, or that has a parent itself, counts as off.
  [[nodiscard]] Condition dependency(const Node& parent) const {
    const std::string name = parent.value("feature", "");
    const auto found = features_.find(name);
    if (found == features_.end() || !found->second.value("dependencies", Node::array()).empty()) return never();
    const auto key = into_.key_for(name, "feature " + name_);
    auto on = parent_on(key, found->second, parent.value("variants", Node::array()));
    return parent.value("enabled", true) ? on : assign::not_of(std::move(on));
  }

  static bool is_member(const Node& list, const char* name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  }

  /// What a feature without strategies has.
  static Node for_everyone() { return Node::array({{{"name", "default"}}}); }

  static Condition parent_on(const std::string& key, const Node& parent, const Node& variants) {
    if (variants_in(parent).empty())
      return variants.empty() || is_member(variants, "disabled") ? assign::flag_gives(key, Operator::is, true)
                                                                 : never();
    if (variants.empty()) return assign::not_of(flag_is(key, Node::parse(off_variant)));
    std::vector<Condition> any;
    for (const auto& variant : variants) any.push_back(flag_is(key, variant));
    return assign::any_of(std::move(any));
  }

  static Condition everyone_or_nobody(const Node& strategy) {
    const auto share = number_in(parameters_of(strategy).value("percentage", Node("0")));
    if (share > 0 && share < 100) throw CannotCarry{"it decides at random, anew each time"};
    return share > 0 ? assign::all_of({}) : never();
  }

  static bool splits(const std::string& kind) {
    return kind == "flexibleRollout" || kind.starts_with("gradualRollout");
  }

  void add_strategy(const Node& strategy) {
    const std::string kind = strategy.value("name", "");
    static const std::set<std::string> known = {"default",
                                                "userWithId",
                                                "remoteAddress",
                                                "flexibleRollout",
                                                "gradualRolloutUserId",
                                                "gradualRolloutSessionId",
                                                "gradualRolloutRandom"};
    if (!known.contains(kind)) throw CannotCarry{"the strategy " + kind + " is one of its owner's"};
    auto condition = when(strategy);
    const Node own = strategy.value("variants", Node::array());
    const Node variants = own.empty() ? own_variants() : own;
    const bool drawn = splits(kind) && kind != "gradualRolloutRandom" && !for_all(strategy);
    if (variants.empty() && !drawn)
      flag_.rules.push_back(
          {std::move(condition), assign::GiveDocument{all_variants().empty() ? "true" : off_variant}});
    else if (variants.empty())
      add_rollout(strategy, condition);
    else
      add_experiment(strategy, variants, std::move(condition));
  }

  /// Whoever is listed gets the variant whatever the draw.
  void add_override(const Node& override, const Node& variant, const std::optional<Condition>& condition) {
    const std::string name = override.value("contextName", "");
    const Node values = override.value("values", Node::array());
    auto all = condition ? std::vector<Condition>{*condition} : std::vector<Condition>{};
    all.push_back(name == "userId" ? is_unit("user", values) : one_of(name, values));
    flag_.rules.push_back({assign::all_of(std::move(all)), assign::GiveDocument{json_text(variant.value("name", ""))}});
  }

  [[nodiscard]] Node one_strategy(const Node& strategy) const { return {{"key", name_}, {"strategies", {strategy}}}; }

  static Stickiness stickiness(const Node& strategy) {
    const std::string kind = strategy.value("name", "");
    if (kind == "gradualRolloutUserId") return sticking_to("userId");
    if (kind == "gradualRolloutSessionId") return sticking_to("sessionId");
    return sticking_to(parameters_of(strategy).value("stickiness", "default"));
  }

  /// A rollout has one type of unit: the one that stands in gets a rule of its own.
  void add_rollout(const Node& strategy, const std::optional<Condition>& condition) {
    const auto sticks = stickiness(strategy);
    Node source = one_strategy(strategy);
    source["strategies"][0]["variants"] = Node::array({{{"name", "in"}, {"weight", 1}}});
    const auto program = into_.program(source);
    const std::vector<Share> everyone = {{"in", all_variants().empty() ? "true" : off_variant}};
    add_shares(flag_, condition, sticks.unit, program, everyone);
    if (!sticks.fallback) return;
    auto without = condition ? std::vector<Condition>{*condition} : std::vector<Condition>{};
    without.push_back(assign::not_of(has_unit(sticks.unit)));
    add_shares(flag_, assign::all_of(std::move(without)), *sticks.fallback, program, everyone);
  }

  void add_experiment(const Node& strategy, const Node& variants, std::optional<Condition> condition) {
    const bool own = !strategy.value("variants", Node::array()).empty();
    const auto rollout = stickiness(strategy);
    const auto sticks = own ? rollout : sticking_to(variants[0].value("stickiness", "default"));
    if (sticks != rollout && splits(strategy.value("name", "")) && !for_all(strategy))
      throw CannotCarry{"its variants stick to another attribute than its rollout"};
    std::vector<VariantPart> parts;
    for (const auto& variant : variants) {
      if (!own && sticking_to(variant.value("stickiness", "default")) != sticks)
        throw CannotCarry{"its variants stick to different attributes"};
      for (const auto& override : variant.value("overrides", Node::array())) add_override(override, variant, condition);
      if (variant.contains("payload"))
        into_.warn(here(), "the variant " + variant.value("name", "") + " has a payload: the flag gives its name");
      parts.push_back({variant.value("name", ""), variant.value("weight", 0.0), json_text(variant.value("name", ""))});
    }
    Node source = one_strategy(strategy);
    if (source["strategies"][0].value("variants", Node::array()).empty()) source["variants"] = variants;
    Audience audience;
    audience.unit = sticks.unit;
    audience.fallback = sticks.fallback;
    audience.when = condition;
    const auto experiment = number_ == 1 ? key_ : key_ + "." + std::to_string(number_);
    into_.add_experiment(experiment, key_, source, parts, std::move(audience));
    flag_.rules.push_back({std::nullopt, assign::RunDocument{experiment}});
    // Without any id Unleash draws anew each time; of one variant that is always the same.
    if (parts.size() == 1 && for_all(strategy))
      flag_.rules.push_back({std::move(condition), assign::GiveDocument{parts.front().value}});
  }

  [[nodiscard]] std::string here() const { return "feature " + name_ + ", strategy " + std::to_string(number_); }

  const Node& feature_;
  const std::map<std::string, Node>& features_;
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
  std::map<std::string, Node> by_name;
  for (const auto& feature : features.node()) by_name.emplace(feature.value("name", ""), feature);
  for (const auto& feature : features.node())
    into.carry("feature " + feature.value("name", ""), [&] { Feature(feature, by_name, segments, into).carry(); });
}

}  // namespace touchstone::wire::import
