#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "assign/compiler.hpp"
#include "assign/given_value.hpp"
#include "assign/pointer.hpp"
#include "assign/refusal.hpp"
#include "assign/value_type.hpp"

namespace touchstone::assign {
namespace {

constexpr std::size_t most_rules = 200;

/// Nothing stands for the default in the code.
Status check_value(const FlagDocument& flag, const JsonText& value, std::string pointer) {
  if (value.empty() || fits(flag.type, value)) return ok();
  return refusal(std::move(pointer), "the value is not of the flag's type",
                 "the flag is of type " + std::string(name_of(flag.type)));
}

}  // namespace

Status Compiler::add_flags() {
  for (const auto& [key, source] : document_.flags) {
    const auto pointer = child_pointer("/flags", key);
    if (auto status = check_key(key, pointer); !status) return status;
    if (auto status = add_flag(key, source, pointer); !status) return status;
  }
  tables_->flag_index = KeyIndex(tables_->flag_keys);
  return ok();
}

/// A text with escapes is kept plain too, for conditions that ask what the flag gives.
std::string_view Compiler::keep_value(ValueType type, const JsonText& value) {
  const auto kept = tables_->texts.keep(value);
  const bool text = type == ValueType::string || (type == ValueType::json && kept.starts_with('"'));
  if (text && kept.find('\\') != std::string_view::npos)
    tables_->plain_texts.emplace(kept, tables_->texts.keep(unescaped(kept)));
  return kept;
}

Status Compiler::add_flag(const std::string& key, const FlagDocument& source, const std::string& pointer) {
  if (auto status = check_value(source, source.off, child_pointer(pointer, "off")); !status) return status;
  if (auto status = check_value(source, source.default_value, child_pointer(pointer, "default")); !status)
    return status;
  const auto list = child_pointer(pointer, "rules");
  if (source.rules.size() > most_rules)
    return refusal(list, "the flag has too many rules", "at most " + std::to_string(most_rules));

  FlagRecord flag;
  flag.key = tables_->texts.keep(key);
  flag.off = keep_value(source.type, source.off);
  flag.default_value = keep_value(source.type, source.default_value);
  flag.type = source.type;
  if (auto status = add_names(source, child_pointer(pointer, "variants"), flag); !status) return status;
  if (auto status = add_metadata(source, child_pointer(pointer, "metadata"), flag); !status) return status;
  flag.enabled = source.enabled;
  flag.rules = {static_cast<std::uint32_t>(tables_->rules.size()), static_cast<std::uint32_t>(source.rules.size())};
  for (std::size_t i = 0; i < source.rules.size(); ++i) {
    auto compiled = rule(source, key, source.rules[i], child_pointer(list, i));
    if (!compiled) return std::move(compiled).error();
    tables_->rules.push_back(*compiled);
  }
  tables_->flags.push_back(flag);
  tables_->flag_keys.push_back(flag.key);
  return ok();
}

Status Compiler::add_names(const FlagDocument& source, const std::string& pointer, FlagRecord& flag) {
  auto& all = tables_->named_values;
  flag.names = {static_cast<std::uint32_t>(all.size()), static_cast<std::uint32_t>(source.variants.size())};
  for (const auto& [name, value] : source.variants) {
    if (auto status = check_key(name, child_pointer(pointer, name)); !status) return status;
    if (auto status = check_value(source, value, child_pointer(pointer, name)); !status) return status;
    all.push_back({tables_->texts.keep(value), tables_->texts.keep(name)});
  }
  return ok();
}

Status Compiler::add_metadata(const FlagDocument& source, const std::string& pointer, FlagRecord& flag) {
  std::string members;
  for (const auto& [name, value] : source.metadata) {
    if (auto status = check_key(name, child_pointer(pointer, name)); !status) return status;
    if (value.empty() || value == "null" || value.front() == '{' || value.front() == '[')
      return refusal(child_pointer(pointer, name), "metadata are booleans, numbers and texts", "write it as a text");
    members.append(members.empty() ? "\"" : ",\"").append(name).append("\":").append(value);
  }
  flag.metadata = tables_->texts.keep(members);
  return ok();
}

Result<RuleRecord> Compiler::rule(const FlagDocument& flag, const std::string& flag_key, const RuleDocument& source,
                                  const std::string& pointer) {
  auto when = condition(source.when, pointer);
  if (!when) return std::move(when).error();
  RuleRecord record;
  record.when = *when;
  record.values = static_cast<std::uint32_t>(tables_->values.size());
  auto status = ok();
  if (const auto* give = std::get_if<GiveDocument>(&source.action))
    status = add_give(flag, *give, pointer, record);
  else if (const auto* rollout = std::get_if<RolloutDocument>(&source.action))
    status = add_rollout(flag, *rollout, child_pointer(pointer, "rollout"), record);
  else
    status = add_run(flag, flag_key, std::get<RunDocument>(source.action), pointer, record);
  if (!status) return std::move(status).error();
  return record;
}

Status Compiler::add_give(const FlagDocument& flag, const GiveDocument& source, const std::string& pointer,
                          RuleRecord& into) {
  into.action = RuleRecord::Action::give;
  if (auto status = check_value(flag, source.value, child_pointer(pointer, "value")); !status) return status;
  tables_->values.push_back(keep_value(flag.type, source.value));
  return ok();
}

Status Compiler::add_rollout(const FlagDocument& flag, const RolloutDocument& source, const std::string& pointer,
                             RuleRecord& into) {
  into.action = RuleRecord::Action::rollout;
  if (auto status = check_value(flag, source.value, child_pointer(pointer, "value")); !status) return status;
  auto unit = unit_type(source.unit, child_pointer(pointer, "unit"));
  if (!unit) return std::move(unit).error();
  into.unit = *unit;
  tables_->values.push_back(keep_value(flag.type, source.value));
  if (source.dialect) {
    if (!well_formed(*source.dialect)) return leads_nowhere(child_pointer(pointer, "dialect"));
    into.dialect = static_cast<std::uint32_t>(tables_->dialects.size());
    tables_->dialects.push_back({*source.dialect, {}});
    return ok();
  }
  if (auto status = check_salt(source.salt, child_pointer(pointer, "salt")); !status) return status;
  if (auto status = check_ranges(source.slots, child_pointer(pointer, "slots")); !status) return status;
  into.draw = Draw(source.salt);
  into.slots = keep(source.slots);
  return ok();
}

/// A variant without a value for the flag keeps the flag's default: it is in the experiment all the same.
Status Compiler::add_run(const FlagDocument& flag, const std::string& flag_key, const RunDocument& source,
                         const std::string& pointer, RuleRecord& into) {
  into.action = RuleRecord::Action::experiment;
  const auto place = tables_->experiment_index.find(source.experiment);
  if (!place)
    return refusal(child_pointer(pointer, "experiment"), "there is no experiment " + source.experiment,
                   "name one of the experiments");
  into.experiment = *place;
  const auto& variants = document_.experiments.find(source.experiment)->second.variants;
  for (std::size_t i = 0; i < variants.size(); ++i) {
    const auto own = variants[i].values.find(flag_key);
    const auto& value = own == variants[i].values.end() ? flag.default_value : own->second;
    const auto list = child_pointer(child_pointer("/experiments", source.experiment), "variants");
    const auto values = child_pointer(child_pointer(list, i), "values");
    if (auto status = check_value(flag, value, child_pointer(values, flag_key)); !status) return status;
    tables_->values.push_back(keep_value(flag.type, value));
  }
  return ok();
}

}  // namespace touchstone::assign
