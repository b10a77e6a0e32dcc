#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "assign/dialect/program.hpp"
#include "assign/document.hpp"
#include "sdk/wire/cursor.hpp"
#include "sdk/wire/import.hpp"

namespace touchstone::wire::import {

using Node = nlohmann::json;

/// Why something of a vendor's file cannot be carried; thrown inside an
/// importer and caught at the flag it belongs to, because a flag is carried
/// whole or not at all.
struct CannotCarry {
  std::string why;
};

/// One variant on its way: what the vendor calls it, its planned weight and its
/// value, as JSON.
struct VariantPart {
  std::string name;
  double weight = 0;
  assign::JsonText value;
};

/// Who takes part in an experiment.
struct Audience {
  std::string unit = "user";
  std::optional<std::string> fallback;
  bool sticky = false;
  std::optional<assign::Condition> when;
};

/// Collects what is carried and what is not.
class Importer {
 public:
  explicit Importer(std::string_view vendor) : vendor_(vendor) {}

  void warn(std::string where, std::string what) { part_.warnings.push_back({std::move(where), std::move(what)}); }
  void leave_out(std::string where, std::string why) { part_.left_out.push_back({std::move(where), std::move(why)}); }

  /// Runs `read`; what it cannot carry leaves out `where` whole.
  template <class Read>
  void carry(const std::string& where, Read read) {
    commit();
    try {
      read();
    } catch (const CannotCarry& reason) {
      take_back(where, reason.why);
    } catch (const std::exception& broken) {  // a member of another type than the vendor writes
      take_back(where, broken.what());
    }
  }

  /// Carries each flag of the object `flags`, which makes `file` what `description` calls it.
  void carry_flags(const Cursor& file, const char* description,
                   const std::function<void(const std::string& name, const Node& flag)>& read);

  /// The key that a vendor's name gets here: itself, or with what keys may not
  /// hold replaced.
  [[nodiscard]] std::string key_for(const std::string& name, const std::string& where);

  void add_flag(const std::string& key, assign::FlagDocument flag);

  /// An experiment that assigns as `source`, written in the vendor's form of
  /// tests/vectors, does. Its variants are those of `parts`; a variant of the
  /// program that is not among them means that the next rule decides.
  void add_experiment(const std::string& key, const std::string& flag, const Node& source,
                      const std::vector<VariantPart>& parts, Audience audience);

  /// The same, with a program that was made of such a source.
  void add_experiment(const std::string& key, const std::string& flag, assign::dialect::Program program,
                      const std::vector<VariantPart>& parts, Audience audience);

  /// The program that assigns as `source` does.
  [[nodiscard]] assign::dialect::Program program(const Node& source) const;

  /// What was carried, without flags that need one that was left out.
  [[nodiscard]] Imported finish() &&;

 private:
  void commit();
  void remove(const std::string& flag);
  void take_back(const std::string& where, std::string why);
  [[nodiscard]] const ImportedExperiment* find(const std::string& experiment) const;
  [[nodiscard]] std::optional<std::string> missing_need(const assign::FlagDocument& flag) const;

  std::string vendor_;
  Imported imported_;
  Imported part_;  ///< what is being carried: all of it or nothing
};

/// JSON as text, and the narrowest type that all the values have.
[[nodiscard]] assign::JsonText json_text(const Node& value);
[[nodiscard]] assign::ValueType type_of(const std::vector<assign::JsonText>& values);

/// A flag of these values that is on and has no rules yet.
[[nodiscard]] assign::FlagDocument new_flag(const std::vector<assign::JsonText>& values, assign::JsonText otherwise);

/// The program with its variants called by `name_of`; those that it gives no name are none.
[[nodiscard]] assign::dialect::Program renamed(
    assign::dialect::Program program, const std::function<std::optional<std::string>(const std::string&)>& name_of);

/// What a split gives to whoever lands in one of its variants, one value each.
struct Share {
  std::string variant;
  assign::JsonText value;
};

/// A rule for each share: whoever lands there under `program` gets its value, and nothing is analysed.
void add_shares(assign::FlagDocument& flag, const std::optional<assign::Condition>& when, const std::string& unit,
                const assign::dialect::Program& program, const std::vector<Share>& shares);

void eppo(const Cursor& file, Importer& into);
void flagd(const Cursor& file, Importer& into);
void growthbook(const Cursor& file, Importer& into);
void launchdarkly(const Cursor& file, Importer& into);
void optimizely(const Cursor& file, Importer& into);
void planout_core(const Cursor& file, Importer& into);
void planout_js(const Cursor& file, Importer& into);
void posthog(const Cursor& file, Importer& into);
void statsig(const Cursor& file, Importer& into);
void unleash(const Cursor& file, Importer& into);

}  // namespace touchstone::wire::import
