#include "storage/group.hpp"

#include <chrono>

namespace touchstone::storage {
namespace {

constexpr Micros kTolerableSkew = std::chrono::seconds(300);

bool too_far_ahead(Time te, Time received) { return te > received + kFurthestAhead; }

void count(Ledger& ledger, ItemVerdict verdict) {
  ledger.stored += verdict.verdict == EventVerdict::stored ? 1U : 0U;
  ledger.duplicate += verdict.verdict == EventVerdict::duplicate ? 1U : 0U;
  ledger.conflict += verdict.conflict ? 1U : 0U;
  ledger.quarantined += verdict.verdict == EventVerdict::quarantined ? 1U : 0U;
  ledger.refused += verdict.verdict == EventVerdict::refused ? 1U : 0U;
}

}  // namespace

Time effective_time(Time ts, std::optional<Time> sent_at, Time received) noexcept {
  if (!sent_at) return ts;
  const Micros skew = received - *sent_at;
  return skew > kTolerableSkew || skew < -kTolerableSkew ? ts + skew : ts;
}

void Group::Share::clear() noexcept {
  events.clear();
  lines.clear();
}

Ledger& Group::Share::line(std::uint32_t key, std::string_view experiment) {
  const auto found = lines.find(std::tuple(key, experiment));
  return found != lines.end() ? found->second : lines[{key, std::string(experiment)}];
}

void Group::start(Time received) {
  received_ = received;
  for (auto& [environment, share] : shares_) share.clear();
  aside_.clear();
}

Result<std::vector<ItemVerdict>> Group::admit(const EventSubmission& submission) {
  if (const Status examined = examine(submission); !examined) return examined.error();
  Share& share = shares_[submission.environment];
  if (submission.refused > 0) share.line(submission.key, "").refused += submission.refused;
  std::vector<ItemVerdict> verdicts;
  verdicts.reserve(candidates_.size());
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    verdicts.push_back(judge(submission, submission.batch.events[i], candidates_[i], share));
    count(share.line(submission.key, submission.batch.events[i].experiment), verdicts.back());
  }
  return verdicts;
}

/// Everything that needs no memory of other events, and the hint for what does.
Status Group::examine(const EventSubmission& submission) {
  candidates_.clear();
  for (const Event& event : submission.batch.events) {
    const Time te = submission.te.empty() ? effective_time(event.ts, submission.sent_at, received_)
                                          : submission.te[candidates_.size()];
    candidates_.push_back({te, day_of(event.ts), fingerprinter_->identify(submission.environment, event)});
    const Candidate& candidate = candidates_.back();
    if (too_far_ahead(te, received_)) continue;
    if (Status ready = dedupe_->prepare(candidate.day, candidate.identity); !ready) return ready;
  }
  return ok();
}

bool Group::is_too_old(std::uint32_t environment, const Event& event, const Candidate& candidate) const {
  const auto kept = kept_from_->find(environment);
  return kept != kept_from_->end() && expires(event.type) && candidate.te < kept->second;
}

ItemVerdict Group::judge(const EventSubmission& submission, const Event& event, const Candidate& candidate,
                         Share& share) {
  if (erased_->find(submission.environment, event)) return {EventVerdict::refused, false};
  if (is_too_old(submission.environment, event, candidate)) return {EventVerdict::refused, false, true};
  if (too_far_ahead(candidate.te, received_)) {
    const StoredEvent row{event, 0, candidate.te, received_, submission.key};
    aside_.push_back({submission.environment, candidate.identity.name, row});
    return {EventVerdict::quarantined, false};
  }
  const auto seen = dedupe_->insert(candidate.day, candidate.identity);
  if (seen != Dedupe::Seen::fresh) return {EventVerdict::duplicate, seen == Dedupe::Seen::conflict};
  share.events.push_back({event, 0, candidate.te, received_, submission.key});
  return {EventVerdict::stored, false};
}

std::vector<JournalEntry> Group::entries(std::uint64_t first_seq) {
  std::vector<JournalEntry> all;
  for (auto& [environment, share] : shares_) {
    if (share.lines.empty()) continue;
    for (StoredEvent& row : share.events) row.seq = first_seq++;
    auto& entry = all.emplace_back(JournalEntry{environment, share.events, {}});
    for (const auto& [line, counts] : share.lines)
      entry.counts.push_back(
          {std::chrono::floor<std::chrono::hours>(received_), std::get<0>(line), std::get<1>(line), counts});
  }
  return all;
}

}  // namespace touchstone::storage
