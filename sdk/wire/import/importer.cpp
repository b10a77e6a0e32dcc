#include "sdk/wire/import/importer.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "assign/condition.hpp"
#include "assign/key.hpp"
#include "assign/slots.hpp"
#include "assign/value_type.hpp"
#include "sdk/wire/document_node.hpp"
#include "sdk/wire/vendor_json.hpp"

namespace touchstone::wire::import {
namespace {

using assign::ValueType;

bool belongs_in_keys(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

/// Shares of 1,000,000 slots; what rounding leaves over goes to the first.
std::vector<std::uint32_t> slots_of(const std::vector<VariantPart>& parts) {
  const double sum = std::accumulate(parts.begin(), parts.end(), 0.0,
                                     [](double total, const VariantPart& part) { return total + part.weight; });
  std::vector<std::uint32_t> slots;
  std::uint32_t given = 0;
  for (const auto& part : parts) {
    const double share = sum > 0 ? part.weight / sum : 1.0 / static_cast<double>(parts.size());
    slots.push_back(static_cast<std::uint32_t>(std::floor(share * assign::slot_count)));
    given += slots.back();
  }
  slots.front() += assign::slot_count - given;
  return slots;
}

bool is_prerequisite(const assign::Condition& condition) {
  return condition.kind == assign::Condition::Kind::flag || condition.kind == assign::Condition::Kind::variant;
}

assign::Condition without_prerequisites(assign::Condition condition) {
  if (is_prerequisite(condition)) return assign::all_of({});
  for (auto& child : condition.children) child = without_prerequisites(std::move(child));
  return condition;
}

/// Calls `visit(name)` for each flag whose value the condition asks for.
template <class Visit>
void each_needed_flag(const assign::Condition& condition, Visit visit) {
  if (condition.kind == assign::Condition::Kind::flag) visit(condition.name);
  for (const auto& child : condition.children) each_needed_flag(child, visit);
}

/// Whatever a published condition would be refused for, but for its prerequisites, is said now.
void refuse_unusable(const std::optional<assign::Condition>& condition) {
  if (!condition) return;
  if (const auto usable = assign::check(without_prerequisites(*condition), {}); !usable)
    throw CannotCarry{usable.error().message + ": " + usable.error().hint};
}

/// One experiment behind several flags: it must be the same but for the values.
ImportedExperiment joined(ImportedExperiment former, ImportedExperiment other) {
  auto plain = former.document;
  auto wanted = other.document;
  for (auto* document : {&plain, &wanted})
    for (auto& variant : document->variants) variant.values.clear();
  if (plain != wanted) throw CannotCarry{"another experiment of the same name assigns differently"};
  for (std::size_t i = 0; i < former.document.variants.size(); ++i)
    former.document.variants[i].values.merge(other.document.variants[i].values);
  return former;
}

}  // namespace

assign::JsonText json_text(const Node& value) { return value.dump(); }

ValueType type_of(const std::vector<assign::JsonText>& values) {
  for (const auto type : {ValueType::boolean, ValueType::integer, ValueType::number, ValueType::string})
    if (std::all_of(values.begin(), values.end(),
                    [&](const assign::JsonText& value) { return assign::fits(type, value); }))
      return type;
  return ValueType::json;
}

assign::FlagDocument new_flag(const std::vector<assign::JsonText>& values, assign::JsonText otherwise) {
  auto all = values;
  all.push_back(otherwise);
  assign::FlagDocument flag;
  flag.type = type_of(all);
  flag.off = otherwise;
  flag.default_value = std::move(otherwise);
  return flag;
}

assign::dialect::Program renamed(assign::dialect::Program program,
                                 const std::function<std::optional<std::string>(const std::string&)>& name_of) {
  using assign::dialect::Target;
  std::vector<std::string> names;
  std::vector<Target> now;
  for (const auto& old : program.variants) {
    const auto name = name_of(old);
    const auto place = name ? std::find(names.begin(), names.end(), *name) - names.begin() : 0;
    now.push_back(name ? assign::dialect::variant(static_cast<std::size_t>(place)) : assign::dialect::nothing);
    if (name && place == std::ssize(names)) names.push_back(*name);
  }
  const auto rename = [&now](Target& target) {
    if (target.kind == Target::Kind::variant) target = now[static_cast<std::size_t>(target.number)];
  };
  rename(program.start);
  for (auto& step : program.steps) {
    rename(step.otherwise);
    for (auto& band : step.bands) rename(band.to);
  }
  program.variants = std::move(names);
  return program;
}

void add_shares(assign::FlagDocument& flag, const std::optional<assign::Condition>& when, const std::string& unit,
                const assign::dialect::Program& program, const std::vector<Share>& shares) {
  for (const auto& share : shares) {
    assign::RolloutDocument given;
    given.unit = unit;
    given.value = share.value;
    given.dialect = renamed(program, [&](const std::string& name) {
      return name == share.variant ? std::optional<std::string>("in") : std::nullopt;
    });
    flag.rules.push_back({when, std::move(given)});
  }
}

void Importer::carry_flags(const Cursor& file, const char* description,
                           const std::function<void(const std::string& name, const Node& flag)>& read) {
  const auto flags = file.member("flags");
  if (!file.is(flags.node().is_object(), description)) return;
  for (const auto& flag : flags.node().items()) carry("flag " + flag.key(), [&] { read(flag.key(), flag.value()); });
}

std::string Importer::key_for(const std::string& name, const std::string& where) {
  if (assign::valid_key(name)) return name;
  std::string key;
  if (!assign::valid_key(name.substr(0, 1))) key.push_back('x');
  for (const char c : name) key.push_back(belongs_in_keys(c) ? c : '-');
  key.resize(std::min<std::size_t>(key.size(), 128));
  if (!assign::valid_key(key)) throw CannotCarry{"its name cannot become a key"};
  warn(where, "is called " + key + " here, because a key cannot be \"" + name + "\"");
  return key;
}

void Importer::add_flag(const std::string& key, assign::FlagDocument flag) {
  if (imported_.flags.contains(key)) throw CannotCarry{"another flag is called " + key};
  for (const auto& rule : flag.rules) refuse_unusable(rule.when);
  part_.flags.emplace(key, std::move(flag));
}

void Importer::commit() {
  imported_.flags.merge(part_.flags);
  for (auto& [key, experiment] : part_.experiments) imported_.experiments.insert_or_assign(key, std::move(experiment));
  std::move(part_.warnings.begin(), part_.warnings.end(), std::back_inserter(imported_.warnings));
  std::move(part_.left_out.begin(), part_.left_out.end(), std::back_inserter(imported_.left_out));
  part_ = {};
}

void Importer::take_back(const std::string& where, std::string why) {
  auto notes = std::move(part_.left_out);
  notes.push_back({where, std::move(why)});
  part_ = {};
  part_.left_out = std::move(notes);
}

const ImportedExperiment* Importer::find(const std::string& experiment) const {
  for (const auto* carried : {&part_, &imported_})
    if (const auto found = carried->experiments.find(experiment); found != carried->experiments.end())
      return &found->second;
  return nullptr;
}

std::optional<std::string> Importer::missing_need(const assign::FlagDocument& flag) const {
  std::optional<std::string> missing;
  const auto look = [&](const std::optional<assign::Condition>& when) {
    if (when)
      each_needed_flag(*when, [&](const std::string& name) {
        if (!imported_.flags.contains(name)) missing = name;
      });
  };
  for (const auto& rule : flag.rules) {
    look(rule.when);
    const auto* run = std::get_if<assign::RunDocument>(&rule.action);
    const auto experiment = run == nullptr ? imported_.experiments.end() : imported_.experiments.find(run->experiment);
    if (experiment != imported_.experiments.end()) look(experiment->second.document.when);
  }
  return missing;
}

Imported Importer::finish() && {
  commit();
  for (auto flag = imported_.flags.begin(); flag != imported_.flags.end();) {
    const auto missing = missing_need(flag->second);
    if (!missing) {
      ++flag;
      continue;
    }
    imported_.left_out.push_back({"flag " + flag->first, "needs the flag " + *missing + ", which is left out"});
    remove(std::string(flag->first));  // a copy: the key goes with the flag
    flag = imported_.flags.begin();
  }
  return std::move(imported_);
}

/// Its experiments go with it where no other flag runs them.
void Importer::remove(const std::string& flag) {
  imported_.flags.erase(flag);
  for (auto& [key, experiment] : imported_.experiments)
    for (auto& variant : experiment.document.variants) variant.values.erase(flag);
  std::erase_if(imported_.experiments,
                [](const auto& one) { return one.second.document.variants.front().values.empty(); });
}

assign::dialect::Program Importer::program(const Node& source) const {
  auto program = read_vendor_experiment(vendor_, "", "", source.dump());
  if (!program) throw CannotCarry{"its split cannot be read: " + program.error().message};
  return *std::move(program);
}

void Importer::add_experiment(const std::string& key, const std::string& flag, const Node& source,
                              const std::vector<VariantPart>& parts, Audience audience) {
  add_experiment(key, flag, program(source), parts, std::move(audience));
}

void Importer::add_experiment(const std::string& key, const std::string& flag, assign::dialect::Program program,
                              const std::vector<VariantPart>& parts, Audience audience) {
  if (parts.empty()) throw CannotCarry{"it has no variants"};
  for (const auto& part : parts)
    if (!std::isfinite(part.weight) || part.weight < 0)
      throw CannotCarry{"the variant " + part.name + " has no weight"};
  refuse_unusable(audience.when);
  assign::ExperimentDocument document;
  document.unit = std::move(audience.unit);
  document.fallback = std::move(audience.fallback);
  if (audience.sticky) document.sticky.emplace();
  document.when = std::move(audience.when);
  document.scheme = vendor_;
  document.source_key = key;
  document.dialect = std::move(program);
  for (const auto& part : parts) {
    if (!assign::valid_key(part.name)) throw CannotCarry{"the variant \"" + part.name + "\" cannot become a key"};
    document.variants.push_back({part.name, {{flag, part.value}}});
  }
  ImportedExperiment carried{std::move(document), slots_of(parts)};
  if (const auto* former = find(key)) carried = joined(*former, std::move(carried));
  part_.experiments.insert_or_assign(key, std::move(carried));
}

}  // namespace touchstone::wire::import
