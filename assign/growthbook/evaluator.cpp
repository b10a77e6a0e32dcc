#include "assign/growthbook/evaluator.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "assign/growthbook/bucketing.hpp"
#include "assign/growthbook/condition.hpp"
#include "assign/growthbook/javascript.hpp"
#include "assign/growthbook/url.hpp"

namespace touchstone::assign::growthbook {
namespace {

using dialect::Encoding;

bool truthy(const Json* value) { return value != nullptr && to_flag(*value); }

const Json* given(const Json& holder, std::string_view name) {
  const auto* member = holder.member(name);
  return member == nullptr || member->is_null() ? nullptr : member;
}

std::optional<double> number(const Json& holder, std::string_view name) {
  const auto* member = given(holder, name);
  return member == nullptr || member->number() == nullptr ? std::nullopt : std::optional(*member->number());
}

std::string text(const Json& holder, std::string_view name, const std::string& otherwise = "") {
  const auto* member = given(holder, name);
  return member == nullptr || member->text() == nullptr ? otherwise : *member->text();
}

const Json::Array& list(const Json* value) {
  static const Json::Array none;
  return value == nullptr || value->array() == nullptr ? none : *value->array();
}

const Json::Array& list(const Json& holder, std::string_view name) { return list(holder.member(name)); }

std::optional<Range> range_in(const Json& value) {
  const auto& ends = list(&value);
  if (ends.size() != 2) return std::nullopt;
  return Range{to_number(ends[0]), to_number(ends[1])};
}

std::vector<Range> ranges_in(const Json::Array& values) {
  std::vector<Range> ranges;
  for (const auto& value : values) ranges.push_back(range_in(value).value_or(Range{}));
  return ranges;
}

std::optional<double> hash(const std::string& seed, const Json& value, double version) {
  const auto draw = draw_of(static_cast<std::int64_t>(version), seed, Encoding::utf16);
  return draw ? std::optional(dialect::number_of(*draw, to_text(value))) : std::nullopt;
}

bool inside(const Json& space, const Json& value) {
  const auto& parts = list(&space);
  if (parts.size() != 3 || parts[0].text() == nullptr) return false;
  return in_namespace(to_text(value), *parts[0].text(), {to_number(parts[1]), to_number(parts[2])});
}

std::vector<Range> ranges_of(const Json& experiment) {
  if (given(experiment, "ranges") != nullptr) return ranges_in(list(experiment, "ranges"));
  std::vector<double> weights;
  for (const auto& weight : list(experiment, "weights")) weights.push_back(to_number(weight));
  return bucket_ranges(static_cast<std::int64_t>(list(experiment, "variations").size()),
                       number(experiment, "coverage").value_or(1), std::move(weights));
}

/// The experiment that a feature's rule describes.
Json experiment_of(const std::string& feature, const Json& rule) {
  constexpr std::array<std::string_view, 17> carried = {"variations",
                                                        "coverage",
                                                        "weights",
                                                        "hashAttribute",
                                                        "fallbackAttribute",
                                                        "disableStickyBucketing",
                                                        "bucketVersion",
                                                        "minBucketVersion",
                                                        "namespace",
                                                        "meta",
                                                        "ranges",
                                                        "name",
                                                        "phase",
                                                        "seed",
                                                        "hashVersion",
                                                        "filters",
                                                        "condition"};
  Json::Object experiment;
  experiment.emplace("key", Json{text(rule, "key", feature)});
  for (const auto name : carried)
    if (const auto* member = given(rule, name)) experiment.emplace(std::string(name), *member);
  return {std::move(experiment)};
}

Json with_overrides(const Json& experiment, const Json& overrides) {
  const auto* own = overrides.member(text(experiment, "key"));
  if (own == nullptr || own->object() == nullptr || experiment.object() == nullptr) return experiment;
  Json merged = experiment;
  for (const auto& [name, value] : *own->object()) std::get<Json::Object>(merged.value).insert_or_assign(name, value);
  return merged;
}

std::optional<std::size_t> variation_named(const Json& experiment, std::string_view key) {
  const auto& meta = list(experiment, "meta");
  for (std::size_t i = 0; i < meta.size(); ++i)
    if (given(meta[i], "key") != nullptr && text(meta[i], "key") == key) return i;
  return std::nullopt;
}

FeatureResult answer(Json value, Source source, std::string rule = "") {
  return {std::move(value), source, std::move(rule), {}, {}};
}

bool stops_a_forced(const Json& experiment) {
  const auto* active = given(experiment, "active");
  const bool inactive = active != nullptr && active->flag() != nullptr && !*active->flag();
  return inactive || text(experiment, "status") == "draft";
}

}  // namespace

std::string_view name_of(Source source) noexcept {
  constexpr std::array<std::string_view, 7> names = {
      "unknownFeature", "defaultValue", "force", "override", "experiment", "prerequisite", "cyclicPrerequisite"};
  return names[static_cast<std::size_t>(source)];
}

/// A variation and how it was found; settled where nothing later may change it.
struct Evaluator::Choice {
  std::optional<std::int64_t> variation;
  bool settled = false;
  bool hash_used = false;
  std::optional<double> bucket;
  bool sticky = false;

  static Choice none() { return {std::nullopt, true, false, std::nullopt, false}; }
  static Choice forced(std::int64_t variation) { return {variation, true, false, std::nullopt, false}; }
};

bool Evaluator::Hashed::given() const { return to_flag(value); }

FeatureResult Evaluator::feature(const std::string& key) {
  if (asked_.contains(key)) return answer({}, Source::cyclic_prerequisite);
  if (const auto* forced = context_->forced_features.member(key)) return answer(*forced, Source::override_value);
  const auto* feature = context_->features.member(key);
  if (feature == nullptr) return answer({}, Source::unknown_feature);
  asked_.insert(key);
  std::optional<FeatureResult> decided;
  for (const auto& one : list(*feature, "rules")) {
    decided = rule(key, one);
    if (decided) break;
  }
  asked_.erase(key);
  if (decided) return *std::move(decided);
  const auto* otherwise = feature->member("defaultValue");
  return answer(otherwise == nullptr ? Json{} : *otherwise, Source::default_value);
}

std::optional<FeatureResult> Evaluator::rule(const std::string& key, const Json& rule) {
  switch (prerequisites(rule)) {
    case Gate::cyclic:
      return answer({}, Source::cyclic_prerequisite);
    case Gate::closed:
      return answer({}, Source::prerequisite);
    case Gate::skipped:
      return std::nullopt;
    case Gate::open:
      break;
  }
  if (const auto* filters = given(rule, "filters"); filters != nullptr && filtered_out(*filters)) return std::nullopt;
  if (rule.member("force") != nullptr) return forced_rule(key, rule);
  return experiment_rule(key, rule);
}

std::optional<FeatureResult> Evaluator::forced_rule(const std::string& key, const Json& rule) const {
  if (!condition_holds(rule) || !in_rollout(key, rule)) return std::nullopt;
  return answer(*rule.member("force"), Source::force, text(rule, "id"));
}

std::optional<FeatureResult> Evaluator::experiment_rule(const std::string& key, const Json& rule) {
  if (given(rule, "variations") == nullptr) return std::nullopt;
  auto experiment = experiment_of(key, rule);
  auto outcome = run(experiment, key);
  if (!outcome.in_experiment || outcome.passthrough) return std::nullopt;
  auto decided = answer(outcome.value, Source::experiment, text(rule, "id"));
  decided.experiment = std::move(experiment);
  decided.result = std::move(outcome);
  return decided;
}

Evaluator::Gate Evaluator::prerequisites(const Json& holder) {
  for (const auto& parent : list(holder, "parentConditions")) {
    const auto met = feature(text(parent, "id"));
    if (met.source == Source::cyclic_prerequisite) return Gate::cyclic;
    Json::Object subject;
    subject.emplace("value", met.value);
    const auto* condition = given(parent, "condition");
    const bool holds = condition == nullptr || Condition(*condition).holds({std::move(subject)}, {});
    if (!holds) return truthy(parent.member("gate")) ? Gate::closed : Gate::skipped;
  }
  return Gate::open;
}

bool Evaluator::in_rollout(const std::string& key, const Json& rule) const {
  const auto* range = given(rule, "range");
  const auto coverage = number(rule, "coverage");
  if (range == nullptr && !coverage) return true;
  if (range == nullptr && *coverage == 0) return false;
  const auto who = hashed(rule);
  if (!who.given()) return false;
  const auto n = hash(text(rule, "seed", key), who.value, number(rule, "hashVersion").value_or(1));
  if (!n) return false;
  if (range == nullptr) return *n <= *coverage;
  const auto part = range_in(*range);
  return part && choose_variation(*n, {&*part, 1}).has_value();
}

bool Evaluator::filtered_out(const Json& filters) const {
  const auto& all = list(&filters);
  return std::any_of(all.begin(), all.end(), [&](const Json& filter) {
    const auto who = hashed(filter.member("attribute"), nullptr);
    if (!who.given()) return true;
    const auto n = hash(text(filter, "seed"), who.value, number(filter, "hashVersion").value_or(2));
    return !n || !choose_variation(*n, ranges_in(list(filter, "ranges")));
  });
}

bool Evaluator::condition_holds(const Json& holder) const {
  const auto* condition = given(holder, "condition");
  return condition == nullptr || Condition(*condition).holds(context_->attributes, context_->saved_groups);
}

Evaluator::Hashed Evaluator::hashed(const Json* attribute, const Json* fallback) const {
  const auto of = [&](const std::string& name) {
    const auto* value = context_->attributes.member(name);
    return Hashed{name, value == nullptr ? Json{} : *value};
  };
  auto who = of(attribute != nullptr && attribute->text() != nullptr ? *attribute->text() : "id");
  if (who.given() || fallback == nullptr || fallback->text() == nullptr) return who;
  auto second = of(*fallback->text());
  return second.given() ? second : who;
}

Evaluator::Hashed Evaluator::hashed(const Json& experiment) const {
  return hashed(experiment.member("hashAttribute"),
                keeps_buckets(experiment) ? experiment.member("fallbackAttribute") : nullptr);
}

bool Evaluator::keeps_buckets(const Json& experiment) const {
  return context_->sticky && !truthy(experiment.member("disableStickyBucketing"));
}

StickyBucket Evaluator::bucket_of(const Json& experiment) const {
  const auto document = [&](const Json* attribute) {
    const auto who = hashed(attribute, nullptr);
    return who.given() ? sticky_key(who.attribute, to_text(who.value)) : std::string();
  };
  const auto* fallback = given(experiment, "fallbackAttribute");
  return find_bucket(*context_->sticky, experiment, document(experiment.member("hashAttribute")),
                     fallback == nullptr ? std::string() : document(fallback));
}

ExperimentResult Evaluator::run(const Json& experiment, const std::string& feature) {
  return run_merged(with_overrides(experiment, context_->overrides), feature);
}

Evaluator::Choice Evaluator::before_hashing(const Json& experiment) const {
  const auto variations = static_cast<std::int64_t>(list(experiment, "variations").size());
  if (variations < 2 || !context_->enabled) return Choice::none();
  if (const auto* targets = given(experiment, "urlPatterns");
      targets != nullptr && !is_targeted(context_->url, *targets))
    return Choice::none();
  const auto key = text(experiment, "key");
  if (const auto forced = query_override(key, context_->url, variations)) return Choice::forced(*forced);
  if (const auto forced = number(context_->forced_variations, key))
    return Choice::forced(static_cast<std::int64_t>(*forced));
  return stops_a_forced(experiment) ? Choice::none() : Choice{};
}

/// Whether somebody without a bucket is kept out.
bool Evaluator::excluded(const Json& experiment, const Hashed& who) {
  if (const auto* filters = given(experiment, "filters")) {
    if (filtered_out(*filters)) return true;
  } else if (const auto* space = given(experiment, "namespace"); space != nullptr && !inside(*space, who.value)) {
    return true;
  }
  return !condition_holds(experiment) || prerequisites(experiment) != Gate::open;
}

ExperimentResult Evaluator::run_merged(const Json& experiment, const std::string& feature) {
  auto choice = before_hashing(experiment);
  if (choice.settled) return result(experiment, feature, choice);
  const auto who = hashed(experiment);
  if (!who.given()) return result(experiment, feature, Choice::none());

  const auto met = keeps_buckets(experiment) ? bucket_of(experiment) : StickyBucket{};
  const auto kept = met.variation.empty() ? std::nullopt : variation_named(experiment, met.variation);
  if (!kept && excluded(experiment, who)) return result(experiment, feature, Choice::none());
  const auto pattern = text(experiment, "url");
  if (!pattern.empty() && !url_matches(context_->url, pattern)) return result(experiment, feature, Choice::none());

  const auto seed = text(experiment, "seed", text(experiment, "key"));
  const auto n = hash(seed, who.value, number(experiment, "hashVersion").value_or(1));
  if (!n || met.blocked) {
    choice.sticky = met.blocked;
    return result(experiment, feature, choice);
  }
  const auto assigned = kept ? kept : choose_variation(*n, ranges_of(experiment));
  if (!assigned) return result(experiment, feature, Choice::none());
  if (experiment.member("force") != nullptr)
    return result(experiment, feature,
                  Choice::forced(static_cast<std::int64_t>(number(experiment, "force").value_or(-1))));
  if (context_->qa_mode || text(experiment, "status") == "stopped") return result(experiment, feature, Choice::none());

  choice = {static_cast<std::int64_t>(*assigned), true, true, n, kept.has_value()};
  auto outcome = result(experiment, feature, choice);
  if (keeps_buckets(experiment))
    keep_bucket(*context_->sticky, experiment, outcome.hash_attribute, to_text(outcome.hash_value), outcome.key);
  return outcome;
}

ExperimentResult Evaluator::result(const Json& experiment, const std::string& feature, const Choice& choice) const {
  const auto& variations = list(experiment, "variations");
  const auto asked = choice.variation.value_or(-1);
  ExperimentResult outcome;
  outcome.feature = feature;
  outcome.in_experiment = asked >= 0 && static_cast<std::size_t>(asked) < variations.size();
  outcome.variation = outcome.in_experiment ? static_cast<std::size_t>(asked) : 0;
  outcome.hash_used = choice.hash_used;
  outcome.bucket = choice.bucket;
  outcome.sticky_bucket_used = choice.sticky;
  if (!variations.empty()) outcome.value = variations[outcome.variation];
  auto who = hashed(experiment);
  outcome.hash_attribute = std::move(who.attribute);
  outcome.hash_value = who.value.is_null() ? Json{std::string()} : std::move(who.value);
  const auto& meta = list(experiment, "meta");
  const Json own = outcome.variation < meta.size() ? meta[outcome.variation] : Json{};
  outcome.key = text(own, "key", std::to_string(outcome.variation));
  outcome.name = text(own, "name");
  outcome.passthrough = truthy(own.member("passthrough"));
  return outcome;
}

}  // namespace touchstone::assign::growthbook
