#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "assign/condition.hpp"
#include "assign/dialect/program.hpp"
#include "assign/instant.hpp"
#include "assign/slots.hpp"

namespace touchstone::assign {

/// The snapshot document, format 1, as plain data: what publishing builds, what sdk/wire reads and writes, and what
/// Snapshot::compile turns into something that decides. Nothing here is checked; compile does that.

template <class T>
using Keyed = std::map<std::string, T, std::less<>>;

/// A value of a flag as JSON text without insignificant white space.
using JsonText = std::string;

enum class ValueType : std::uint8_t { boolean, integer, number, string, json };

/// A slot space in which experiments exclude each other. Units whose layer slot lies in `holdout` are kept out of all.
struct LayerDocument {
  std::string salt;
  SlotRanges holdout;

  friend bool operator==(const LayerDocument&, const LayerDocument&) = default;
};

/// Units kept out of every experiment of the environment, by a draw of their own.
struct HoldoutDocument {
  std::string salt;
  SlotRanges slots;

  friend bool operator==(const HoldoutDocument&, const HoldoutDocument&) = default;
};

struct VariantDocument {
  std::string key;
  Keyed<JsonText> values;  ///< by flag; a flag without a value here keeps its default

  friend bool operator==(const VariantDocument&, const VariantDocument&) = default;
};

/// Whoever satisfies `when` gets `variant` to look at it. Never an exposure, never analysed.
struct OverrideDocument {
  Condition when;
  std::string variant;

  friend bool operator==(const OverrideDocument&, const OverrideDocument&) = default;
};

/// The unit's first event of this name (and kind) is its exposure.
struct ExposureEvent {
  std::string event;
  std::optional<Condition> filter;

  friend bool operator==(const ExposureEvent&, const ExposureEvent&) = default;
};

/// Who says that a unit met its variant: the server at a single evaluation, the client, or an event.
struct ExposedByEvaluate {
  friend bool operator==(const ExposedByEvaluate&, const ExposedByEvaluate&) = default;
};
struct ExposedByClient {
  friend bool operator==(const ExposedByClient&, const ExposedByClient&) = default;
};
using ExposureDocument = std::variant<ExposedByEvaluate, ExposedByClient, ExposureEvent>;

/// When a unit that met a variant keeps it through changes of weights, coverage and targeting.
struct StickyDocument {
  bool leaves_with_condition = false;  ///< whoever the condition no longer holds of is out
  std::uint32_t version = 1;           ///< raised: what was met before is forgotten
  std::vector<std::string> blocked;    ///< variants that nobody keeps

  friend bool operator==(const StickyDocument&, const StickyDocument&) = default;
};

struct ExperimentDocument {
  std::string unit = "user";
  std::optional<std::string> fallback;  ///< unit type used where `unit` is missing
  std::string scheme = "touchstone-1";
  std::string layer;  ///< key of a layer; required by the native schemes
  std::string salt;
  std::optional<std::string> source_key;
  std::uint32_t phase = 1;
  bool enrolling = true;                 ///< false: only units that already have a variant keep it
  std::optional<StickyDocument> sticky;  ///< nothing: every change may move units
  ExposureDocument exposure;
  SlotRanges entry;                         ///< slots of the layer
  SlotMap slots;                            ///< slots of the experiment's own draw
  std::optional<dialect::Program> dialect;  ///< how another vendor assigns; `scheme` then names that vendor
  std::optional<Condition> when;
  std::vector<OverrideDocument> overrides;
  std::vector<VariantDocument> variants;

  friend bool operator==(const ExperimentDocument&, const ExperimentDocument&) = default;
};

/// Gives `value` to the units whose draw under `salt` lies in `slots`. Not an experiment: nothing is recorded.
struct RolloutDocument {
  std::string unit = "user";
  std::string salt;
  SlotRanges slots;
  JsonText value;
  std::optional<dialect::Program> dialect{};  ///< how another vendor draws: who gets a variant is in; no salt, no slots

  friend bool operator==(const RolloutDocument&, const RolloutDocument&) = default;
};

struct GiveDocument {
  JsonText value;

  friend bool operator==(const GiveDocument&, const GiveDocument&) = default;
};

struct RunDocument {
  std::string experiment;

  friend bool operator==(const RunDocument&, const RunDocument&) = default;
};

/// The first rule whose condition holds and whose action yields a value decides.
struct RuleDocument {
  std::optional<Condition> when;
  std::variant<GiveDocument, RolloutDocument, RunDocument> action;

  friend bool operator==(const RuleDocument&, const RuleDocument&) = default;
};

struct FlagDocument {
  ValueType type = ValueType::boolean;
  JsonText off;            ///< given while the flag is not enabled; empty: the default in the code
  JsonText default_value;  ///< given when no rule decides; likewise
  bool enabled = true;
  std::vector<RuleDocument> rules;
  Keyed<JsonText> variants{};  ///< names of values: they decide nothing, and are told to OpenFeature's clients
  Keyed<JsonText> metadata{};  ///< booleans, numbers and texts, likewise

  friend bool operator==(const FlagDocument&, const FlagDocument&) = default;
};

struct SnapshotDocument {
  std::string project = "default";
  std::string environment = "production";
  std::int64_t config_version = 0;  ///< epoch * 2^32 + seq: grows with every change
  Instant published_at{};
  Keyed<LayerDocument> layers;
  Keyed<HoldoutDocument> holdouts;
  Segments segments;
  Keyed<ExperimentDocument> experiments;
  Keyed<FlagDocument> flags;

  friend bool operator==(const SnapshotDocument&, const SnapshotDocument&) = default;
};

}  // namespace touchstone::assign
