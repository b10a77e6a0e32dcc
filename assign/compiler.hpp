#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/document.hpp"
#include "assign/program_builder.hpp"
#include "assign/result.hpp"
#include "assign/tables.hpp"

namespace touchstone::assign {

/// Turns one snapshot document into tables. Used once.
class Compiler {
 public:
  Compiler(const SnapshotDocument& document, const std::optional<DrawKey>& draws);

  [[nodiscard]] Result<std::unique_ptr<const Tables>> run();

 private:
  using Places = std::map<std::string_view, std::uint32_t>;

  Status check_layers() const;
  Status check_exclusion() const;
  Status add_holdouts();
  Status add_experiments();
  Status add_flags();

  Status add_experiment(const std::string& key, const ExperimentDocument& source, const std::string& pointer);
  Status check_slots(const ExperimentDocument& source, const std::string& pointer) const;
  Status add_scheme(const ExperimentDocument& source, const std::string& pointer, ExperimentRecord& record,
                    ExperimentDetail& detail);
  void add_slots(const ExperimentDocument& source, ExperimentRecord& record);
  Status add_own_program(const ExperimentDocument& source, const std::string& pointer, ExperimentRecord& record,
                         ExperimentDetail& detail);
  void add_keyed_draws(const ExperimentDocument& source, ExperimentDetail& detail);
  Status add_variants(const ExperimentDocument& source, const std::string& pointer, ExperimentDetail& detail);
  Status add_overrides(const ExperimentDocument& source, const std::string& pointer, ExperimentDetail& detail);

  Status add_stickiness(const StickyDocument& source, const std::string& pointer, ExperimentDetail& detail);
  Status add_dialect(const dialect::Program& program, const std::string& pointer, ExperimentDetail& detail);

  Status add_exposure(const ExposureDocument& source, const std::string& pointer, ExperimentDetail& detail);

  Status add_flag(const std::string& key, const FlagDocument& source, const std::string& pointer);
  Result<RuleRecord> rule(const FlagDocument& flag, const std::string& flag_key, const RuleDocument& source,
                          const std::string& pointer);
  Status add_names(const FlagDocument& source, const std::string& pointer, FlagRecord& flag);
  Status add_metadata(const FlagDocument& source, const std::string& pointer, FlagRecord& flag);
  Status add_give(const FlagDocument& flag, const GiveDocument& source, const std::string& pointer, RuleRecord& into);
  Status add_rollout(const FlagDocument& flag, const RolloutDocument& source, const std::string& pointer,
                     RuleRecord& into);
  Status add_run(const FlagDocument& flag, const std::string& flag_key, const RunDocument& source,
                 const std::string& pointer, RuleRecord& into);

  [[nodiscard]] std::optional<std::uint32_t> number_of(TestOf of, std::string_view key) const;
  std::string_view keep_value(ValueType type, const JsonText& value);
  Result<Entry> condition(const std::optional<Condition>& source, const std::string& pointer);
  Result<UnitTypeId> unit_type(const std::string& key, const std::string& pointer);
  Extent keep(const SlotRanges& ranges);

  const SnapshotDocument& document_;
  std::optional<DrawKey> key_;
  std::unique_ptr<Tables> tables_;
  ProgramBuilder programs_;
  std::map<std::string, UnitTypeId, std::less<>> unit_types_;
};

}  // namespace touchstone::assign
