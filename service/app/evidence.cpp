#include "service/app/evidence.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <new>
#include <utility>

#include "service/codec/digest.hpp"
#include "storage/insist.hpp"

namespace touchstone::app {

namespace {

constexpr std::size_t kSlice = 256;             ///< people attributed before others are let in
constexpr std::chrono::milliseconds kRest{10};  ///< while memory is short
constexpr std::size_t kPiece = 8'192;           ///< things written down before others are let in

/// Those of `now` that are not judged as in `known`.
std::vector<JudgeableExperiment> changed(const std::vector<JudgeableExperiment>& known,
                                         std::vector<JudgeableExperiment> now) {
  std::erase_if(now, [&known](const JudgeableExperiment& one) {
    return std::ranges::any_of(known, [&one](const JudgeableExperiment& former) {
      return former.experiment.key == one.experiment.key && same_judgement(former, one);
    });
  });
  return now;
}

/// The thread that attributes and a view that is made anew may both have something to tell.
judge::TellKept one_at_a_time(judge::TellKept tell) {
  return [tell = std::move(tell), mutex = std::make_shared<std::mutex>()](const judge::Keeping& keeping) {
    const std::lock_guard lock(*mutex);
    tell(keeping);
  };
}

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

Evidence::Evidence(const storage::FingerprintKey& sets, judge::TellKept tell, const CheckpointTerms& checkpoint)
    : fingerprinter_(sets),
      tell_(one_at_a_time(std::move(tell))),
      often_(checkpoint.events),
      aggregates_(tell_),
      checkpoint_(checkpoint.directory, checkpoint.environment),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

Evidence::~Evidence() {
  thread_.request_stop();
  thread_.join();
  try {
    std::unique_lock lock(mutex_);
    while (written_seq_ < last_seq_) write_down(lock);
  } catch (const std::bad_alloc&) {
    return;  // what is missing is read from the journal
  }
}

storage::Checkpoint::Cover Evidence::restore(const std::function<bool(const storage::Checkpoint::Cover&)>& fits) {
  const std::scoped_lock all(mutex_, writing_);
  const storage::Checkpoint::Cover covered = checkpoint_.covered();
  judge::Aggregates view(tell_);
  const bool taken = covered.seq > 0 && fits(covered) && checkpoint_.read([&view](std::string_view piece) {
    return judge::take_piece(piece, view.filled());
  });
  if (!taken) {
    checkpoint_.restart();
    return {};
  }
  aggregates_ = std::move(view);
  events_ = covered.events;
  written_ = judge::extent_of(aggregates_.filled());
  last_seq_ = written_seq_ = covered.seq;
  return covered;
}

void Evidence::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return asking_ == 0 && (aggregates_.behind() > 0 || due()); })) {
    try {
      if (aggregates_.behind() > 0)
        aggregates_.bring_current(kSlice);
      else
        write_down(lock);
    } catch (const std::bad_alloc&) {
      changed_.wait_for(lock, stop, kRest, [] { return false; });
    }
  }
}

bool Evidence::due() const noexcept { return last_seq_ - written_seq_ >= often_; }

/// The next piece. The lock is given away while it goes to the disk.
void Evidence::write_down(std::unique_lock<std::mutex>& lock) {
  judge::Written after = written_;
  const std::string piece = judge::next_piece(aggregates_.filled(), after, kPiece);
  const bool complete = after == judge::extent_of(aggregates_.filled());
  const storage::Checkpoint::Cover cover{complete ? last_seq_ : 0, events_};
  written_ = after;
  if (complete) written_seq_ = last_seq_;
  const std::uint64_t erasures = erasures_;
  lock.unlock();
  {
    const std::lock_guard writing(writing_);
    if (erasures == erasures_) {
      follow(erasures);
      checkpoint_.add(piece, cover);
    }
  }
  lock.lock();
}

/// What was written before an erasure is not kept.
void Evidence::follow(std::uint64_t erasures) {
  if (std::exchange(followed_, erasures) != erasures) checkpoint_.restart();
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
  {
    const Turn turn(*this);
    for (const storage::UnitName& unit : part.units)
      storage::insist([&] { aggregates_.forget(unit.ref(), part.newest); });
    events_.remove(part.events);
    forget_written();
  }
  const std::lock_guard writing(writing_);
  follow(erasures_);
}

Status Evidence::reload(const ShowEvents& events) {
  judge::Aggregates view(tell_);
  storage::EventSet set;
  Status shown = events([&](std::span<const storage::StoredEvent> some) {
    for (const storage::StoredEvent& event : some) set.add(fingerprinter_.fingerprint(event));
    view.apply(some);
  });
  if (!shown) return shown;
  std::vector<judge::Judged> known;
  {
    const Turn turn(*this);
    known = aggregates_.judged();
  }
  view.bring_current();
  view.put(known);
  {
    const Turn turn(*this);
    view.put(changed(known, aggregates_.judged()));
    aggregates_ = std::move(view);
    events_ = set;
    forget_written();
  }
  const std::lock_guard writing(writing_);
  follow(erasures_);
  return ok();
}

/// What was found, and written down, was of other events.
void Evidence::forget_written() {
  ++version_;
  written_ = {};
  written_seq_ = 0;
  ++erasures_;
}

std::vector<storage::UnitName> Evidence::others_of(const storage::UnitRef& unit) const {
  const Turn turn(*this);
  std::vector<storage::UnitName> others;
  for (const storage::UnitRef& other : aggregates_.others_of(unit))
    others.push_back({std::string(other.type), std::string(other.id)});
  return others;
}

void Evidence::put(std::span<const JudgeableExperiment> experiments) {
  const Turn turn(*this);
  aggregates_.bring_current();
  aggregates_.put(experiments);
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

template <class T, class Find>
std::optional<T> Evidence::remembered(AllFound<T>& all, std::string_view experiment, Age may_be_old, const Find& find) {
  const std::lock_guard one_at_a_time(telling_);
  const auto now = std::chrono::steady_clock::now();
  const std::uint64_t current = version();
  const std::uint64_t erasures = erasures_;
  const auto known = all.find(experiment);
  const auto still_holds = [&](const Found<T>& one) {
    return one.erasures == erasures && (one.version == current || now - one.at < may_be_old);
  };
  if (known != all.end() && still_holds(known->second)) return known->second.told;
  std::optional<T> found = find();
  if (found) all.insert_or_assign(std::string(experiment), Found<T>{*found, current, erasures, now});
  return found;
}

std::optional<judge::Interactions> Evidence::interactions(std::string_view experiment, Age may_be_old) {
  return remembered(interactions_, experiment, may_be_old, [&] { return find_interactions(experiment); });
}

std::optional<std::vector<judge::Staying>> Evidence::staying(std::string_view experiment, Age may_be_old) {
  return remembered(staying_, experiment, may_be_old, [&] { return find_staying(experiment); });
}

std::optional<std::vector<judge::Staying>> Evidence::find_staying(std::string_view experiment) {
  std::vector<judge::MetricStays> stays;
  std::optional<storage::Experiment> judged;
  std::optional<Time> now;
  {
    const Turn turn(*this);
    aggregates_.bring_current();
    const judge::Study* const study = aggregates_.study(experiment);
    if (study == nullptr) return std::nullopt;
    judged = study->experiment();
    stays = aggregates_.stays(experiment);
    now = aggregates_.newest();
  }
  return judge::staying(*judged, stays, now);
}

std::optional<judge::Interactions> Evidence::find_interactions(std::string_view experiment) {
  judge::GoalUnits own;
  std::vector<std::string> others;
  {
    const Turn turn(*this);
    aggregates_.bring_current();
    const judge::Study* const study = aggregates_.study(experiment);
    if (study == nullptr) return std::nullopt;
    own = judge::goal_units(*study, aggregates_.newest());
    others = aggregates_.beside(experiment);
  }
  judge::InteractionFinder finder(std::move(own));
  for (const std::string& key : others) {
    std::optional<storage::Experiment> other;
    std::vector<judge::MetUnit> met;
    {
      const Turn turn(*this);
      if (const judge::Study* const study = aggregates_.study(key)) {
        other = study->experiment();
        met = judge::met_units(*study);
      }
    }
    if (other) finder.look_at(*other, met);
  }
  return std::move(finder).found();
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

std::uint64_t Evidence::events() const {
  const Turn turn(*this);
  return events_.count();
}

std::size_t Evidence::units() const {
  const Turn turn(*this);
  return aggregates_.units();
}

}  // namespace touchstone::app
