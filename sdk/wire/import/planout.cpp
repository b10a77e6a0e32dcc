#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "assign/key.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/import/importer.hpp"
#include "sdk/wire/import/planout_script.hpp"
#include "sdk/wire/import/tests_of.hpp"

namespace touchstone::wire::import {
namespace {

constexpr int most_choices = 64;
constexpr double largest_number = 1e9;

/// An experiment as it stands in the file, alone or in a namespace.
struct Member {
  std::string name;
  std::string salt;
  std::vector<PlanOutSet> sets;
  Node space;  ///< the namespace with its history; null: none
};

/// The outcomes of a draw: what the vendor's program calls each, and its value.
struct Choice {
  Node value;
  double weight = 1;
};

Node list_in(const Node& op, const char* name) {
  auto list = constant_in(op.value(name, Node()));
  if (!list || !list->is_array()) throw CannotCarry{std::string("its ") + name + " are computed"};
  return *std::move(list);
}

double number_at(const Node& op, const char* name) {
  const auto number = constant_in(op.value(name, Node()));
  if (!number) throw CannotCarry{std::string("its ") + name + " is computed"};
  return number_in(*number);
}

std::string unit_type(const std::string& input) {
  if (input == "userid" || input == "user_id" || input == "user") return "user";
  if (!assign::valid_key(input)) throw CannotCarry{"the input " + input + " cannot become a unit type"};
  return input;
}

/// A draw of one parameter: its source in the vendor's form, with choices called by their number.
class Draw {
 public:
  Draw(const PlanOutSet& set, const Member& member, bool offset_inside)
      : op_(set.value), name_(operator_of(set.value)), offset_inside_(offset_inside) {
    source_ = {{"key", member.name}, {"salt", salt(set, member)}, {"op", name_}};
    if (!member.space.is_null()) source_["namespace"] = member.space;
    if (name_ == "bernoulliTrial")
      read_trial();
    else if (name_ == "randomInteger")
      read_integers();
    else
      read_choices();
  }

  [[nodiscard]] const Node& source() const { return source_; }
  [[nodiscard]] const std::vector<Choice>& choices() const { return choices_; }

  [[nodiscard]] std::string unit() const {
    const Node unit = op_.value("unit", Node());
    const auto values = operator_of(unit) == "array" ? unit.value("values", Node::array()) : unit;
    if (values.is_array() && values.size() != 1) throw CannotCarry{"it draws by several inputs together"};
    return unit_type(variable_in(values.is_array() ? values[0] : values));
  }

 private:
  [[nodiscard]] std::string salt(const PlanOutSet& set, const Member& member) const {
    if (op_.contains("full_salt")) return text_in(constant_in(op_["full_salt"]).value_or(Node()));
    const auto own = op_.contains("salt") ? text_in(constant_in(op_["salt"]).value_or(Node())) : set.parameter;
    return member.salt + "." + own;
  }

  void read_trial() {
    const double p = number_at(op_, "p");
    source_["p"] = p;
    choices_ = {{0, 1 - p}, {1, p}};
  }

  /// The remainder is counted from the least number; the package's own build takes it after adding the least.
  void read_integers() {
    const double lower = number_at(op_, "min");
    const double upper = number_at(op_, "max");
    if (!(std::abs(lower) <= largest_number && lower <= upper && upper - lower < most_choices))
      throw CannotCarry{"it draws one of more than " + std::to_string(most_choices) + " numbers"};
    const auto least = static_cast<std::int64_t>(lower);
    const auto count = static_cast<std::int64_t>(upper) - least + 1;
    for (std::int64_t i = 0; i < count; ++i) choices_.push_back({offset_inside_ ? (least + i) % count : least + i, 1});
    source_["op"] = "uniformChoice";
    number_choices();
  }

  void read_choices() {
    if (name_ != "uniformChoice" && name_ != "weightedChoice") throw CannotCarry{"it is set by " + name_};
    const bool weighted = name_ == "weightedChoice";
    const Node values = list_in(op_, "choices");
    const Node weights = weighted ? list_in(op_, "weights") : Node();
    if (values.empty() || (weighted && weights.size() != values.size())) throw CannotCarry{"its choices lack weights"};
    for (std::size_t i = 0; i < values.size(); ++i)
      choices_.push_back({values[i], weighted ? number_in(weights[i]) : 1.0});
    if (weighted) source_["weights"] = weights;
    number_choices();
  }

  void number_choices() {
    for (std::size_t i = 0; i < choices_.size(); ++i) source_["choices"].push_back(std::to_string(i));
  }

  const Node& op_;
  std::string name_;
  bool offset_inside_;
  Node source_;
  std::vector<Choice> choices_;
};

/// One parameter of a namespace, or of an experiment that stands alone: a flag.
class Parameter {
 public:
  Parameter(std::string scope, std::string name, std::string unit, bool package, Importer& into)
      : scope_(std::move(scope)), name_(std::move(name)), unit_(std::move(unit)), package_(package), into_(into) {}

  void carry(const std::vector<Member>& members, const std::vector<PlanOutSet>& otherwise) {
    key_ = into_.key_for(scope_ + "." + name_, here());
    for (const auto& member : members) add_member(member);
    add_otherwise(otherwise);
    auto flag = new_flag(values_, otherwise_value());
    flag.rules = std::move(rules_);
    into_.add_flag(key_, std::move(flag));
  }

 private:
  [[nodiscard]] std::string here() const { return "parameter " + scope_ + "." + name_; }

  void add_member(const Member& member) {
    for (const auto& set : member.sets) {
      if (set.parameter != name_) continue;
      if (auto constant = constant_in(set.value))
        add_constant(*constant, set.when, member);
      else
        add_draw(set, member);
    }
  }

  void add_constant(const Node& constant, const std::optional<assign::Condition>& when, const Member& member) {
    values_.push_back(json_text(constant));
    if (member.space.is_null()) {
      rules_.push_back({when, assign::GiveDocument{values_.back()}});
      return;
    }
    assign::FlagDocument shares;
    const auto program = into_.program({{"key", member.name},
                                        {"salt", member.salt},
                                        {"op", "uniformChoice"},
                                        {"choices", {"in"}},
                                        {"namespace", member.space}});
    add_shares(shares, when, unit_, program, {{"in", values_.back()}});
    rules_.push_back(std::move(shares.rules.front()));
  }

  void add_draw(const PlanOutSet& set, const Member& member) {
    const Draw draw(set, member, package_);
    const auto unit = draw.unit();
    if (!member.space.is_null() && unit != unit_) throw CannotCarry{"it draws by another unit than its namespace"};
    std::vector<VariantPart> parts;
    std::map<std::string, std::string> names;
    for (std::size_t i = 0; i < draw.choices().size(); ++i) {
      const auto& choice = draw.choices()[i];
      values_.push_back(json_text(choice.value));
      const auto name = variant_named(choice.value, i, parts);
      names.emplace(std::to_string(i), name);
      add_part(parts, {name, choice.weight, values_.back()});
    }
    Audience audience;
    audience.unit = unit;
    audience.when = set.when;
    const auto experiment = experiment_named(member);
    into_.add_experiment(experiment, key_,
                         renamed(into_.program(draw.source()),
                                 [&](const std::string& number) { return std::optional(names.at(number)); }),
                         parts, std::move(audience));
    rules_.push_back({std::nullopt, assign::RunDocument{experiment}});
  }

  /// Equal choices are one variant.
  static std::string variant_named(const Node& value, std::size_t number, const std::vector<VariantPart>& parts) {
    for (const auto& part : parts)
      if (part.value == json_text(value)) return part.name;
    const auto text = value.is_string() ? value.get<std::string>() : json_text(value);
    const bool taken = std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return part.name == text; });
    return assign::valid_key(text) && !taken ? text : "choice-" + std::to_string(number);
  }

  static void add_part(std::vector<VariantPart>& parts, VariantPart part) {
    for (auto& former : parts)
      if (former.name == part.name) {
        former.weight += part.weight;
        return;
      }
    parts.push_back(std::move(part));
  }

  [[nodiscard]] std::string experiment_named(const Member& member) {
    const auto full = member.space.is_null() ? scope_ + "." + name_ : scope_ + "." + member.name + "." + name_;
    const auto key = into_.key_for(full, here());
    const auto number = ++experiments_[key];
    return number == 1 ? key : key + "." + std::to_string(number);
  }

  /// The default experiment of a namespace gives constants.
  void add_otherwise(const std::vector<PlanOutSet>& sets) {
    for (const auto& set : sets) {
      if (set.parameter != name_) continue;
      const auto constant = constant_in(set.value);
      if (!constant) throw CannotCarry{"the default experiment draws it"};
      if (!set.when && !default_) default_ = json_text(*constant);
      if (set.when) values_.push_back(json_text(*constant));
      if (set.when && !default_) rules_.push_back({set.when, assign::GiveDocument{values_.back()}});
    }
  }

  [[nodiscard]] assign::JsonText otherwise_value() {
    if (default_) return *default_;
    into_.warn(here(), "where no experiment sets it, PlanOut leaves the value to the code; here the flag gives " +
                           values_.front());
    return values_.front();
  }

  std::string scope_;
  std::string name_;
  std::string unit_;
  bool package_;
  Importer& into_;
  std::string key_;
  std::vector<assign::JsonText> values_;
  std::vector<assign::RuleDocument> rules_;
  std::optional<assign::JsonText> default_;
  std::map<std::string, std::size_t> experiments_;
};

class File {
 public:
  explicit File(Importer& into, bool package) : into_(into), package_(package) {}

  /// The names that a namespace's fields have in configurations of PlanOut4J, whose format this is.
  void carry_namespace(const Node& space) {
    const Node about = space.value("namespace", Node::object());
    const std::string name = space.value("name", about.is_object() ? about.value("name", "") : "");
    into_.carry("namespace " + name, [&] {
      if (name.empty()) throw CannotCarry{"it has no name"};
      const auto unit = unit_type(about.value("unit", "userid"));
      const bool package = is_package(space);
      Node history = {{"name", name}, {"numSegments", about.value("segments", 0)}, {"operations", Node::array()}};
      for (const auto& step : space.value("experiment_sequence", Node::array())) {
        if (step.value("action", "") == "add")
          history["operations"].push_back({{"add", step.value("name", "")}, {"segments", step.value("segments", 0)}});
        else
          history["operations"].push_back({{"remove", step.value("name", "")}});
      }
      history["ordered"] = !package;
      carry_parameters(name, unit, members_of(space, name + (package ? "-" : "."), history), default_of(space));
    });
  }

  void carry_alone(const Node& experiment) {
    const std::string name = experiment.value("name", "");
    into_.carry("experiment " + name, [&] {
      if (name.empty()) throw CannotCarry{"it has no name"};
      const Member member{name, experiment.value("salt", name), sets_of(experiment.value("assign", Node())), Node()};
      carry_parameters(name, "user", {member}, {});
    });
  }

 private:
  /// Facebook's library and the npm package hand out segments, and make salts, each in its own way. The package's build
  /// that draws as the library does is told by `"library": "npm"`.
  [[nodiscard]] bool is_package(const Node& space) const { return package_ || space.value("library", "") == "npm"; }

  static Node definition(const Node& space, const std::string& name) {
    for (const auto& one : space.value("experiment_definitions", Node::array()))
      if (one.value("definition", "") == name) return one;
    throw CannotCarry{"the definition " + name + " is not in the file"};
  }

  /// The experiments that run at the end of the history.
  static std::vector<Member> members_of(const Node& space, const std::string& prefix, const Node& history) {
    std::vector<Member> members;
    for (const auto& step : space.value("experiment_sequence", Node::array())) {
      const std::string experiment = step.value("name", "");
      std::erase_if(members, [&](const Member& one) { return one.name == experiment; });
      if (step.value("action", "") != "add") continue;
      const auto source = definition(space, step.value("definition", ""));
      members.push_back(
          {experiment, step.value("salt", prefix + experiment), sets_of(source.value("assign", Node())), history});
    }
    return members;
  }

  static std::vector<PlanOutSet> default_of(const Node& space) {
    const Node name = space.value("default_experiment", Node());
    return name.is_string() ? sets_of(definition(space, name).value("assign", Node())) : std::vector<PlanOutSet>{};
  }

  void carry_parameters(const std::string& scope, const std::string& unit, const std::vector<Member>& members,
                        const std::vector<PlanOutSet>& otherwise) {
    std::set<std::string> names;
    for (const auto& member : members)
      for (const auto& set : member.sets) names.insert(set.parameter);
    if (names.empty()) throw CannotCarry{"no experiment runs in it"};
    for (const auto& name : names)
      into_.carry(fmt::format("parameter {}.{}", scope, name),
                  [&] { Parameter(scope, name, unit, package_, into_).carry(members, otherwise); });
  }

  Importer& into_;
  bool package_;
};

void planout(const Cursor& file, Importer& into, bool package) {
  const auto& whole = file.node();
  const bool single = file.has("experiment_sequence");
  const bool known = single || file.has("namespaces") || file.has("experiments");
  if (!file.is(known, "namespaces of PlanOut, as PlanOut4J writes them, or a list of experiments")) return;
  File reader(into, package);
  if (single) reader.carry_namespace(whole);
  for (const auto& space : whole.value("namespaces", Node::array())) reader.carry_namespace(space);
  for (const auto& experiment : whole.value("experiments", Node::array())) reader.carry_alone(experiment);
}

}  // namespace

void planout_core(const Cursor& file, Importer& into) { planout(file, into, false); }
void planout_js(const Cursor& file, Importer& into) { planout(file, into, true); }

}  // namespace touchstone::wire::import
