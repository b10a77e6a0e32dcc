#include "service/judge/segments.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "service/judge/comparison.hpp"
#include "service/judge/conclusion.hpp"
#include "service/judge/figure.hpp"
#include "stats/fixed/heterogeneity.hpp"

namespace touchstone::judge {
namespace {

using Found = std::vector<Comparison>;

/// The plan of one segment. One look is taken when all units of the experiment have come, however many of them are its.
storage::Experiment shared_out(const Case& of) {
  storage::Experiment experiment = of.experiment;
  storage::Plan& plan = experiment.plan;
  plan.alpha /= static_cast<double>(plan.segments.size());
  const bool one_look = plan.method.id == "fixed-horizon";
  if (one_look && plan.horizon.units && of.total(&Cell::units) >= static_cast<std::int64_t>(*plan.horizon.units))
    plan.horizon.units.reset();
  return experiment;
}

/// With their conclusions.
Found judged(const Case& segment) {
  Found found = comparisons(segment);
  std::erase_if(found, [&](const Comparison& made) { return ranks_records(segment.metrics[made.metric]); });
  for (Comparison& made : found) made.row.conclusion = stats::name(conclusion(segment, made));
  return found;
}

using Part = stats::Estimate stats::Effect::*;

bool all_have(const std::vector<Found>& segments, std::size_t row, Part part) {
  return std::ranges::all_of(segments, [&](const Found& found) {
    const stats::Estimate& estimate = found[row].fixed.*part;
    return estimate.status == stats::Status::ok && estimate.se > 0;
  });
}

void shrink(std::vector<Found>& segments, std::size_t row) {
  const Part part =
      all_have(segments, row, &stats::Effect::relative) ? &stats::Effect::relative : &stats::Effect::absolute;
  if (!all_have(segments, row, part)) return;
  std::vector<stats::SegmentEffect> effects;
  for (const Found& found : segments)
    effects.push_back({(found[row].fixed.*part).estimate, (found[row].fixed.*part).se});
  const stats::Heterogeneity pooled = stats::heterogeneity(effects);
  if (pooled.status != stats::Status::ok) return;
  for (std::size_t i = 0; i < segments.size(); ++i) segments[i][row].row.shrunk = figure(pooled.shrunk[i]);
}

void tell(Found& found, const Case& segment, const std::string& name, SegmentResults& results) {
  Slice& slice = results.slices.emplace_back(name);
  for (Comparison& made : found) {
    if (made.row.role == storage::MetricRole::goal)
      results.findings.push_back({made.row.metric, made.row.variant, name, conclusion(segment, made)});
    slice.results.push_back(std::move(made.row));
  }
}

}  // namespace

SegmentResults segment_results(const Case& of) {
  SegmentResults results;
  const auto& planned = of.plan().segments;
  if (planned.empty() || of.facts.segments.size() != planned.size()) return results;
  const storage::Experiment experiment = shared_out(of);
  Asked asked = of.asked;
  asked.tell = {};
  std::vector<Facts> facts;
  for (const SegmentPart& part : of.facts.segments) facts.push_back({{}, of.facts.last_te, part.memory});
  const auto segment = [&](std::size_t i) {
    return Case{experiment, of.metrics, of.facts.segments[i].cells, facts[i], asked};
  };
  std::vector<Found> found;
  for (std::size_t i = 0; i < planned.size(); ++i) found.push_back(judged(segment(i)));
  for (std::size_t row = 0; row < found[0].size(); ++row) shrink(found, row);
  for (std::size_t i = 0; i < planned.size(); ++i) tell(found[i], segment(i), planned[i].name, results);
  return results;
}

}  // namespace touchstone::judge
