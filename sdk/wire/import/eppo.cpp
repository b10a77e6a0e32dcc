#include <map>
#include <optional>
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

Condition comparison(const std::string& attribute, const std::string& op, const Node& value) {
  if (value.is_string()) {  // a version
    if (op == "GTE") return assign::test_of(attribute, Operator::version_ge, text_in(value));
    if (op == "LT") return assign::test_of(attribute, Operator::version_lt, text_in(value));
    throw CannotCarry{"it compares versions by " + op};
  }
  static const std::map<std::string, Operator> operators = {
      {"GTE", Operator::ge}, {"GT", Operator::gt}, {"LTE", Operator::le}, {"LT", Operator::lt}};
  return assign::test_of(attribute, operators.at(op), number_in(value));
}

Condition condition_of(const Node& condition) {
  const std::string attribute = condition.value("attribute", "");
  const std::string op = condition.value("operator", "");
  const Node value = condition.value("value", Node());
  if (attribute == "id") {
    if (op == "ONE_OF") return is_unit("user", value);
    if (op == "NOT_ONE_OF") return assign::not_of(is_unit("user", value));
    throw CannotCarry{"a rule reads the unit's own id by " + op};
  }
  if (op == "ONE_OF") return one_of(attribute, value);
  if (op == "NOT_ONE_OF") return there_but_not(attribute, one_of(attribute, value));
  if (op == "MATCHES") return assign::test_of(attribute, Operator::matches, text_in(value));
  if (op == "NOT_MATCHES")
    return there_but_not(attribute, assign::test_of(attribute, Operator::matches, text_in(value)));
  if (op == "IS_NULL") return assign::test_of(attribute, Operator::exists, !value.get<bool>());
  if (op == "GTE" || op == "GT" || op == "LTE" || op == "LT") return comparison(attribute, op, value);
  throw CannotCarry{"the operator " + op + " is not known here"};
}

/// One of the rules, each all of its conditions; no rules mean everyone.
std::optional<Condition> audience_of(const Node& rules) {
  if (rules.empty()) return std::nullopt;
  std::vector<Condition> any;
  for (const auto& rule : rules) {
    std::vector<Condition> all;
    for (const auto& condition : rule.value("conditions", Node::array())) all.push_back(condition_of(condition));
    any.push_back(assign::all_of(std::move(all)));
  }
  return assign::any_of(std::move(any));
}

/// The share of all units that the shards of a split let in, for planned
/// weights.
double share_of(const Node& split, double total) {
  double share = 1;
  for (const auto& shard : split.value("shards", Node::array())) {
    double width = 0;
    for (const auto& range : shard.value("ranges", Node::array()))
      width += range.value("end", 0.0) - range.value("start", 0.0);
    share *= width / total;
  }
  return share;
}

class Flag {
 public:
  Flag(std::string name, const Node& flag, Importer& into) : name_(std::move(name)), flag_(flag), into_(into) {}

  void carry() {
    key_ = into_.key_for(name_, "flag " + name_);
    std::vector<assign::JsonText> values;
    const Node variations = flag_.value("variations", Node::object());
    for (const auto& [key, variation] : variations.items()) values.push_back(json_text(value_in(variation)));
    if (values.empty()) throw CannotCarry{"it has no variations"};
    carried_ = new_flag(values, values.front());
    carried_.enabled = flag_.value("enabled", false);
    into_.warn("flag " + name_,
               "where no allocation fits, Eppo leaves the "
               "value to the code; here the flag gives " +
                   carried_.default_value);
    for (const auto& allocation : flag_.value("allocations", Node::array())) add_allocation(allocation);
    into_.add_flag(key_, std::move(carried_));
  }

 private:
  [[nodiscard]] Node value_in(const Node& variation) const {
    const Node value = variation.value("value", Node());
    const bool packed = flag_.value("variationType", "") == "JSON" && value.is_string();
    return packed ? Node::parse(value.get<std::string>(), nullptr, false) : value;
  }

  void add_allocation(const Node& allocation) {
    if (allocation.contains("startAt") || allocation.contains("endAt"))
      throw CannotCarry{"the allocation " + allocation.value("key", "") + " starts or ends by the clock"};
    const Node splits = allocation.value("splits", Node::array());
    const double total = flag_.value("totalShards", 10'000.0);
    std::map<std::string, VariantPart> parts;
    for (const auto& split : splits) {
      const std::string variation = split.value("variationKey", "");
      auto& part = parts[variation];
      part.name = variation;
      part.weight += share_of(split, total);
      part.value = json_text(value_in(flag_["variations"].at(variation)));
    }
    auto when = audience_of(allocation.value("rules", Node::array()));
    if (splits.size() == 1 && splits[0].value("shards", Node::array()).empty()) {
      carried_.rules.push_back({std::move(when), assign::GiveDocument{parts.begin()->second.value}});
      return;
    }
    std::vector<VariantPart> ordered;
    for (auto& [variation, part] : parts) ordered.push_back(std::move(part));
    const auto experiment = into_.key_for(name_ + "-" + allocation.value("key", ""), "flag " + name_);
    Audience audience;
    audience.when = std::move(when);
    into_.add_experiment(
        experiment, key_,
        {{"key", name_}, {"totalShards", static_cast<std::int64_t>(total)}, {"allocations", {allocation}}}, ordered,
        std::move(audience));
    carried_.rules.push_back({std::nullopt, assign::RunDocument{experiment}});
  }

  std::string name_;
  const Node& flag_;
  Importer& into_;
  std::string key_;
  assign::FlagDocument carried_;
};

}  // namespace

void eppo(const Cursor& file, Importer& into) {
  if (file.has("bandits")) into.leave_out("bandits", "are no experiments with fixed weights");
  into.carry_flags(file, "a file of Eppo: an object of flags",
                   [&](const std::string& name, const Node& flag) { Flag(name, flag, into).carry(); });
}

}  // namespace touchstone::wire::import
