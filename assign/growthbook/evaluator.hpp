#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "assign/growthbook/sticky.hpp"
#include "assign/json.hpp"

namespace touchstone::assign::growthbook {

/// What a GrowthBook SDK knows when it is asked. Features, experiments and overrides are as GrowthBook writes them.
struct Context {
  Json attributes;
  Json features;
  Json saved_groups;
  Json forced_variations;  ///< by experiment
  Json forced_features;    ///< by feature
  Json overrides;          ///< members of experiments, by experiment
  std::string url;
  bool enabled = true;
  bool qa_mode = false;
  std::optional<StickyDocuments> sticky;  ///< nothing: the SDK keeps no buckets and knows no fallback attributes
};

struct ExperimentResult {
  std::string feature;
  bool in_experiment = false;
  bool hash_used = false;
  std::size_t variation = 0;
  std::string key;
  std::string name;
  Json value;
  std::string hash_attribute;
  Json hash_value;
  std::optional<double> bucket;
  bool sticky_bucket_used = false;
  bool passthrough = false;
};

/// Where a feature's value comes from, as GrowthBook names it.
enum class Source : std::uint8_t {
  unknown_feature,
  default_value,
  force,
  override_value,
  experiment,
  prerequisite,
  cyclic_prerequisite,
};
[[nodiscard]] std::string_view name_of(Source source) noexcept;

struct FeatureResult {
  Json value;
  Source source = Source::default_value;
  std::string rule;
  std::optional<Json> experiment;
  std::optional<ExperimentResult> result;
};

/// Evaluates features and experiments as GrowthBook's own SDKs do (specification 0.7.1, JavaScript's reading of text):
/// the yardstick that an import is held against, and what answers SDKs that let the server evaluate. Reads the
/// configuration as it is at every call; nothing here is for a hot path.
class Evaluator {
 public:
  /// The context must outlive the evaluator; sticky buckets are added to it.
  explicit Evaluator(Context& context) : context_(&context) {}

  [[nodiscard]] FeatureResult feature(const std::string& key);
  [[nodiscard]] ExperimentResult run(const Json& experiment, const std::string& feature = "");

 private:
  struct Hashed {
    std::string attribute;
    Json value;

    [[nodiscard]] bool given() const;
  };
  struct Choice;
  enum class Gate : std::uint8_t { open, skipped, closed, cyclic };

  std::optional<FeatureResult> rule(const std::string& key, const Json& rule);
  std::optional<FeatureResult> forced_rule(const std::string& key, const Json& rule) const;
  std::optional<FeatureResult> experiment_rule(const std::string& key, const Json& rule);
  Gate prerequisites(const Json& parents);
  ExperimentResult run_merged(const Json& experiment, const std::string& feature);
  [[nodiscard]] Choice before_hashing(const Json& experiment) const;
  bool excluded(const Json& experiment, const Hashed& hashed);
  [[nodiscard]] bool in_rollout(const std::string& key, const Json& rule) const;
  [[nodiscard]] bool filtered_out(const Json& filters) const;
  [[nodiscard]] bool condition_holds(const Json& holder) const;
  [[nodiscard]] Hashed hashed(const Json* attribute, const Json* fallback) const;
  [[nodiscard]] Hashed hashed(const Json& experiment) const;
  [[nodiscard]] bool keeps_buckets(const Json& experiment) const;
  [[nodiscard]] StickyBucket bucket_of(const Json& experiment) const;
  [[nodiscard]] ExperimentResult result(const Json& experiment, const std::string& feature, const Choice& choice) const;

  Context* context_;
  std::set<std::string> asked_;  ///< features above the one being evaluated
};

}  // namespace touchstone::assign::growthbook
