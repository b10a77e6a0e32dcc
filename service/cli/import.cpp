#include "service/cli/import.hpp"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sdk/wire/import.hpp"
#include "service/cli/client.hpp"
#include "service/cli/exit_code.hpp"
#include "service/cli/line_reader.hpp"
#include "service/codec/experiment_json.hpp"
#include "service/codec/flag_json.hpp"

namespace touchstone::cli {
namespace {

void print_notes(const char* title, const std::vector<wire::ImportNote>& notes) {
  if (!notes.empty()) fmt::print("{}:\n", title);
  for (const auto& note : notes) fmt::print("  {}: {}\n", note.where, note.what);
}

void print_summary(const std::string& vendor, const wire::Imported& imported) {
  fmt::print("{}: {} flags, {} experiments, {} parts left out\n", vendor, imported.flags.size(),
             imported.experiments.size(), imported.left_out.size());
  print_notes("look at", imported.warnings);
  print_notes("left out", imported.left_out);
}

storage::Flag flag_of(const std::string& key, const assign::FlagDocument& rules) {
  storage::Flag flag;
  flag.key = key;
  flag.rules = rules;
  return flag;
}

/// The flag as it can be before its experiments, and the flags that its rules ask for, are there.
std::string body_without_rules(storage::Flag flag) {
  flag.rules.rules.clear();
  return codec::write_flag(flag);
}

std::string body_of(const std::string& key, const wire::ImportedExperiment& imported) {
  const auto& document = imported.document;
  storage::Experiment experiment;
  experiment.key = key;
  experiment.unit_type = document.unit;
  experiment.fallback_unit_type = document.fallback;
  experiment.sticky = document.sticky;
  experiment.scheme = document.scheme;
  experiment.dialect = document.dialect;
  experiment.source_key = document.source_key.value_or("");
  experiment.when = document.when;
  for (std::size_t i = 0; i < document.variants.size(); ++i) {
    storage::Variant variant;
    variant.key = document.variants[i].key;
    variant.control = i == 0;
    variant.weight = imported.weights[i];
    variant.values.insert(document.variants[i].values.begin(), document.variants[i].values.end());
    experiment.variants.push_back(std::move(variant));
  }
  return codec::write_experiment(experiment);
}

Error about(const std::string& what, Error error) {
  error.message = fmt::format("{}: {}", what, error.message);
  return error;
}

/// Experiments need their flags, and flags need experiments and each other: the flags come first, without rules, and
/// get all of them, in order, before anything starts.
class Creation {
 public:
  Creation(OperatorClient& client, const wire::Imported& imported) : client_(client), imported_(imported) {}

  Status create() {
    for (const auto& [key, flag] : imported_.flags)
      if (auto made = client_.post("/v1/flags", body_without_rules(flag_of(key, flag))); !made)
        return about("flag " + key, made.error());
    for (const auto& [key, experiment] : imported_.experiments)
      if (auto made = client_.post("/v1/experiments", body_of(key, experiment)); !made)
        return about("experiment " + key, made.error());
    for (const auto& [key, flag] : imported_.flags)
      if (auto ruled = client_.patch("/v1/flags/" + key, codec::write_rules_change(flag_of(key, flag))); !ruled)
        return about("flag " + key, ruled.error());
    return ok();
  }

  Status start() {
    for (const auto& [key, experiment] : imported_.experiments)
      if (auto started = client_.post("/v1/experiments/" + key + ":start", "{}"); !started)
        return about("experiment " + key, started.error());
    return ok();
  }

 private:
  OperatorClient& client_;
  const wire::Imported& imported_;
};

Status create(const ImportOptions& options, const wire::Imported& imported) {
  auto client = OperatorClient::open(options.data);
  if (!client) return client.error();
  Creation creation(*client, imported);
  auto created = creation.create();
  if (!created || !options.start) return created;
  return creation.start();
}

}  // namespace

int run_import(const ImportOptions& options) {
  const auto text = read_whole(options.file);
  if (!text) return complain(text.error());
  const auto imported = wire::import_configuration(options.vendor, *text);
  if (!imported) return complain(imported.error());
  print_summary(options.vendor, *imported);
  if (options.dry_run) return exit_ok;
  const auto created = create(options, *imported);
  return created ? exit_ok : complain(created.error());
}

}  // namespace touchstone::cli
