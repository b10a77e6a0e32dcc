#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assign/condition.hpp"
#include "assign/document.hpp"
#include "storage/plan.hpp"
#include "storage/time.hpp"

namespace touchstone::storage {

enum class ExperimentState : std::uint8_t { draft, running, paused, stopped, archived };

struct Variant {
  std::string key;
  std::string name;
  bool control = false;
  std::uint32_t weight = 0;  ///< slots of 1,000,000; the weights of an experiment sum to exactly that
  std::map<std::string, std::string, std::less<>> values;  ///< flag key -> canonical JSON value

  friend bool operator==(const Variant&, const Variant&) = default;
};

struct SlotRange {
  std::uint32_t begin = 0;  ///< of 1,000,000
  std::uint32_t end = 0;    ///< exclusive

  friend bool operator==(const SlotRange&, const SlotRange&) = default;
};

struct VariantSlots {
  SlotRange range;
  std::uint32_t variant = 0;  ///< index into Experiment::variants

  friend bool operator==(const VariantSlots&, const VariantSlots&) = default;
};

/// A period of a run with fixed weights, coverage and targeting. Each change opens a new one.
struct Phase {
  std::uint32_t number = 1;
  Time started_at{};  ///< may lie in the past for imports
  std::optional<Time> ended_at;
  bool enrolling = true;
  std::vector<SlotRange> entry;        ///< of the layer
  std::vector<VariantSlots> slots;     ///< of the experiment's own draw
  std::vector<std::uint32_t> weights;  ///< per variant, at that time
  std::uint32_t sticky_version = 1;    ///< of what was met earlier under another one nothing is kept

  friend bool operator==(const Phase&, const Phase&) = default;
};

/// attribute -> variant key -> canonical JSON of the value that an exposure to that variant should carry.
using Expectations = std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

/// What the service does with an experiment by itself.
struct Schedule {
  std::optional<Time> start;  ///< of a draft
  std::optional<Time> stop;   ///< of a run

  /// A start that was due, and why it did not happen.
  struct Missed {
    Time start{};
    std::string because;

    friend bool operator==(const Missed&, const Missed&) = default;
  };
  std::optional<Missed> missed;

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// The question, as agreed and administered. What clients need of it is compiled into assign::Snapshot.
struct Experiment {
  std::string key;
  std::uint32_t version = 1;
  std::string name;
  std::string hypothesis;
  std::string owner;
  std::vector<std::string> tags;
  std::string unit_type = "user";
  std::optional<std::string> fallback_unit_type;  ///< used where `unit_type` is missing
  std::string layer;                              ///< empty = one of its own
  std::string scheme = "touchstone-1";  ///< "external": assigned elsewhere, exposures are believed; else a vendor
  std::optional<assign::dialect::Program> dialect;  ///< how that vendor assigns; needs no layer
  std::string source_key;                           ///< its name there; empty: none
  std::string salt;                                 ///< 23 characters, made by the server
  std::uint32_t coverage = 1'000'000;               ///< slots of the layer that enter
  std::optional<assign::Condition> when;
  bool enrolling = true;                            ///< false: only units that met a variant have one
  std::optional<assign::StickyDocument> sticky;     ///< units keep what they met; nothing: changes may move them
  std::vector<assign::OverrideDocument> overrides;  ///< who looks at which variant; never analysed
  std::vector<Variant> variants;
  ExperimentState state = ExperimentState::draft;
  std::vector<Phase> phases;
  assign::ExposureDocument exposure;  ///< who tells that a unit met its variant
  Expectations expects;
  Plan plan;
  Schedule schedule;
};

[[nodiscard]] std::string_view name_of(ExperimentState state) noexcept;

}  // namespace touchstone::storage
