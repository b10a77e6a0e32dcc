#include "service/judge/attribution.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <tuple>

#include "storage/attribute.hpp"

namespace touchstone::judge {
namespace {

Question::Expected expected(const std::string& attribute, const auto& values,
                            const std::vector<storage::Variant>& variants) {
  Question::Expected compiled{attribute, std::vector<std::string>(variants.size())};
  for (std::size_t v = 0; v < variants.size(); ++v)
    if (const auto value = values.find(variants[v].key); value != values.end()) compiled.values[v] = value->second;
  return compiled;
}

/// The start of the first phase under the version that the last one has.
Time kept_from(const storage::Experiment& experiment) {
  if (experiment.phases.empty()) return {};
  const auto version = experiment.phases.back().sticky_version;
  return std::ranges::find(experiment.phases, version, &storage::Phase::sticky_version)->started_at;
}

bool defined(const storage::Experiment& experiment, std::span<const storage::Metric> metrics) {
  return std::ranges::equal(experiment.plan.metrics, metrics, {}, &storage::PlanMetric::metric, &storage::Metric::key);
}

/// An exposure that belongs to the run.
struct Placed {
  const Exposure* exposure;
  std::uint32_t variant;
  std::uint32_t phase;
};

std::optional<std::uint32_t> variant_of(const Question& question, NameNumber variant) {
  const auto at = std::ranges::find(question.variants, variant);
  if (at == question.variants.end()) return std::nullopt;
  return static_cast<std::uint32_t>(at - question.variants.begin());
}

std::optional<std::uint32_t> phase_at(const Question& question, Time te) {
  const auto at = std::ranges::find_if(question.phases, [te](const auto& p) { return p.begin <= te && te < p.end; });
  if (at == question.phases.end()) return std::nullopt;
  return static_cast<std::uint32_t>(at - question.phases.begin());
}

std::optional<Placed> place(const Question& question, const Exposure& exposure) {
  if (exposure.unit_type != question.unit_type && exposure.unit_type != question.fallback_unit_type)
    return std::nullopt;
  const auto variant = variant_of(question, exposure.variant);
  const auto phase = phase_at(question, exposure.te);
  if (!variant || !phase) return std::nullopt;
  return Placed{&exposure, *variant, *phase};
}

bool contradicts(const Question& question, const Names& names, const Placed& placed) {
  const std::string_view attributes = names.text(placed.exposure->attributes);
  return std::ranges::any_of(question.expects, [&](const Question::Expected& expectation) {
    const std::string& wanted = expectation.values[placed.variant];
    if (wanted.empty()) return false;
    const auto carried = storage::attribute(attributes, expectation.attribute);
    return carried && *carried != wanted;
  });
}

bool earlier(const Exposure& a, const Exposure& b, const Names& names) {
  if (a.te != b.te) return a.te < b.te;
  // A twin of time and id differs in its variant at most, whose text then decides.
  return std::tuple(a.id.text(), names.text(a.variant)) < std::tuple(b.id.text(), names.text(b.variant));
}

/// The smallest of what was met, as it comes in any order.
struct First {
  const Exposure* exposure = nullptr;

  /// True where `next` is the smallest so far.
  bool take(const Exposure& next, const Names& names) {
    if (exposure != nullptr && !earlier(next, *exposure, names)) return false;
    exposure = &next;
    return true;
  }
};

void take(Participation& part, const Placed& placed, First& first, const Names& names) {
  ++part.exposures;
  part.crossed |= first.exposure != nullptr && placed.variant != part.variant;
  if (!first.take(*placed.exposure, names)) return;
  part.exposed_at = placed.exposure->te;
  part.variant = placed.variant;
  part.phase = placed.phase;
  part.attributes = placed.exposure->attributes;
}

Participation participation(const Question& question, const Names& names, const Timeline& timeline, First& first) {
  Participation part;
  First kept;
  for (const Exposure& exposure : timeline.exposures) {
    if (exposure.experiment != question.experiment) continue;
    const auto placed = place(question, exposure);
    if (!placed) {
      ++part.unattributed;
      continue;
    }
    part.contradictions += contradicts(question, names, *placed) ? 1U : 0U;
    take(part, *placed, first, names);
    if (exposure.te >= question.kept_from && kept.take(exposure, names))
      part.kept = static_cast<std::uint16_t>(placed->variant);
  }
  return part;
}

}  // namespace

Question question(const storage::Experiment& experiment, std::span<const storage::Metric> metrics, Names& names) {
  if (!defined(experiment, metrics)) throw std::invalid_argument("the metrics are not those of the plan");
  Question asked;
  asked.experiment = names.number(experiment.key);
  asked.unit_type = names.number(experiment.unit_type);
  asked.fallback_unit_type = names.number(experiment.fallback_unit_type.value_or(experiment.unit_type));
  for (const storage::Variant& variant : experiment.variants) asked.variants.push_back(names.number(variant.key));
  for (const storage::Phase& phase : experiment.phases)
    asked.phases.push_back({phase.started_at, phase.ended_at.value_or(Time::max())});
  asked.kept_from = kept_from(experiment);
  for (const auto& [attribute, values] : experiment.expects)
    asked.expects.push_back(expected(attribute, values, experiment.variants));
  for (const storage::Metric& metric : metrics) {
    asked.measures.push_back(measure(metric, names));
    if (sorting(experiment.plan) == Sorting::by_level) asked.measures.back().level_top = level_top(metric);
  }
  return asked;
}

namespace {

std::optional<Amount> second_amount(const Measure& measure, const Names& names, Time exposed_at,
                                    const Timeline& timeline) {
  if (measure.kind == storage::MetricKind::ratio) return denominator(measure, names, exposed_at, timeline);
  if (measure.covariate) return covariate(measure, names, exposed_at, timeline);
  return std::nullopt;
}

/// Two amounts of a unit are there as a whole or not at all.
void add_second_amounts(const Question& question, const Names& names, const Timeline& timeline, UnitRecord& record) {
  for (std::size_t m = 0; m < question.measures.size(); ++m) {
    std::optional<Amount> second = second_amount(question.measures[m], names, record.part.exposed_at, timeline);
    if (!second) continue;
    Amount& first = record.amounts[m];
    if (question.measures[m].covariate) first.bin = second->bin;
    if (first.state != AmountState::present) second = first;
    if (second->state != AmountState::present) first = *second;
    record.amounts.push_back(*second);
  }
}

}  // namespace

UnitRecord attribute_unit(const Question& question, const Names& names, const Timeline& timeline) {
  First first;
  UnitRecord record{participation(question, names, timeline, first), {}, {}};
  if (record.part.exposures == 0) return record;
  record.first = first.exposure->id;
  record.amounts.reserve(question.measures.size());
  for (const Measure& measure : question.measures)
    record.amounts.push_back(amount(measure, names, record.part.exposed_at, timeline));
  add_second_amounts(question, names, timeline, record);
  for (const Measure& measure : question.measures)
    if (measure.kind == storage::MetricKind::quantile)
      record.events.push_back(event_amounts(measure, names, record.part.exposed_at, timeline));
  return record;
}

namespace {

/// An exposure after the first one. False where it is not.
bool take_further(const Question& question, const Names& names, const Placed& placed, UnitRecord& record) {
  Participation& part = record.part;
  if (part.exposures == 0) return false;
  Exposure first;
  first.te = part.exposed_at;
  first.id = record.first;
  first.variant = question.variants[part.variant];
  if (earlier(*placed.exposure, first, names)) return false;
  if (part.exposed_at < question.kept_from && placed.exposure->te >= question.kept_from) return false;
  ++part.exposures;
  part.contradictions += contradicts(question, names, placed) ? 1U : 0U;
  part.crossed |= placed.variant != part.variant;
  return true;
}

bool follow_exposures(const Question& question, const Names& names, const Timeline& news, UnitRecord& record) {
  for (const Exposure& exposure : news.exposures) {
    if (exposure.experiment != question.experiment) continue;
    if (const auto placed = place(question, exposure); !placed) {
      ++record.part.unattributed;
    } else if (!take_further(question, names, *placed, record)) {
      return false;
    }
  }
  return true;
}

bool follow_amounts(const Question& question, const Names& names, const Timeline& news, UnitRecord& record) {
  std::size_t second = question.measures.size();
  for (std::size_t m = 0; m < question.measures.size(); ++m) {
    const Measure& measure = question.measures[m];
    const bool two = measure.kind == storage::MetricKind::ratio || measure.covariate;
    Amount* const other = two ? &record.amounts[second++] : nullptr;
    if (!follow(measure, names, record.part.exposed_at, news, record.amounts[m], other)) return false;
  }
  return true;
}

}  // namespace

bool follow(const Question& question, const Names& names, const Timeline& news, UnitRecord& record) {
  if (!follow_exposures(question, names, news, record)) return false;
  return record.part.exposures == 0 || news.occurrences.empty() || follow_amounts(question, names, news, record);
}

}  // namespace touchstone::judge
