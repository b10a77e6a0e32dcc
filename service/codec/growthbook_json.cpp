#include "service/codec/growthbook_json.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "assign/growthbook/own_scheme.hpp"
#include "assign/pointer.hpp"
#include "sdk/wire/encrypt.hpp"
#include "service/codec/evaluate_json.hpp"
#include "service/codec/growthbook_condition.hpp"

namespace touchstone::codec {

namespace {

using assign::Condition;
using assign::ExperimentDocument;
using assign::FlagDocument;
using assign::SnapshotDocument;

Error unsayable(std::string what) { return {ErrorCode::invalid, std::move(what), "", ""}; }

double share(assign::Slot slot) { return static_cast<double>(slot) / assign::slot_count; }

template <class Ranges>
void write_ranges(JsonWriter& out, const Ranges& ranges) {
  out.begin_array();
  for (const auto& range : ranges) out.begin_array().number(share(range.begin)).number(share(range.end)).end_array();
  out.end_array();
}

/// What one experiment gives to one flag, as a rule.
class ExperimentRule {
 public:
  ExperimentRule(const SnapshotDocument& document, const std::string& key, std::string_view flag,
                 const FlagDocument& described, GrowthbookMemory memory)
      : document_(document),
        key_(key),
        experiment_(document.experiments.find(key)->second),
        flag_(flag),
        described_(described),
        memory_(memory) {}

  /// What an SDK without our memory, keys and prerequisites cannot know.
  [[nodiscard]] Status check() const {
    if (experiment_.scheme != "growthbook-2" || experiment_.dialect)
      return unsayable("an experiment of the scheme " + experiment_.scheme);
    if (!experiment_.enrolling) return unsayable("an experiment that takes nobody in");
    if (experiment_.fallback) return unsayable("an experiment with a second type of unit");
    return experiment_.sticky ? check_sticky(*experiment_.sticky) : ok();
  }

  [[nodiscard]] const ExperimentDocument& experiment() const noexcept { return experiment_; }

  /// What the variant gives to the flag; without a value of its own, its default.
  [[nodiscard]] const std::string& value_of(std::string_view variant) const {
    const auto given = std::ranges::find(experiment_.variants, variant, &assign::VariantDocument::key);
    const auto value = given->values.find(flag_);
    return value == given->values.end() ? described_.default_value : value->second;
  }

  /// Each range of the slot map is a variation; the layer is a filter.
  void write(JsonWriter& out) const {
    const auto& layer = document_.layers.find(experiment_.layer)->second;
    write_head(out);
    write_ranges(out.key("ranges"), variations());
    out.key("filters").begin_array().begin_object().key("seed").text(layer.salt);
    out.key("attribute").text(growthbook_attribute(experiment_.unit));
    write_ranges(out.key("hashVersion").integer(2).key("ranges"),
                 assign::growthbook::entered_slots(layer, experiment_));
    out.end_object().end_array();
  }

  /// The same for those alone who have a sticky bucket: a filter would hold of them too, and no range is anybody's.
  void write_for_kept(JsonWriter& out) const {
    write_head(out);
    write_ranges(out.key("ranges"), assign::SlotRanges(variations().size(), nobody));
  }

 private:
  /// A sticky bucket outlives conditions and coverage, and is given up where its version is another.
  [[nodiscard]] Status check_sticky(const assign::StickyDocument& sticky) const {
    if (memory_ == GrowthbookMemory::none) return unsayable("an experiment whose units keep their variant");
    if (sticky.leaves_with_condition) return unsayable("an experiment that units leave with its condition");
    if (!sticky.blocked.empty()) return unsayable("a variant that nobody keeps");
    return ok();
  }

  /// What SDKs remember of an experiment that keeps nothing must not count.
  void write_memory(JsonWriter& out) const {
    if (experiment_.sticky)
      out.key("bucketVersion").natural(experiment_.sticky->version);
    else
      out.key("disableStickyBucketing").boolean(true);
  }

  void write_head(JsonWriter& out) const {
    out.key("key").text(key_).key("name").text(key_).key("seed").text(experiment_.salt);
    out.key("hashAttribute").text(growthbook_attribute(experiment_.unit)).key("hashVersion").integer(2);
    out.key("phase").text(std::to_string(experiment_.phase));
    write_memory(out);
    out.key("variations").begin_array();
    for (const auto& range : variations()) out.raw(value_of(experiment_.variants[range.variant].key));
    out.end_array().key("meta").begin_array();
    for (const auto& range : variations())
      out.begin_object().key("key").text(experiment_.variants[range.variant].key).end_object();
    out.end_array();
  }

  /// An experiment of less than two variations is none to GrowthBook: nobody's slot lies in the ones added.
  [[nodiscard]] assign::SlotMap variations() const {
    auto ranges = experiment_.slots;
    while (ranges.size() < 2) ranges.push_back({nobody.begin, nobody.end, 0});
    return ranges;
  }

  static constexpr assign::SlotRange nobody{assign::slot_count, assign::slot_count};

  const SnapshotDocument& document_;
  const std::string& key_;
  const ExperimentDocument& experiment_;
  std::string_view flag_;
  const FlagDocument& described_;
  GrowthbookMemory memory_;
};

/// Writes one flag, or says why not.
class Feature {
 public:
  Feature(const SnapshotDocument& document, std::string_view key, const FlagDocument& flag,
          GrowthbookConditions& conditions, GrowthbookMemory memory = GrowthbookMemory::none)
      : document_(document), key_(key), flag_(flag), conditions_(conditions), memory_(memory) {}

  Result<std::string> write() {
    std::string text;
    JsonWriter out(text);
    out.begin_object();
    const auto& otherwise = flag_.enabled ? flag_.default_value : flag_.off;
    if (!otherwise.empty()) out.key("defaultValue").raw(otherwise);
    if (flag_.enabled && !flag_.rules.empty()) {
      out.key("rules").begin_array();
      for (const auto& rule : flag_.rules)
        if (auto said = write(out, rule); !said) return said.error();
      out.end_array();
    }
    out.end_object();
    return text;
  }

 private:
  Status write(JsonWriter& out, const assign::RuleDocument& rule) {
    if (const auto* give = std::get_if<assign::GiveDocument>(&rule.action))
      return write_force(out, {rule.when ? &*rule.when : nullptr, nullptr}, give->value);
    if (const auto* run = std::get_if<assign::RunDocument>(&rule.action)) return write_run(out, rule, *run);
    return unsayable("a rollout");
  }

  Status write_run(JsonWriter& out, const assign::RuleDocument& rule, const assign::RunDocument& run) {
    if (!document_.experiments.contains(run.experiment)) return unsayable("an experiment that is not there");
    const ExperimentRule experiment(document_, run.experiment, key_, flag_, memory_);
    if (auto sayable = experiment.check(); !sayable) return sayable;
    if (rule.when && experiment.experiment().sticky)
      return unsayable("a condition of the flag before an experiment whose units keep their variant");
    const Condition* const when = rule.when ? &*rule.when : nullptr;
    for (const auto& forced : experiment.experiment().overrides)
      if (auto said = write_force(out, {when, &forced.when}, experiment.value_of(forced.variant)); !said) return said;
    for (const auto& variant : experiment.experiment().variants)
      if (experiment.value_of(variant.key).empty()) return unsayable("a variant that leaves the value to the code");
    const auto& own = experiment.experiment().when;
    if (experiment.experiment().sticky) {
      experiment.write_for_kept(out.begin_object());
      out.end_object();
    }
    out.begin_object();
    if (auto said = write_condition(out, {when, own ? &*own : nullptr}); !said) return said;
    experiment.write(out);
    out.end_object();
    return ok();
  }

  using Conditions = std::array<const Condition*, 2>;  ///< all of them; null: none

  Status write_force(JsonWriter& out, const Conditions& when, const std::string& value) {
    if (value.empty()) return unsayable("a rule that leaves the value to the code");
    out.begin_object();
    if (auto said = write_condition(out, when); !said) return said;
    out.key("force").raw(value).end_object();
    return ok();
  }

  Status write_condition(JsonWriter& out, const Conditions& when) {
    std::vector<Condition> all;
    for (const auto* one : when)
      if (one != nullptr) all.push_back(*one);
    if (all.empty()) return ok();
    auto said = conditions_.say(all.size() == 1 ? all.front() : assign::all_of(std::move(all)));
    if (!said) return said.error();
    out.key("condition").raw(*said);
    return ok();
  }

  const SnapshotDocument& document_;
  std::string_view key_;
  const FlagDocument& flag_;
  GrowthbookConditions& conditions_;
  GrowthbookMemory memory_;
};

std::string write_groups(const assign::Segments& segments, const GrowthbookConditions& conditions) {
  std::string text;
  JsonWriter out(text);
  out.begin_object();
  for (const auto& key : conditions.groups()) {
    out.key(key).begin_array();
    for (const auto& id : std::get<assign::UnitList>(segments.find(key)->second).ids) out.text(id);
    out.end_array();
  }
  out.end_object();
  return text;
}

using Tell = std::function<Result<std::string>(std::string_view key, const FlagDocument&)>;

/// Each flag as `tell` writes it, or why it does not.
GrowthbookPayload payload_of(const SnapshotDocument& document, const Tell& tell) {
  GrowthbookPayload payload;
  JsonWriter features(payload.features);
  JsonWriter others(payload.not_local);
  features.begin_object();
  others.begin_array();
  for (const auto& [key, flag] : document.flags) {
    const auto told = tell(key, flag);
    if (told) {
      features.key(key).raw(*told);
      continue;
    }
    others.begin_object().key("feature").text(key);
    if (!told.error().message.empty()) others.key("reason").text(told.error().message);
    others.end_object();
  }
  features.end_object();
  others.end_array();
  payload.saved_groups = "{}";
  return payload;
}

void write_head(JsonWriter& out) { out.begin_object().key("status").integer(200); }

void write_tail(JsonWriter& out, std::int64_t config_version, assign::Instant published_at,
                std::string_view not_local) {
  out.key("experiments").begin_array().end_array();
  out.key("dateUpdated").text(assign::to_text(published_at));
  out.key("touchstone").begin_object().key("config_version").integer(config_version);
  out.key("not_locally_evaluable").raw(not_local).end_object().end_object();
}

}  // namespace

GrowthbookPayload growthbook_payload(const SnapshotDocument& document, GrowthbookMemory memory) {
  GrowthbookConditions conditions(document.segments);
  auto payload = payload_of(document, [&](std::string_view key, const FlagDocument& flag) {
    return Feature(document, key, flag, conditions, memory).write();
  });
  payload.saved_groups = write_groups(document.segments, conditions);
  return payload;
}

GrowthbookPayload growthbook_payload_for_all(const SnapshotDocument& document) {
  GrowthbookConditions conditions(document.segments);
  return payload_of(document, [&](std::string_view key, const FlagDocument& flag) -> Result<std::string> {
    if (flag.enabled && !flag.rules.empty()) return unsayable("");
    return Feature(document, key, flag, conditions).write();
  });
}

std::string write_growthbook(const GrowthbookPayload& payload, std::int64_t config_version,
                             assign::Instant published_at, std::string_view key) {
  std::string text;
  JsonWriter out(text);
  write_head(out);
  out.key("features").raw(key.empty() ? payload.features : "{}");
  if (key.empty()) {
    out.key("savedGroups").raw(payload.saved_groups);
  } else {
    out.key("encryptedFeatures").text(wire::encrypt_growthbook(payload.features, key));
    out.key("encryptedSavedGroups").text(wire::encrypt_growthbook(payload.saved_groups, key));
  }
  write_tail(out, config_version, published_at, payload.not_local);
  return text;
}

Status GrowthbookReader::read(std::string_view body) {
  if (auto read = document_.read(body); !read) return read;
  const auto root = document_.root();
  if (!root.is(JsonKind::object))
    return Error{ErrorCode::invalid, "a request for evaluation is an object", "", R"(send {"attributes": {...}})"};
  if (const auto forced = root.find("forcedVariations"))
    for (const auto& [experiment, variation] : forced->members())
      if (const auto number = variation.natural()) forced_.push_back({experiment, *number});
  const auto attributes = root.find("attributes");
  return attributes ? read_attributes(*attributes) : ok();
}

Status GrowthbookReader::read_attributes(JsonView value) {
  if (!value.is(JsonKind::object))
    return Error{ErrorCode::invalid, "\"attributes\" must be an object", "/attributes", R"(send {"id": "u1"})"};
  if (value.size() > EvaluateLimits::attributes)
    return Error{ErrorCode::too_large, "too many attributes", "/attributes",
                 "send at most " + std::to_string(EvaluateLimits::attributes)};
  std::size_t elements = 0;
  for (const auto& [key, member] : value.members()) elements += member.size();
  lists_.reserve(elements);  // the spans into it stay
  for (const auto& [key, member] : value.members()) add(key, member);
  return ok();
}

void GrowthbookReader::add(std::string_view key, JsonView value) {
  if (const auto flag = value.boolean()) attributes_.push_back({key, *flag});
  if (const auto text = value.text()) attributes_.push_back({key, *text});
  if (value.is_number()) attributes_.push_back({key, *value.number()});
  if (value.is(JsonKind::array)) add_list(key, value);
}

void GrowthbookReader::add_list(std::string_view key, JsonView value) {
  const auto begin = lists_.size();
  for (const auto& element : value.elements()) {
    const auto text = element.text();
    if (!text) return lists_.resize(begin);
    lists_.push_back(*text);
  }
  attributes_.push_back({key, std::span<const std::string_view>(lists_).subspan(begin)});
}

std::vector<assign::Unit> GrowthbookReader::units(std::span<const std::string_view> types) {
  std::vector<assign::Unit> all;
  ids_.reserve(types.size());
  for (const auto type : types) {
    const auto* value = assign::find(attributes_, growthbook_attribute(type));
    if (value == nullptr) continue;
    auto& id = ids_.emplace_back();
    if (const auto* text = std::get_if<std::string_view>(value)) id = *text;
    if (const auto* number = std::get_if<double>(value)) append_number(id, *number);
    if (assign::valid_unit_id(id)) all.push_back({type, id});
  }
  return all;
}

GrowthbookEvaluation::GrowthbookEvaluation(std::string& out) : out_(out) {
  write_head(out_);
  out_.key("features").begin_object();
}

void GrowthbookEvaluation::add(const assign::Decision& decision, std::uint32_t variation) {
  if (decision.value.empty()) return;
  out_.key(decision.flag).begin_object();
  if (!decision.exposure || decision.exposure->by == assign::ExposedBy::event) {
    out_.key("defaultValue").raw(decision.value).end_object();
    return;
  }
  out_.key("rules").begin_array().begin_object().key("force").raw(decision.value).key("tracks").begin_array();
  add_track(decision, variation);
  out_.end_array().end_object().end_array().end_object();
}

void GrowthbookEvaluation::add_track(const assign::Decision& decision, std::uint32_t variation) {
  const auto& exposure = *decision.exposure;
  out_.begin_object().key("experiment").begin_object().key("key").text(exposure.experiment).end_object();
  out_.key("result").begin_object().key("key").text(exposure.variant).key("variationId").natural(variation);
  out_.key("inExperiment").boolean(true).key("hashUsed").boolean(true);
  out_.key("hashAttribute").text(growthbook_attribute(exposure.unit.type)).key("hashValue").text(exposure.unit.id);
  out_.key("stickyBucketUsed").boolean(decision.cause == assign::Cause::sticky);
  out_.key("featureId").text(decision.flag).key("value").raw(decision.value).end_object().end_object();
}

void GrowthbookEvaluation::finish(std::int64_t config_version, assign::Instant published_at) {
  out_.end_object();
  write_tail(out_, config_version, published_at, "[]");
}

}  // namespace touchstone::codec
