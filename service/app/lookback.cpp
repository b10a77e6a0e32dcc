#include "service/app/lookback.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "storage/journal.hpp"

namespace touchstone::app {
namespace {

constexpr std::uint64_t kMostEvents = 2'000'000;
constexpr double kMostUnits = 200'000;
constexpr Micros kLength = std::chrono::hours(24 * 28);
constexpr Micros kFresh = std::chrono::minutes(10);
constexpr double kReading = 0.7;  ///< of the work; the rest is figures

Error stopped() { return {ErrorCode::unavailable, "the service is stopping", "", "Ask again."}; }

/// What is to be read.
struct Span {
  storage::JournalRange range;
  judge::RecentTerms terms;
};

Result<Span> span_of(Service& service, storage::JournalReader& journal, std::uint32_t environment) {
  const auto last = journal.last_seq();
  if (!last) return last.error();
  const auto newest = journal.newest(environment);
  if (!newest) return newest.error();
  Span span;
  span.terms.until = std::min(newest->value_or(service.now()) + Micros(1), service.now() + Micros(1));
  span.terms.from = span.terms.until - kLength;
  const auto units = static_cast<double>(service.evidence(environment).units());
  span.terms.share = units > kMostUnits ? kMostUnits / units : 1;
  span.range = {.from_seq = *last > kMostEvents ? *last - kMostEvents + 1 : 1,
                .to_seq = *last,
                .environment = environment,
                .from = span.terms.from,
                .before = span.terms.until};
  return span;
}

}  // namespace

Lookback::Lookback(Service& service)
    : service_(service), thread_([this](const std::stop_token& stop) { work(stop); }) {}

bool Lookback::is_old(std::uint32_t environment, const Entry& entry) const {
  return !entry.findings || service_.now() - entry.findings->made_at > kFresh ||
         entry.findings->metrics != newest_metrics(*service_.agreed(environment));
}

Lookback::Answer Lookback::ask(std::uint32_t environment) {
  const std::lock_guard lock(mutex_);
  Entry& entry = entries_[environment];
  if (!entry.working && is_old(environment, entry)) {
    entry.working = true;
    waiting_.push_back(environment);
    changed_.notify_one();
  }
  const bool first = !waiting_.empty() && waiting_.front() == environment;
  return {entry.findings, entry.working, entry.working && first ? progress_.load() : 0, entry.trouble};
}

void Lookback::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    const auto environment = waiting_.front();
    progress_ = 0;
    lock.unlock();
    auto found = find(environment, stop);
    lock.lock();
    waiting_.pop_front();
    Entry& entry = entries_[environment];
    entry.working = false;
    entry.trouble = found ? std::string() : found.error().message;
    if (found) entry.findings = std::move(*found);
  }
}

Result<std::shared_ptr<const LookbackFindings>> Lookback::find(std::uint32_t environment,
                                                               const std::stop_token& stop) try {
  storage::JournalReader journal(service_.directory());
  const auto span = span_of(service_, journal, environment);
  if (!span) return span.error();
  auto findings = std::make_shared<LookbackFindings>();
  findings->metrics = newest_metrics(*service_.agreed(environment));
  auto recent = std::make_shared<judge::Recent>(span->terms, findings->metrics);
  const auto all = static_cast<double>(span->range.to_seq - span->range.from_seq + 1);
  const auto scanned = journal.scan(span->range, [&](std::uint32_t, storage::StoredBatch&& batch) {
    recent->add(batch.events);
    if (!batch.events.empty())
      progress_ = kReading * static_cast<double>(batch.events.back().seq - span->range.from_seq) / all;
    return !stop.stop_requested();
  });
  if (!scanned) return scanned.error();
  findings->traffic = recent->traffic();
  for (const auto& metric : findings->metrics) {
    if (stop.stop_requested()) return stopped();
    findings->sensitivities.emplace(metric.key, sensitivity(recent->history(metric), findings->traffic));
    progress_ = progress_ + (1 - kReading) / static_cast<double>(findings->metrics.size());
  }
  recent->forget_events();
  findings->events = recent->events();
  findings->from = recent->earliest();
  findings->until = span->terms.until;
  findings->unit_type = span->terms.unit_type;
  findings->share = span->terms.share;
  findings->units = std::move(recent);
  findings->made_at = service_.now();
  return std::shared_ptr<const LookbackFindings>(std::move(findings));
} catch (const std::bad_alloc&) {
  return Error{ErrorCode::unavailable, "there is no memory for it", "", "Ask again later."};
}

}  // namespace touchstone::app
