#include "sdk/wire/import/importer.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

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

assign::dialect::Program Importer::program(const Node& source) const {
  auto program = read_vendor_experiment(vendor_, "", "", source.dump());
  if (!program) throw CannotCarry{"its split cannot be read: " + program.error().message};
  return *std::move(program);
}

void Importer::add_experiment(const std::string& key, const std::string& flag, const Node& source,
                              const std::vector<VariantPart>& parts, Audience audience) {
  if (parts.empty()) throw CannotCarry{"it has no variants"};
  assign::ExperimentDocument document;
  document.unit = std::move(audience.unit);
  document.fallback = std::move(audience.fallback);
  document.sticky = audience.sticky;
  document.when = std::move(audience.when);
  document.scheme = vendor_;
  document.source_key = key;
  document.dialect = program(source);
  for (const auto& part : parts) {
    if (!assign::valid_key(part.name)) throw CannotCarry{"the variant \"" + part.name + "\" cannot become a key"};
    document.variants.push_back({part.name, {{flag, part.value}}});
  }
  ImportedExperiment carried{std::move(document), slots_of(parts)};
  if (const auto* former = find(key)) carried = joined(*former, std::move(carried));
  part_.experiments.insert_or_assign(key, std::move(carried));
}

}  // namespace touchstone::wire::import
