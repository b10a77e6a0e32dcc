#include "storage/group.hpp"

#include <chrono>

namespace touchstone::storage {
namespace {

constexpr Micros kTolerableSkew = std::chrono::seconds(300);
constexpr Micros kFurthestAhead = std::chrono::hours(24);

void count(Ledger& ledger, ItemVerdict verdict) {
  ledger.stored += verdict.verdict == EventVerdict::stored ? 1U : 0U;
  ledger.duplicate += verdict.verdict == EventVerdict::duplicate ? 1U : 0U;
  ledger.conflict += verdict.conflict ? 1U : 0U;
  ledger.quarantined += verdict.verdict == EventVerdict::quarantined ? 1U : 0U;
}

}  // namespace

Time effective_time(Time ts, std::optional<Time> sent_at, Time received) noexcept {
  if (!sent_at) return ts;
  const Micros skew = received - *sent_at;
  return skew > kTolerableSkew || skew < -kTolerableSkew ? ts + skew : ts;
}

void Group::start(Time received) {
  received_ = received;
  shares_.clear();
  aside_.clear();
}

Result<std::vector<ItemVerdict>> Group::admit(const EventSubmission& submission) {
  Share& share = shares_[submission.environment];
  share.counts.refused += submission.refused;
  std::vector<ItemVerdict> verdicts;
  verdicts.reserve(submission.batch.events.size());
  for (const Event& event : submission.batch.events) {
    const auto verdict = admit(submission, event, share);
    if (!verdict) return verdict.error();
    count(share.counts, *verdict);
    verdicts.push_back(*verdict);
  }
  return verdicts;
}

Result<ItemVerdict> Group::admit(const EventSubmission& submission, const Event& event, Share& share) {
  const Time te = effective_time(event.ts, submission.sent_at, received_);
  const Identity identity = fingerprinter_->identify(submission.environment, event);
  if (te > received_ + kFurthestAhead) {
    aside_.push_back({submission.environment, identity.name, {event, 0, te, received_, submission.key}});
    return ItemVerdict{EventVerdict::quarantined, false};
  }
  const Day day = day_of(event.ts);
  if (const Status ready = dedupe_->prepare(day); !ready) return ready.error();
  switch (dedupe_->insert(day, identity)) {
    case Dedupe::Seen::same:
      return ItemVerdict{EventVerdict::duplicate, false};
    case Dedupe::Seen::conflict:
      return ItemVerdict{EventVerdict::duplicate, true};
    case Dedupe::Seen::fresh:
      break;
  }
  share.events.push_back({event, 0, te, received_, submission.key});
  return ItemVerdict{EventVerdict::stored, false};
}

std::vector<JournalEntry> Group::entries(std::uint64_t first_seq) {
  std::vector<JournalEntry> all;
  for (auto& [environment, share] : shares_) {
    for (StoredEvent& row : share.events) row.seq = first_seq++;
    all.push_back({environment, share.events, share.counts});
  }
  return all;
}

}  // namespace touchstone::storage
