#include "service/judge/analyse.hpp"

#include <utility>

#include "service/judge/case.hpp"
#include "service/judge/checks.hpp"
#include "service/judge/comparison.hpp"
#include "service/judge/conclusion.hpp"
#include "service/judge/definition.hpp"
#include "service/judge/remaining.hpp"
#include "service/judge/segments.hpp"
#include "service/judge/trust.hpp"

namespace touchstone::judge {
namespace {

std::vector<PlannedVariant> variants(const storage::Experiment& experiment) {
  std::vector<PlannedVariant> planned;
  for (std::size_t v = 0; v < experiment.variants.size(); ++v) {
    const storage::Variant& variant = experiment.variants[v];
    const std::uint32_t weight = experiment.phases.empty() ? variant.weight : experiment.phases.back().weights[v];
    planned.push_back({variant.key, weight, variant.control});
  }
  return planned;
}

PlannedMetric planned(const storage::PlanMetric& part, const storage::Metric& metric) {
  Definition defined = definition(metric);
  PlannedMetric planned{metric.key, metric.version, metric.kind, part.role, metric.direction, metric.unit, part.margin};
  planned.score = metric.score;
  planned.covariate = metric.covariate;
  planned.quantile = metric.quantile;
  planned.words = std::move(defined.words);
  planned.formula = std::move(defined.formula);
  if (metric.kind != storage::MetricKind::funnel) return planned;
  planned.steps.push_back(metric.event);
  for (const storage::MetricEvent& step : metric.others) planned.steps.push_back(step.event);
  return planned;
}

JudgedPlan judged(const Case& of) {
  const storage::Plan& plan = of.plan();
  JudgedPlan judged{
      plan.frozen_at,          plan.alpha, plan.method, plan.horizon, plan.crossover, plan.smallest_effect, plan.tick,
      variants(of.experiment), {}};
  judged.corrections = plan.corrections;
  judged.segments = plan.segments;
  for (std::size_t m = 0; m < of.metrics.size(); ++m) judged.metrics.push_back(planned(plan.metrics[m], of.metrics[m]));
  return judged;
}

std::uint64_t count(std::int64_t units) { return static_cast<std::uint64_t>(units); }

VariantCount counted(const Case& of, std::size_t variant) {
  return {of.experiment.variants[variant].key, count(of.total(&Cell::units, variant)),
          count(of.total(&Cell::crossover, variant)), count(of.total(&Cell::analysed, variant))};
}

Counts counts(const Case& of) {
  Counts counts;
  counts.units = count(of.total(&Cell::units));
  counts.exposures = count(of.cells.exposures);
  counts.repeated_exposures = counts.exposures - counts.units;
  counts.crossover_units = count(of.total(&Cell::crossover));
  counts.contradictions = count(of.cells.contradictions);
  counts.unattributed = count(of.cells.unattributed);
  for (std::size_t v = 0; v < of.experiment.variants.size(); ++v) counts.variants.push_back(counted(of, v));
  return counts;
}

}  // namespace

Report report(const storage::Experiment& experiment, std::span<const storage::Metric> metrics, const Cells& cells,
              const Facts& facts, const Asked& asked) {
  const Case of{experiment, metrics, cells, facts, asked};
  const auto tell = [&asked](const Stage& stage) {
    if (asked.tell) asked.tell(stage);
  };
  Report report;
  tell({"check"});
  report.checks = checks(of);
  std::vector<Comparison> found = comparisons(of);
  tell({"decide"});
  for (Comparison& made : found) made.row.conclusion = stats::name(conclusion(of, made));
  report.experiment = experiment.key;
  report.as_of = asked.as_of;
  report.until = asked.until;
  report.data_until = facts.last_te;
  report.config_version = asked.config_version;
  report.plan = judged(of);
  report.trust = trust(of);
  SegmentResults segments = segment_results(of);
  report.verdict = conclude(of, found, segments.findings, report.checks);
  report.segments = std::move(segments.slices);
  report.counts = counts(of);
  report.remaining = remaining(of, found);
  report.ledger.unattributed = report.counts.unattributed;
  for (Comparison& made : found) report.results.push_back(std::move(made.row));
  return report;
}

}  // namespace touchstone::judge
