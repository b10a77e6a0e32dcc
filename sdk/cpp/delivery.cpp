#include "sdk/cpp/delivery.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "sdk/cpp/gzip.hpp"
#include "sdk/wire/event_json.hpp"
#include "sdk/wire/exposure_id.hpp"

namespace touchstone::sdk {
namespace {

constexpr std::size_t most_bytes = 900'000;  ///< of a body; the server takes a mebibyte
constexpr std::size_t worth_compressing = 1024;
constexpr long ok_status = 200;
constexpr long too_large = 413;

Moment now() { return std::chrono::steady_clock::now(); }

/// The request is at fault, and will be the next time. All else may pass, wrong keys and missing routes included:
/// people repair them, and events should outlast that.
bool hopeless(const Told& told) {
  constexpr std::array<long, 4> statuses = {400, too_large, 415, 422};
  return told.failure.empty() && std::ranges::count(statuses, told.status) > 0;
}

std::string item_of(const Met& met) {
  return wire::write_item({wire::exposure_id(met.experiment, met.variant, met.unit), met.unit, met.at},
                          wire::ExposureItem{met.experiment, met.variant, met.config_version});
}

}  // namespace

Delivery::Delivery(const Options& options, std::uint64_t seed, Transfers& transfers, ExposureRing& ring, Outbox& outbox,
                   Board& board)
    : options_(&options),
      transfers_(&transfers),
      ring_(&ring),
      outbox_(&outbox),
      board_(&board),
      backoff_(options.retry_from, options.retry_to, seed),
      limit_(options.batch) {}

Moment Delivery::step(Moment now) {
  take_exposures();
  note_flush();
  if (sending_ > 0) return Moment::max();
  if (outbox_->waiting() == 0 || options_->address.empty()) return now + options_->flush_every;
  const bool flushing = flush_seen_ != flush_done_;
  const auto due = std::max(not_before_, flushing || outbox_->waiting() >= limit_ ? now : flush_at_);
  if (now < due) return due;
  send();
  return Moment::max();
}

void Delivery::take_exposures() {
  while (!outbox_->full() && ring_->take([this](const Met& met) { outbox_->push(item_of(met)); })) {
  }
}

void Delivery::note_flush() {
  if (const auto asked = flush_asked_.load(); asked != flush_seen_) {
    flush_seen_ = asked;
    flush_target_ = outbox_->pushed();
  }
  settled();
}

void Delivery::settled() {
  if (flush_seen_ == flush_done_ || outbox_->settled() < flush_target_) return;
  flush_done_ = flush_seen_;
  board_->change([](ClientStatus&) {});
}

void Delivery::send() {
  const auto items = outbox_->oldest(limit_, most_bytes);
  auto body = wire::write_batch(options_->now(), items);
  Asked asked{.url = options_->address + "/v1/events",
              .headers = {"Authorization: Bearer " + options_->key, "Content-Type: application/json", "Expect:"},
              .within = options_->answer_within};
  if (options_->gzip && body.size() >= worth_compressing) {
    asked.headers.emplace_back("Content-Encoding: gzip");
    body = gzipped(body);
  }
  asked.body = std::move(body);
  transfers_->start(std::move(asked), [this](const Told& told) { take(told); });
  sending_ = items.size();
  flush_at_ = now() + options_->flush_every;
}

void Delivery::take(const Told& told) {
  const auto verdicts = told.whole(ok_status) ? wire::read_verdicts(told.body) : wire::Verdicts{};
  if (verdicts && verdicts->items() == sending_)
    answered(*verdicts);
  else if (told.status == too_large && sending_ > 1)
    limit_ = sending_ / 2;
  else if (hopeless(told))
    give_up(told);
  else
    retry(told);
  sending_ = 0;
  settled();
}

void Delivery::answered(const wire::Verdicts& verdicts) {
  backoff_.reset();
  outbox_->settle(sending_);
  board_->change([&verdicts](ClientStatus& status) {
    status.stored += verdicts.stored;
    status.duplicate += verdicts.duplicate;
    status.quarantined += verdicts.quarantined;
    status.refused += verdicts.refused;
    status.last_error.clear();
  });
}

void Delivery::retry(const Told& told) {
  not_before_ = now() + backoff_.next(told.retry_after);
  board_->change([&told](ClientStatus& status) { status.last_error = told.words(); });
}

void Delivery::give_up(const Told& told) {
  outbox_->settle(sending_);
  board_->change([&told, refused = sending_](ClientStatus& status) {
    status.refused += refused;
    status.last_error = told.words();
  });
}

}  // namespace touchstone::sdk
