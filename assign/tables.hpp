#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "assign/decision.hpp"
#include "assign/dialect/program.hpp"
#include "assign/draw.hpp"
#include "assign/key_index.hpp"
#include "assign/keyed_draw.hpp"
#include "assign/program.hpp"
#include "assign/scheme.hpp"
#include "assign/slots.hpp"
#include "assign/text_arena.hpp"

namespace touchstone::assign {

/// What a compiled snapshot is made of: flat arrays, and Extents into those that many records share.

using UnitTypeId = std::uint16_t;
inline constexpr UnitTypeId no_unit_type = 0xFFFF;

/// What deciding touches for every unit: one cache line.
struct alignas(64) ExperimentRecord {
  Draw layer_draw;
  Draw variant_draw;
  Extent entry;          ///< in Tables::ranges
  Extent layer_holdout;  ///< in Tables::ranges
  Extent slots;          ///< in Tables::variant_ranges
  Entry when = accept;
  UnitTypeId unit = no_unit_type;
  UnitTypeId fallback = no_unit_type;
  Scheme scheme = Scheme::touchstone_1;
  bool enrolling = true;
  bool keeps = false;       ///< asks what the unit met: sticky, or not enrolling
  bool overridden = false;  ///< has overrides
};
static_assert(sizeof(ExperimentRecord) == 64);

/// What is read once a variant is found.
struct ExperimentDetail {
  std::string_view key;
  std::string_view layer;  ///< empty: none
  Extent variants;         ///< in Tables::variants
  Extent overrides;        ///< in Tables::overrides
  std::uint32_t phase = 1;
  std::uint32_t dialect = 0;  ///< in Tables::dialects or Tables::keyed, of an experiment of that scheme
  ExposedBy exposed_by = ExposedBy::evaluate;
  std::string_view exposure_event;     ///< where an event exposes: its name
  Entry exposure_filter = accept;      ///< which of these events, by their properties
  bool leaves_with_condition = false;  ///< of units that keep their variant
  std::uint64_t blocked = 0;           ///< bit i: nobody keeps variant i
};

struct DialectRecord {
  dialect::Program program;
  std::vector<std::optional<std::uint32_t>> variants;  ///< the experiment's variant for each of the program's
};

/// In place of the record's two draws.
struct KeyedRecord {
  KeyedDraw layer_draw;
  KeyedDraw variant_draw;
};

struct OverrideRecord {
  Entry when = accept;
  std::uint32_t variant = 0;
};

struct HoldoutRecord {
  std::string_view key;
  Draw draw;
  Extent slots;  ///< in Tables::ranges
};

inline constexpr std::uint32_t no_dialect = 0xFFFFFFFF;

struct RuleRecord {
  enum class Action : std::uint8_t { give, rollout, experiment };

  Entry when = accept;
  Action action = Action::give;
  UnitTypeId unit = no_unit_type;  ///< of a rollout
  std::uint32_t experiment = 0;
  std::uint32_t values = 0;            ///< in Tables::values: the value, or that of the experiment's first variant
  std::uint32_t dialect = no_dialect;  ///< of a rollout, in Tables::dialects
  Draw draw;                           ///< of a rollout
  Extent slots;                        ///< of a rollout, in Tables::ranges
};

/// A value of a flag that has a name.
struct NamedValue {
  std::string_view value;
  std::string_view name;
};

struct FlagRecord {
  std::string_view key;
  std::string_view off;
  std::string_view default_value;
  Extent rules;               ///< in Tables::rules
  Extent names;               ///< in Tables::named_values
  std::string_view metadata;  ///< members of a JSON object, without its braces
  ValueType type = ValueType::boolean;
  bool enabled = true;
};

struct Tables {
  std::int64_t config_version = 0;
  Instant published_at{};
  std::string_view environment;

  std::vector<ExperimentRecord> experiments;  ///< sorted by key, as are the next two
  std::vector<ExperimentDetail> details;
  std::vector<std::string_view> experiment_keys;
  std::vector<FlagRecord> flags;  ///< sorted by key, as is the next
  std::vector<std::string_view> flag_keys;

  std::vector<RuleRecord> rules;
  std::vector<OverrideRecord> overrides;
  std::vector<HoldoutRecord> holdouts;
  std::vector<DialectRecord> dialects;
  std::vector<KeyedRecord> keyed;
  std::vector<SlotRange> ranges;
  std::vector<VariantRange> variant_ranges;
  std::vector<std::string_view> variants;  ///< keys
  std::vector<std::string_view> values;    ///< JSON texts
  std::vector<NamedValue> named_values;
  std::vector<std::uint32_t> exposed_by_event;  ///< experiments
  std::vector<std::string_view> unit_types;

  Programs programs;
  std::map<std::string_view, std::string_view> plain_texts;  ///< texts among the values that are written with escapes

  KeyIndex experiment_index;
  KeyIndex flag_index;
  TextArena texts;
};

}  // namespace touchstone::assign
