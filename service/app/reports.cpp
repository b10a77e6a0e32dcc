#include "service/app/reports.hpp"

#include <string>
#include <utility>
#include <vector>

#include "service/app/load.hpp"
#include "service/codec/digest.hpp"
#include "service/codec/experiment_json.hpp"
#include "service/codec/metric_json.hpp"
#include "storage/journal.hpp"

namespace touchstone::app {

namespace {

/// The experiment with the metrics of its plan, as they were judged.
std::string configuration_digest(const JudgeableExperiment& judged) {
  std::string documents = codec::write_experiment(judged.experiment);
  for (const auto& metric : judged.metrics) documents += "\n" + codec::write_metric(metric);
  return codec::digest_of(documents);
}

judge::Ledger ledger_of(const storage::Ledger& counts, std::uint64_t unattributed) {
  return {counts.sent(), counts.stored, counts.duplicate, counts.quarantined, counts.refused, unattributed};
}

Result<judge::Report> live_report(Service& service, std::uint32_t environment, const JudgeableExperiment& judged,
                                  std::uint64_t config_version) {
  judge::Asked asked;
  asked.config_version = config_version;
  auto report = service.evidence(environment).report(judged.experiment.key, asked);
  if (!report) return no_such("experiment", judged.experiment.key);
  report->ledger = ledger_of(service.writer().ledger(environment), report->ledger.unattributed);
  return std::move(*report);
}

/// Whether an event takes part under the terms.
bool known(const storage::StoredEvent& event, const ReportTerms& terms) {
  return (!terms.as_of || event.received <= *terms.as_of) && (!terms.until || event.te <= *terms.until);
}

Result<judge::Report> former_report(Service& service, std::uint32_t environment, const JudgeableExperiment& judged,
                                    std::uint64_t config_version, const ReportTerms& terms) {
  judge::Aggregates aggregates;
  storage::Ledger counts;
  storage::JournalRange range;
  range.environment = environment;
  storage::JournalReader journal(service.directory());
  auto scanned = journal.scan(range, [&](std::uint32_t, storage::StoredBatch&& batch) {
    std::erase_if(batch.events, [&terms](const auto& event) { return !known(event, terms); });
    counts.stored += batch.events.size();
    aggregates.apply(batch.events);
    return true;
  });
  if (!scanned) return scanned.error();
  aggregates.bring_current();
  aggregates.put(judged.experiment, judged.metrics);
  auto report = aggregates.report(judged.experiment.key, {terms.as_of, terms.until, config_version});
  if (!report) return no_such("experiment", judged.experiment.key);
  report->ledger = ledger_of(counts, report->ledger.unattributed);
  return std::move(*report);
}

Result<std::shared_ptr<const Agreements>> agreed_then(Service& service, std::uint32_t environment,
                                                      const ReportTerms& terms) {
  if (!terms.as_of) return service.agreed(environment);
  auto agreed = service.ask(
      [&](const storage::Catalogue& catalogue) { return load_agreements(catalogue, environment, terms.as_of); });
  if (!agreed) return agreed.error();
  return std::make_shared<const Agreements>(std::move(*agreed));
}

}  // namespace

Result<judge::Report> make_report(Service& service, std::uint32_t environment, std::string_view experiment,
                                  const ReportTerms& terms) {
  const auto agreed = agreed_then(service, environment, terms);
  if (!agreed) return agreed.error();
  const auto found = (*agreed)->experiments.find(experiment);
  if (found == (*agreed)->experiments.end()) return no_such("experiment", experiment);
  const auto judged = judgeable(**agreed, found->second);
  const auto config_version = (*agreed)->config_version;
  auto report = terms.as_of || terms.until ? former_report(service, environment, judged, config_version, terms)
                                           : live_report(service, environment, judged, config_version);
  if (!report) return report;
  report->digest.configuration = configuration_digest(judged);
  report->digest.program = TOUCHSTONE_VERSION;
  return report;
}

}  // namespace touchstone::app
