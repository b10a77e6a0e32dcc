#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assign/decision.hpp"
#include "assign/document.hpp"
#include "assign/result.hpp"
#include "assign/subject.hpp"
#include "service/codec/json.hpp"
#include "service/codec/json_writer.hpp"

namespace touchstone::codec {

/// What GrowthBook's SDKs load, to evaluate by themselves.
struct GrowthbookPayload {
  std::string features;      ///< JSON object: the flags that they evaluate exactly as we do
  std::string saved_groups;  ///< JSON object: lists of ids, by segment
  std::string not_local;     ///< JSON array: the flags that they must ask for, by `feature`, and the `reason`
};

/// What SDKs remember of whom they gave what: nothing, or, in a StickyBucketService of theirs, the first variation.
enum class GrowthbookMemory : std::uint8_t { none, sticky_buckets };

/// For whoever may read rules. A flag is in `features` only where every rule of it can be said: values for all or under
/// a condition, and experiments of the scheme growthbook-2 that need no other memory of who met what than the SDK has.
[[nodiscard]] GrowthbookPayload growthbook_payload(const assign::SnapshotDocument& document, GrowthbookMemory memory);

/// For whoever may have results alone: the flags that give everybody the same value. All others are in `not_local`,
/// without a reason.
[[nodiscard]] GrowthbookPayload growthbook_payload_for_all(const assign::SnapshotDocument& document);

/// `{"status":200,"features":{...},"experiments":[],"savedGroups":{...},"dateUpdated":time,"touchstone":
/// {"config_version":n,"not_locally_evaluable":[...]}}`. With a key, `encryptedFeatures` and `encryptedSavedGroups`
/// hold what else stands in clear.
[[nodiscard]] std::string write_growthbook(const GrowthbookPayload& payload, std::int64_t config_version,
                                           assign::Instant published_at, std::string_view key = {});

/// What POST /api/eval asks: `{"attributes":{...},"forcedVariations":{experiment: number},"forcedFeatures":[...],
/// "url":text}`. Attributes that are neither flag, number, text nor list of texts count as missing, as do ids that are
/// no ids of ours; a number as an id is the text that JavaScript makes of it. Keep one reader per request.
class GrowthbookReader {
 public:
  struct Forced {
    std::string_view experiment;
    std::uint64_t variation = 0;
  };

  /// Views `body`.
  [[nodiscard]] Status read(std::string_view body);
  [[nodiscard]] assign::Attributes attributes() const noexcept { return attributes_; }
  [[nodiscard]] std::span<const Forced> forced() const noexcept { return forced_; }
  /// The ids that the attributes hold, for these types of units.
  [[nodiscard]] std::vector<assign::Unit> units(std::span<const std::string_view> types);

 private:
  Status read_attributes(JsonView value);
  void add(std::string_view key, JsonView value);
  void add_list(std::string_view key, JsonView value);

  JsonDocument document_;
  std::vector<assign::Attribute> attributes_;
  std::vector<Forced> forced_;
  std::vector<std::string_view> lists_;
  std::vector<std::string> ids_;
};

/// Writes what a subject sees as features that force it, with what the SDK is to track: `{"status":200,"features":
/// {flag:{"defaultValue":v}, flag:{"rules":[{"force":v,"tracks":[{"experiment":{"key"},"result":{...}}]}]}},...}`.
class GrowthbookEvaluation {
 public:
  explicit GrowthbookEvaluation(std::string& out);

  /// `variation`: the number of the decision's variant in its experiment. A decision without a value is left out: the
  /// default in the code then counts.
  void add(const assign::Decision& decision, std::uint32_t variation);
  void finish(std::int64_t config_version, assign::Instant published_at);

 private:
  void add_track(const assign::Decision& decision, std::uint32_t variation);

  JsonWriter out_;
};

}  // namespace touchstone::codec
