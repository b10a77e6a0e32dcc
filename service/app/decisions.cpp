#include "service/app/decisions.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace touchstone::app {
namespace {

using codec::Decision;
using codec::DecisionAction;
using codec::DecisionRequest;

constexpr std::string_view kWord = "decision";

/// The actions that a verdict leaves open. Those that are not listed leave all of them: it is the reader's call.
struct Openings {
  std::string_view verdict;
  bool ship;
  bool roll_back;
  bool extend;
  bool stop;
};
constexpr std::array kOpenings{
    Openings{"do_not_trust", false, false, true, true},    Openings{"no_data", false, false, true, true},
    Openings{"keep_running", false, false, true, false},   Openings{"roll_back", false, true, false, true},
    Openings{"segment_split", false, true, true, true},    Openings{"ship", true, false, false, false},
    Openings{"ship_with_care", true, false, false, false}, Openings{"no_difference", true, true, false, true},
    Openings{"inconclusive", false, true, true, true}};

bool leaves(const Openings& open, DecisionAction action) {
  switch (action) {
    case DecisionAction::ship:
      return open.ship;
    case DecisionAction::roll_back:
      return open.roll_back;
    case DecisionAction::extend:
      return open.extend;
    case DecisionAction::stop:
      return open.stop;
  }
  return false;
}

/// Only where the verdict is to ship one.
std::string_view advised_to_ship(const judge::Verdict& verdict) {
  const bool ships = verdict.code == "ship" || verdict.code == "ship_with_care";
  return ships ? std::string_view(verdict.variant) : std::string_view();
}

Status check_variant(const DecisionRequest& wanted, const storage::Experiment& experiment) {
  if (wanted.action != DecisionAction::ship) return ok();
  if (wanted.variant.empty())
    return Error{ErrorCode::invalid, "the report advises to ship none, and none is named", "/variant",
                 "Name the variant that everybody is to get."};
  if (std::ranges::find(experiment.variants, wanted.variant, &storage::Variant::key) != experiment.variants.end())
    return ok();
  return Error{ErrorCode::invalid, "there is no variant of this key", "/variant", "Name a variant."};
}

Result<std::uint32_t> made_before(const Service& service, std::uint32_t environment, std::string_view experiment) {
  const auto last = service.ask(
      [&](const storage::Catalogue& catalogue) { return catalogue.document(environment, kWord, experiment); });
  if (last) return last->version;
  if (last.error().code == ErrorCode::not_found) return std::uint32_t{0};
  return last.error();
}

}  // namespace

bool in_line(const DecisionRequest& decision, const judge::Verdict& verdict) {
  const auto* const open = std::ranges::find(kOpenings, verdict.code, &Openings::verdict);
  if (open == kOpenings.end()) return true;
  const auto advised = advised_to_ship(verdict);
  return leaves(*open, decision.action) && (advised.empty() || advised == decision.variant);
}

Result<Decision> decide(const Service& service, std::uint32_t environment, Revision& revision, DecisionRequest wanted,
                        const Grounds& grounds, const storage::Actor& by) {
  const auto experiment = revision.find<storage::Experiment>(grounds.report.experiment);
  if (!experiment) return experiment.error();
  if (experiment->phases.empty())
    return Error{ErrorCode::conflict, "the experiment has not begun", "",
                 "Start it: then there is something to decide."};
  const judge::Verdict& verdict = grounds.report.verdict;
  if (wanted.action == DecisionAction::ship && wanted.variant.empty()) wanted.variant = advised_to_ship(verdict);
  if (auto known = check_variant(wanted, *experiment); !known) return known.error();
  const auto before = made_before(service, environment, experiment->key);
  if (!before) return before.error();
  Decision decision;
  decision.number = *before + 1;
  decision.at = by.at;
  decision.by = by.name;
  decision.advice = {verdict.code, verdict.variant, grounds.headline};
  decision.against = !in_line(wanted, verdict);
  decision.results = grounds.report.digest.results;
  decision.made = std::move(wanted);
  if (decision.against && decision.made.reason.empty())
    return Error{ErrorCode::invalid, "this is not what the report advises (" + verdict.code + ")", "/reason",
                 "Say why: whoever reads the log later will ask."};
  revision.record({kWord, experiment->key, codec::write_stored_decision(decision), false, *before},
                  [](storage::Catalogue&) { return ok(); });
  return decision;
}

Result<std::vector<Decision>> decisions(const Service& service, std::uint32_t environment,
                                        std::string_view experiment) {
  if (!service.agreed(environment)->experiments.contains(experiment)) return no_such("experiment", experiment);
  const auto changes = service.ask(
      [&](const storage::Catalogue& catalogue) { return catalogue.history(environment, kWord, experiment); });
  if (!changes) return changes.error();
  std::vector<Decision> all;
  for (const storage::Change& change : *changes) {
    auto decision = codec::read_stored_decision(change.document.text);
    if (!decision) return decision.error();
    decision->number = change.document.version;
    decision->at = change.by.at;
    decision->by = change.by.name;
    decision->made.reason = change.by.reason;
    all.push_back(std::move(*decision));
  }
  return all;
}

Result<Keyed<std::string>> last_shipped(const Service& service, std::uint32_t environment) {
  const auto documents =
      service.ask([&](const storage::Catalogue& catalogue) { return catalogue.documents(environment, kWord); });
  if (!documents) return documents.error();
  Keyed<std::string> shipped;
  for (const auto& document : *documents) {
    auto decision = codec::read_stored_decision(document.text);
    if (!decision) return decision.error();
    if (decision->made.action == DecisionAction::ship) shipped.emplace(document.key, std::move(decision->made.variant));
  }
  return shipped;
}

}  // namespace touchstone::app
