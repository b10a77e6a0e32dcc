#include "service/app/reports.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "service/app/load.hpp"
#include "service/app/retention.hpp"
#include "service/app/run_checks.hpp"
#include "service/codec/digest.hpp"
#include "service/codec/experiment_json.hpp"
#include "service/codec/metric_json.hpp"
#include "service/judge/aggregates.hpp"
#include "storage/event_set.hpp"
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
                                  std::uint64_t config_version, const judge::TellStage& tell) {
  judge::Asked asked;
  asked.config_version = config_version;
  asked.tell = tell;
  if (tell) tell({"load"});
  auto report = service.evidence(environment).report(judged.experiment.key, asked);
  if (!report) return no_such("experiment", judged.experiment.key);
  report->ledger = ledger_of(service.writer().ledger(environment), report->ledger.unattributed);
  return std::move(*report);
}

/// Makes a report of the events that take part under the terms, from nothing.
class Replay {
 public:
  Replay(Service& service, const ReportTerms& terms) : terms_(terms), fingerprinter_(service.secrets().events) {}

  void add(std::vector<storage::StoredEvent>& events) {
    std::erase_if(events, [this](const auto& event) { return !known(event); });
    for (const auto& event : events) {
      set_.add(fingerprinter_.fingerprint(event));
      last_seq_ = std::max(last_seq_, event.seq);
    }
    aggregates_.apply(events);
  }

  std::optional<judge::Report> report(const JudgeableExperiment& judged, std::uint64_t config_version) {
    aggregates_.bring_current();
    aggregates_.put(judged.experiment, judged.metrics);
    auto report = aggregates_.report(judged.experiment.key, {terms_.as_of, terms_.until, config_version, terms_.tell});
    if (!report) return report;
    storage::Ledger counts;
    counts.stored = set_.count();
    report->ledger = ledger_of(counts, report->ledger.unattributed);
    if (terms_.basis) set_.add(terms_.basis->erased);
    report->digest.events = codec::digest_text(set_.digest());
    report->digest.last_seq = terms_.basis ? terms_.basis->last_seq : last_seq_;
    return report;
  }

 private:
  [[nodiscard]] bool known(const storage::StoredEvent& event) const {
    return (!terms_.as_of || event.received <= *terms_.as_of) && (!terms_.until || event.te <= *terms_.until);
  }

  ReportTerms terms_;
  storage::Fingerprinter fingerprinter_;
  storage::EventSet set_;
  std::uint64_t last_seq_ = 0;
  judge::Aggregates aggregates_;
};

Result<judge::Report> former_report(Service& service, std::uint32_t environment, const JudgeableExperiment& judged,
                                    std::uint64_t config_version, const ReportTerms& terms) {
  Replay replay(service, terms);
  storage::JournalRange range;
  range.environment = environment;
  if (terms.basis) range.to_seq = terms.basis->last_seq;
  storage::JournalReader journal(service.directory());
  const auto last = journal.last_seq();
  if (!last) return last.error();
  const auto tell = [&terms, of = std::min(range.to_seq, *last)](std::uint64_t seq) {
    if (terms.tell) terms.tell({"load", seq, of});
  };
  tell(0);
  auto scanned = journal.scan(range, [&](std::uint32_t, storage::StoredBatch&& batch) {
    const auto seq = batch.events.empty() ? 0 : batch.events.back().seq;
    replay.add(batch.events);
    if (seq != 0) tell(seq);
    return true;
  });
  if (!scanned) return scanned.error();
  auto report = replay.report(judged, config_version);
  if (!report) return no_such("experiment", judged.experiment.key);
  return std::move(*report);
}

Result<std::shared_ptr<const Agreements>> agreed_then(Service& service, std::uint32_t environment,
                                                      const ReportTerms& terms) {
  if (!terms.as_of && !terms.basis) return service.agreed(environment);
  auto agreed = service.ask([&](const storage::Catalogue& catalogue) {
    return terms.basis ? load_agreements_under(catalogue, environment, terms.basis->config_version)
                       : load_agreements(catalogue, environment, terms.as_of);
  });
  if (!agreed) return agreed.error();
  return std::make_shared<const Agreements>(std::move(*agreed));
}

/// Error not_found also where its events are no longer kept, whatever it was then.
Status check_told(Service& service, std::uint32_t environment, std::string_view experiment) {
  const auto agreed = service.agreed(environment);
  const auto found = agreed->experiments.find(experiment);
  if (found == agreed->experiments.end()) return no_such("experiment", experiment);
  return check_kept(service, environment, judgeable(*agreed, found->second));
}

}  // namespace

Result<judge::Report> make_report(Service& service, std::uint32_t environment, std::string_view experiment,
                                  const ReportTerms& terms) {
  if (auto kept = check_told(service, environment, experiment); !kept) return kept.error();
  const auto agreed = agreed_then(service, environment, terms);
  if (!agreed) return agreed.error();
  const auto found = (*agreed)->experiments.find(experiment);
  if (found == (*agreed)->experiments.end()) return no_such("experiment", experiment);
  const auto judged = judgeable(**agreed, found->second);
  const auto config_version = (*agreed)->config_version;
  auto report = terms.as_of || terms.until || terms.basis
                    ? former_report(service, environment, judged, config_version, terms)
                    : live_report(service, environment, judged, config_version, terms.tell);
  if (!report) return report;
  if (auto added = add_run_checks(service, environment, judged.experiment, *report); !added) return added.error();
  report->digest.configuration = configuration_digest(judged);
  report->digest.program = TOUCHSTONE_VERSION;
  return report;
}

Result<judge::OverTime> make_over_time(Service& service, std::uint32_t environment, std::string_view experiment,
                                       judge::CoursesOf which) {
  if (auto kept = check_told(service, environment, experiment); !kept) return kept.error();
  auto told = service.evidence(environment).over_time(experiment, which);
  if (!told) return no_such("experiment", experiment);
  return std::move(*told);
}

Result<judge::Interactions> make_interactions(Service& service, std::uint32_t environment, std::string_view experiment,
                                              Evidence::Age may_be_old) {
  if (auto kept = check_told(service, environment, experiment); !kept) return kept.error();
  auto found = service.evidence(environment).interactions(experiment, may_be_old);
  if (!found) return no_such("experiment", experiment);
  return std::move(*found);
}

Result<std::vector<judge::Staying>> make_staying(Service& service, std::uint32_t environment,
                                                 std::string_view experiment, Evidence::Age may_be_old) {
  if (auto kept = check_told(service, environment, experiment); !kept) return kept.error();
  auto found = service.evidence(environment).staying(experiment, may_be_old);
  if (!found) return no_such("experiment", experiment);
  return std::move(*found);
}

}  // namespace touchstone::app
