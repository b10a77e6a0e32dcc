#include "service/app/retention.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "service/codec/time_text.hpp"
#include "storage/journal.hpp"

namespace touchstone::app {
namespace {

constexpr std::string_view kWord = "retention";
constexpr std::string_view kKey = "events";
constexpr std::string_view kUnfinished =
    "It is ordered, and is finished with the next look, or when the service starts again. Repeat it to finish it now.";

struct Kept {
  codec::RetentionDocument document;
  std::uint32_t version = 0;
};

Result<Kept> find(const Service& service, std::uint32_t environment) {
  const auto stored =
      service.ask([&](const storage::Catalogue& catalogue) { return catalogue.document(environment, kWord, kKey); });
  if (!stored && stored.error().code == ErrorCode::not_found) return Kept{};
  if (!stored) return stored.error();
  const auto document = codec::read_stored_retention(stored->text);
  if (!document) return document.error();
  return Kept{*document, stored->version};
}

Result<std::optional<storage::Expiry>> expiry_of(const Service& service, std::uint32_t environment) {
  const auto all = service.ask([](const storage::Catalogue& catalogue) { return catalogue.expiries(); });
  if (!all) return all.error();
  const auto own = std::ranges::find(*all, environment, &storage::Expiry::environment);
  return own == all->end() ? std::nullopt : std::optional(*own);
}

Revision::Edit written(const Kept& kept) {
  return {kWord, std::string(kKey), codec::write_stored_retention(kept.document), false, kept.version};
}

Time midnight_after(Time now) { return std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1); }

/// What would be kept if somebody looked now; nothing where no more goes. No event is older than 1970.
std::optional<Time> due(const Keeping& wanted, const std::optional<storage::Expiry>& before) {
  const Time kept = before ? before->kept_from : Time{};
  return wanted.from > kept ? std::optional(wanted.from) : std::nullopt;
}

Error gone(std::string message, std::string pointer, std::string hint, ErrorCode code) {
  return {code, std::move(message), std::move(pointer), std::move(hint)};
}

}  // namespace

std::optional<Time> needs_from(const JudgeableExperiment& judged) noexcept {
  if (judged.experiment.phases.empty()) return std::nullopt;
  Micros before{0};
  for (const storage::Metric& metric : judged.metrics) before = std::max(before, metric.covariate.value_or(Micros(0)));
  return judged.experiment.phases.front().started_at - before;
}

Time months_before(Time now, std::uint32_t months) noexcept {
  const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now));
  return std::chrono::sys_days((today.year() / today.month() - std::chrono::months(months)) / 1);
}

Keeping keeping(const Agreements& agreed, Time oldest) {
  Keeping all{oldest, {}};
  for (const auto& [key, experiment] : agreed.experiments) {
    if (experiment.state == storage::ExperimentState::archived) continue;
    const auto needed = needs_from(judgeable(agreed, experiment));
    if (!needed || *needed >= oldest) continue;
    all.held_by.push_back(key);
    all.from = std::min(all.from, months_before(*needed, 0));
  }
  return all;
}

Result<codec::Retention> retention(Service& service, std::uint32_t environment) {
  const auto kept = find(service, environment);
  if (!kept) return kept.error();
  const auto before = expiry_of(service, environment);
  if (!before) return before.error();
  const auto went = storage::JournalReader(service.directory()).expired(environment);
  if (!went) return went.error();
  codec::Retention now;
  now.months = kept->document.months;
  now.events = went->events.count();
  if (*before) {
    now.kept_from = (*before)->kept_from;
    now.finished = (*before)->finished.has_value();
  }
  if (!now.months) return now;
  now.next_look = midnight_after(service.now());
  auto wanted = keeping(*service.agreed(environment), months_before(*now.next_look, *now.months));
  now.next_kept_from = due(wanted, *before);
  now.held_by = std::move(wanted.held_by);
  return now;
}

Status change_retention(Service& service, std::uint32_t environment, std::optional<std::uint32_t> months,
                        const storage::Actor& by) {
  return service.change(environment, by, [&](Revision& revision) -> Status {
    auto kept = find(service, environment);
    if (!kept) return kept.error();
    kept->document.months = months;
    revision.record(written(*kept), [](storage::Catalogue&) { return ok(); });
    return ok();
  });
}

namespace {

/// Of what is due as things stand, with nobody changing them meanwhile.
Status order(Service& service, std::uint32_t environment, const storage::Actor& by) {
  return service.change(environment, by, [&](Revision& revision) -> Status {
    auto kept = find(service, environment);
    if (!kept) return kept.error();
    const auto before = expiry_of(service, environment);
    if (!before) return before.error();
    if (!kept->document.months) return ok();
    const auto from = due(keeping(revision.agreed(), months_before(by.at, *kept->document.months)), *before);
    if (!from) return ok();
    kept->document.kept_from = from;
    revision.record(
        written(*kept),
        [order = storage::Expiry{environment, *from, by.at, 0, {}}](storage::Catalogue& catalogue) mutable -> Status {
          const auto change = catalogue.last_change();
          if (!change) return change.error();
          order.change = *change;
          return catalogue.order_expiry(order);
        });
    return ok();
  });
}

}  // namespace

Status let_go(Service& service, std::uint32_t environment, const storage::Actor& by) {
  if (Status ordered = order(service, environment, by); !ordered) return ordered;
  const auto ordered = expiry_of(service, environment);
  if (!ordered) return ordered.error();
  if (!*ordered || (*ordered)->finished) return ok();
  Status done = service.writer().expire_and_wait(environment);
  if (!done) return Error{done.error().code, done.error().message, "", std::string(kUnfinished)};
  return ok();
}

Status check_kept(const Service& service, std::uint32_t environment, const JudgeableExperiment& judged) {
  const auto needed = needs_from(judged);
  if (!needed || judged.experiment.state != storage::ExperimentState::archived) return ok();
  const auto before = expiry_of(service, environment);
  if (!before) return before.error();
  if (!*before || *needed >= (*before)->kept_from) return ok();
  return gone("events of before " + codec::time_text((*before)->kept_from) +
                  ", which this archived experiment's report is made of, are no longer kept",
              "", "What was decided on it, and its history, stay. GET /v1/retention says how long events are kept.",
              ErrorCode::not_found);
}

Status check_start_kept(const Service& service, std::uint32_t environment, Time at) {
  const auto before = expiry_of(service, environment);
  if (!before) return before.error();
  if (!*before || at >= (*before)->kept_from) return ok();
  const auto kept_from = codec::time_text((*before)->kept_from);
  return gone("events of then are no longer kept: they are from " + kept_from + " on", "/at",
              "Give a start from " + kept_from + " on.", ErrorCode::invalid);
}

}  // namespace touchstone::app
