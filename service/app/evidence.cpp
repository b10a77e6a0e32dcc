#include "service/app/evidence.hpp"

#include <chrono>
#include <new>
#include <utility>

#include "service/codec/digest.hpp"
#include "storage/insist.hpp"

namespace touchstone::app {

namespace {

constexpr std::size_t kSlice = 256;             ///< people attributed before others are let in
constexpr std::chrono::milliseconds kRest{10};  ///< while memory is short

}  // namespace

/// The lock, for those whom the attributing thread lets pass.
class Evidence::Turn {
 public:
  explicit Turn(const Evidence& evidence) : evidence_(evidence) {
    ++evidence_.asking_;
    evidence_.mutex_.lock();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    --evidence_.asking_;
    evidence_.mutex_.unlock();
    evidence_.changed_.notify_one();
  }

 private:
  const Evidence& evidence_;
};

Evidence::Evidence(const storage::FingerprintKey& sets, judge::TellKept tell)
    : fingerprinter_(sets),
      aggregates_(std::move(tell)),
      thread_([this](const std::stop_token& stop) { attribute(stop); }) {}

void Evidence::attribute(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return asking_ == 0 && aggregates_.behind() > 0; })) {
    try {
      aggregates_.bring_current(kSlice);
    } catch (const std::bad_alloc&) {
      changed_.wait_for(lock, stop, kRest, [] { return false; });
    }
  }
}

void Evidence::apply(std::span<const storage::StoredEvent> events) {
  storage::EventSet arrived;
  for (const storage::StoredEvent& event : events)
    arrived.add(storage::insist([&] { return fingerprinter_.fingerprint(event); }));
  const Turn turn(*this);
  for (const storage::StoredEvent& event : events) storage::insist([&] { aggregates_.apply({&event, 1}); });
  events_.add(arrived);
  if (!events.empty()) last_seq_ = events.back().seq;
  ++version_;
  try {
    aggregates_.settle(events);
  } catch (const std::bad_alloc&) {
    return;  // who is left out stays marked, for the thread that attributes
  }
}

void Evidence::erase(const storage::ErasedPart& part) {
  const Turn turn(*this);
  for (const storage::UnitName& unit : part.units)
    storage::insist([&] { aggregates_.forget(unit.ref(), part.newest); });
  events_.remove(part.events);
  ++version_;
}

std::vector<storage::UnitName> Evidence::others_of(const storage::UnitRef& unit) const {
  const Turn turn(*this);
  std::vector<storage::UnitName> others;
  for (const storage::UnitRef& other : aggregates_.others_of(unit))
    others.push_back({std::string(other.type), std::string(other.id)});
  return others;
}

void Evidence::put(const JudgeableExperiment& experiment) {
  const Turn turn(*this);
  aggregates_.bring_current();
  aggregates_.put(experiment.experiment, experiment.metrics);
  ++version_;
}

std::optional<judge::Report> Evidence::report(std::string_view experiment, const judge::Asked& asked) {
  const std::lock_guard one_at_a_time(judging_);
  const auto seen = view(experiment);
  if (!seen) return std::nullopt;
  auto report = judge::report(seen->sight, asked);
  report.digest.events = codec::digest_text(seen->events.digest());
  report.digest.last_seq = seen->last_seq;
  return report;
}

std::optional<judge::OverTime> Evidence::over_time(std::string_view experiment, judge::CoursesOf which) {
  const std::lock_guard one_at_a_time(telling_);
  const auto seen = view(experiment);
  if (!seen) return std::nullopt;
  return judge::over_time(seen->sight, which);
}

std::optional<Evidence::View> Evidence::view(std::string_view experiment) {
  const Turn turn(*this);
  aggregates_.bring_current();
  auto sight = aggregates_.sight(experiment);
  if (!sight) return std::nullopt;
  return View{std::move(*sight), events_, last_seq_};
}

bool Evidence::show(std::string_view experiment, const std::function<void(const judge::Study&)>& to) {
  const Turn turn(*this);
  aggregates_.bring_current();
  const judge::Study* const study = aggregates_.study(experiment);
  if (study != nullptr) to(*study);
  return study != nullptr;
}

std::uint64_t Evidence::version() const {
  const Turn turn(*this);
  return version_;
}

std::size_t Evidence::units() const {
  const Turn turn(*this);
  return aggregates_.units();
}

}  // namespace touchstone::app
