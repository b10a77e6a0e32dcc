#include "service/app/scheduler.hpp"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>

#include "service/app/experiments.hpp"
#include "service/app/preflight.hpp"
#include "service/app/retention.hpp"
#include "service/codec/time_text.hpp"
#include "service/observe/log.hpp"

namespace touchstone::app {

namespace {

using storage::Experiment;

/// However far what is due next lies: clocks are set.
constexpr std::chrono::milliseconds kPace{500};

/// Why a start that is due cannot be; ok where it can.
Status may_start_now(const Experiment& experiment, const fast::Asked& asked) {
  const auto checks = preflight(experiment, {asked});
  return may_start(checks, {});
}

/// The experiment stays a draft and says why.
void miss(Revision& revision, Experiment experiment, const Error& why) {
  experiment.schedule.missed = {*experiment.schedule.start, why.message};
  experiment.schedule.start.reset();
  ++experiment.version;
  revision.put(std::move(experiment));
}

}  // namespace

void Scheduler::start() {
  opened_ = service_.now();
  thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

void Scheduler::stop() { thread_ = {}; }

void Scheduler::look() {
  const std::lock_guard lock(mutex_);
  looked_ = true;
  changed_.notify_one();
}

void Scheduler::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto next = do_due();
    std::unique_lock lock(mutex_);
    const auto woken = [this] { return std::exchange(looked_, false); };
    if (!next) {
      changed_.wait(lock, stop, woken);
      continue;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - service_.now());
    changed_.wait_for(lock, stop, left.count() > 0 ? std::min(left, kPace) : kPace, woken);
  }
}

std::optional<Time> Scheduler::do_due() try {
  std::optional<Time> next = look_at_retention();
  for (const auto environment : service_.environments()) {
    const auto agreed = service_.agreed(environment);
    for (const auto& [key, experiment] : agreed->experiments) {
      const auto due = next_due(experiment);
      if (!due) continue;
      if (due->at <= service_.now()) carry_out(environment, key);
      next = std::min(next.value_or(due->at), due->at);
    }
  }
  return next;
} catch (const std::bad_alloc&) {
  return service_.now();  // what is due is done in the next pass
}

/// What fails is tried again an hour later.
Time Scheduler::look_at_retention() {
  const Time now = service_.now();
  if (next_let_go_ && now < *next_let_go_) return *next_let_go_;
  next_let_go_ = std::chrono::floor<std::chrono::days>(now) + std::chrono::days(1);
  for (const auto environment : service_.environments()) {
    const auto done = let_go(service_, environment, {"retention", "older than is kept", now});
    if (done) continue;
    next_let_go_ = std::min<Time>(*next_let_go_, now + std::chrono::hours(1));
    observe::log(observe::Level::error, "retention_failed", {{"what", done.error().message}});
  }
  return *next_let_go_;
}

/// Late, where nobody served when it was due.
std::string Scheduler::reason_of(const Due& due) const {
  auto reason = "scheduled for " + codec::time_text(due.at);
  if (due.at < opened_) reason += "; late, as the service did not run then";
  return reason;
}

void Scheduler::carry_out(std::uint32_t environment, std::string_view key) try {
  const auto view = service_.view().load();
  const auto agreed = service_.agreed(environment);
  const auto due = next_due(agreed->experiments.find(key)->second);
  if (!due) return;
  const storage::Actor by{"schedule", reason_of(*due), service_.now()};
  const auto done = service_.change(environment, by, [&](Revision& revision) -> Status {
    const auto current = revision.find<Experiment>(key);
    if (!current) return current.error();
    const auto now_due = next_due(*current);
    if (!now_due || now_due->at > revision.now()) return ok();
    if (now_due->move == Move::stop) return move_experiment(revision, key, Move::stop, std::nullopt);
    auto started = may_start_now(*current, *view->ways_asked(environment));
    if (started) started = move_experiment(revision, key, Move::start, std::nullopt);
    if (!started) miss(revision, *current, started.error());
    return ok();
  });
  if (done) return;
  observe::log(observe::Level::error, "schedule_failed",
               {{"experiment", std::string(key)}, {"what", done.error().message}});
} catch (const std::bad_alloc&) {
  return;  // the next pass
}

}  // namespace touchstone::app
