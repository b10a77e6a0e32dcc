#include "service/app/portfolio.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/app/decisions.hpp"

namespace touchstone::app {
namespace {

using storage::ExperimentState;

std::string_view first_goal(const storage::Experiment& experiment) {
  const auto& metrics = experiment.plan.metrics;
  const auto goal = std::ranges::find(metrics, storage::MetricRole::goal, &storage::PlanMetric::role);
  return goal == metrics.end() ? std::string_view() : std::string_view(goal->metric);
}

bool passes(const storage::Experiment& experiment, const PortfolioFilter& filter) {
  if (experiment.phases.empty()) return false;
  const Time started = experiment.phases.front().started_at;
  return (!filter.state || experiment.state == *filter.state) &&
         (filter.owner.empty() || experiment.owner == filter.owner) &&
         (filter.tag.empty() || std::ranges::find(experiment.tags, filter.tag) != experiment.tags.end()) &&
         (filter.metric.empty() || first_goal(experiment) == filter.metric) &&
         (!filter.from || started >= *filter.from) && (!filter.before || started < *filter.before);
}

bool has_ended(const storage::Experiment& experiment) {
  return experiment.state == ExperimentState::stopped || experiment.state == ExperimentState::archived;
}

}  // namespace

Result<judge::Portfolio> make_portfolio(Service& service, ReportCache& reports, std::uint32_t environment,
                                        const PortfolioFilter& filter) {
  const auto shipped = last_shipped(service, environment);
  if (!shipped) return shipped.error();
  const auto agreed = service.agreed(environment);
  std::vector<judge::PastExperiment> all;
  for (const auto& [key, experiment] : agreed->experiments) {
    if (!passes(experiment, filter)) continue;
    judge::PastExperiment past{key, experiment.name, experiment.state, experiment.phases.front().started_at, {}, {},
                               {}};
    if (has_ended(experiment)) past.ended = experiment.phases.back().ended_at;
    if (const auto decided = shipped->find(key); decided != shipped->end()) past.shipped = decided->second;
    if (auto report = reports.find(service, environment, key)) past.report = std::move(*report);
    all.push_back(std::move(past));
  }
  return judge::portfolio(all, service.now());
}

}  // namespace touchstone::app
