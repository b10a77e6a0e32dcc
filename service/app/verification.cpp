#include "service/app/verification.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "service/app/load.hpp"
#include "service/app/reports.hpp"
#include "service/app/retention.hpp"
#include "service/codec/report_json.hpp"
#include "service/codec/time_text.hpp"
#include "storage/journal.hpp"

namespace touchstone::app {
namespace {

using codec::JsonView;

constexpr std::size_t kShown = 20;  ///< differences

Error no_report(std::string pointer) {
  return {ErrorCode::invalid, "this is no report", std::move(pointer),
          "Give a document that `touchstone report KEY --json` printed."};
}

Status read_time(JsonView report, std::string_view name, std::optional<Time>& into) {
  const auto member = report.find(name);
  if (!member || member->is(codec::JsonKind::null)) return ok();
  const auto time = codec::parse_time(member->text().value_or(""));
  if (!time) return no_report("/" + std::string(name));
  into = *time;
  return ok();
}

/// What a report says it was made of.
struct Made {
  std::string experiment;
  ReportTerms terms;
};

Result<Made> read_made(JsonView report) {
  const auto experiment = report.find("experiment");
  const auto version = report.find("config_version");
  const auto digest = report.find("digest");
  const auto last_seq = digest ? digest->find("last_seq") : std::nullopt;
  if (!experiment || !experiment->text()) return no_report("/experiment");
  if (!version || !version->natural()) return no_report("/config_version");
  if (!last_seq || !last_seq->natural()) return no_report("/digest/last_seq");
  Made made{std::string(*experiment->text()), {}};
  made.terms.basis = ReportTerms::Basis{*version->natural(), *last_seq->natural()};
  if (auto read = read_time(report, "as_of", made.terms.as_of); !read) return read.error();
  if (auto read = read_time(report, "until", made.terms.until); !read) return read.error();
  return made;
}

std::string text_at(JsonView report, std::string_view name) {
  const auto digest = report.find("digest");
  const auto member = digest ? digest->find(name) : std::nullopt;
  return member ? std::string(member->text().value_or("")) : "";
}

std::string_view text_of(JsonView object, std::string_view name) {
  const auto member = object.find(name);
  return member ? member->text().value_or("") : "";
}

/// Whether the report has a doubt of that code, on the same attribute where it is about one.
bool tells(JsonView report, const judge::Check& doubt) {
  const auto trust = report.find("trust");
  if (!trust) return false;
  for (const JsonView told : trust->elements())
    if (text_of(told, "code") == doubt.code && text_of(told, "attribute") == doubt.attribute) return true;
  return false;
}

/// What was not looked into from the beginning.
bool came_later(const judge::Check& doubt) {
  constexpr std::array<std::string_view, 6> later{"whole_weeks", "planned_size", "mid_flight_change",
                                                  "silence",     "novelty",      "primacy"};
  return std::ranges::find(later, doubt.code) != later.end() || (doubt.code == "simpson" && !doubt.attribute.empty());
}

/// Takes out the doubts that earlier programs, whose reports are of the same format, did not look into.
judge::Report as_far_as_told(judge::Report report, JsonView document) {
  std::erase_if(report.trust, [&](const judge::Check& doubt) { return came_later(doubt) && !tells(document, doubt); });
  return report;
}

/// What is said about the sender's side or the program is no part of what is recomputed.
bool recomputed(const codec::JsonDifference& difference) {
  constexpr std::array<std::string_view, 4> others{"/ledger/", "/signature", "/digest/program", "/config_version"};
  return std::ranges::none_of(others, [&](std::string_view other) { return difference.pointer.starts_with(other); });
}

std::vector<codec::JsonDifference> what_differs(JsonView document, JsonView journal) {
  constexpr std::size_t beside = 16;  // at most so many lie in what is left out
  auto found = codec::differences(document, journal, kShown + beside);
  std::erase_if(found, [](const auto& difference) { return !recomputed(difference); });
  if (found.size() > kShown) found.resize(kShown);
  return found;
}

/// Takes into the basis what was erased since the report was made; gives the number of units.
Result<std::size_t> add_erased(Service& service, std::uint32_t environment, ReportTerms::Basis& basis) {
  const auto all = service.ask([](const storage::Catalogue& catalogue) { return catalogue.erasures(); });
  if (!all) return all.error();
  storage::JournalReader journal(service.directory());
  std::size_t units = 0;
  for (const auto& erasure : *all) {
    if (erasure.environment != environment || erasure.change <= last_change_of(basis.config_version)) continue;
    const auto gone = journal.erased(erasure.id, basis.last_seq);
    if (!gone) return gone.error();
    units += gone->empty() ? 0 : 1;
    for (const auto& file : *gone) basis.erased.add(file.events);
  }
  return units;
}

/// Takes into the basis what was let go since: events that the experiment does not need. Error not_found where they are
/// not known one by one.
Status add_expired(Service& service, std::uint32_t environment, ReportTerms::Basis& basis) {
  const auto gone = storage::JournalReader(service.directory())
                        .expired(environment, basis.last_seq, last_change_of(basis.config_version));
  if (!gone) return gone.error();
  if (!gone->whole)
    return Error{ErrorCode::not_found, "of the events that it was made of, some are no longer kept", "",
                 "GET /v1/retention says from when on they are."};
  basis.erased.add(gone->events);
  return ok();
}

Result<Proof> prove(Service& service, std::uint32_t environment, const std::string& experiment) {
  auto live = make_report(service, environment, experiment);
  if (!live) return live.error();
  ReportTerms terms;
  terms.basis = ReportTerms::Basis{live->config_version, live->digest.last_seq};
  const auto again = make_report(service, environment, experiment, terms);
  if (!again) return again.error();
  codec::JsonDocument one;
  codec::JsonDocument other;
  const auto live_text = codec::write_report(*live);
  const auto again_text = codec::write_report(*again);
  if (auto read = one.read(live_text); !read) return read.error();
  if (auto read = other.read(again_text); !read) return read.error();
  return Proof{environment, experiment, live->digest.last_seq, codec::results_digest(*live),
               what_differs(one.root(), other.root())};
}

}  // namespace

Result<Verification> verify_report(Service& service, std::uint32_t environment, std::string_view document) {
  codec::JsonDocument given;
  if (auto read = given.read(document); !read) return read.error();
  auto made = read_made(given.root());
  if (!made) return made.error();
  auto signature = codec::check_signature(given.root(), service.secrets().reports);
  if (!signature) return signature.error();
  const auto erased = add_erased(service, environment, *made->terms.basis);
  if (!erased) return erased.error();
  if (auto added = add_expired(service, environment, *made->terms.basis); !added) return added.error();
  const auto again = make_report(service, environment, made->experiment, made->terms);
  if (!again) return again.error();
  const auto text = codec::write_report(as_far_as_told(*again, given.root()));
  codec::JsonDocument recomputed_document;
  if (auto read = recomputed_document.read(text); !read) return read.error();
  return Verification{made->experiment,
                      *signature,
                      text_at(given.root(), "configuration") == again->digest.configuration,
                      text_at(given.root(), "events") == again->digest.events,
                      text_at(given.root(), "results") == codec::results_digest(*again),
                      *erased,
                      text_at(given.root(), "program"),
                      again->digest.program,
                      what_differs(given.root(), recomputed_document.root())};
}

Result<std::vector<Proof>> prove_live(Service& service) {
  std::vector<Proof> proofs;
  for (const auto environment : service.environments()) {
    const auto agreed = service.agreed(environment);
    for (const auto& [key, experiment] : agreed->experiments) {
      if (experiment.phases.empty() || !check_kept(service, environment, judgeable(*agreed, experiment))) continue;
      auto proof = prove(service, environment, key);
      if (!proof) return proof.error();
      proofs.push_back(std::move(*proof));
    }
  }
  return proofs;
}

}  // namespace touchstone::app
