#include "storage/writer.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "storage/acknowledged.hpp"
#include "storage/checkpoint.hpp"
#include "storage/dedupe.hpp"
#include "storage/erase.hpp"
#include "storage/erased_units.hpp"
#include "storage/expire.hpp"
#include "storage/group.hpp"
#include "storage/insist.hpp"
#include "storage/journal.hpp"
#include "storage/merger.hpp"
#include "storage/reply.hpp"
#include "storage/writer_queue.hpp"

namespace touchstone::storage {
namespace {

Time system_now() { return std::chrono::floor<Micros>(std::chrono::system_clock::now()); }

/// Errors of the disk, as opposed to those of the command.
bool of_the_disk(const Status& status) {
  return !status && (status.error().code == ErrorCode::unavailable || status.error().code == ErrorCode::internal);
}

/// To those who wait for an acknowledgement every cause is the same: nothing is promised, send again.
Error unacknowledged(const std::string& cause) {
  return {ErrorCode::unavailable, "nothing can be stored at present: " + cause, {}, "Send it again in a few seconds."};
}

/// What failed with an exception (no memory) fails as an Error.
template <class Work>
auto contained(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const std::exception& failure) {
    return insist([&failure] { return Error{ErrorCode::unavailable, failure.what(), {}, {}}; });
  }
}

/// An answer for which there is no memory is dropped, and whoever waits for it learns that.
template <class Answer, class Verdict>
void give(const Answer& answer, Verdict&& verdict) noexcept {
  try {
    answer(std::forward<Verdict>(verdict)());
  } catch (const std::exception&) {
    return;
  }
}

/// What `queue` is answered in the end, given the callback for it.
template <class Answer, class Queue>
Answer answered(const Queue& queue) {
  const auto reply = std::make_shared<Reply<Answer>>();
  if (const Status queued =
          queue([giver = typename Reply<Answer>::Giver(reply)](Answer answer) { giver.give(std::move(answer)); });
      !queued)
    return queued.error();
  if (auto answer = reply->wait()) return std::move(*answer);
  return unacknowledged("no memory");
}

}  // namespace

/// Everything below `queue` belongs to the writer thread, but for what `mutex` guards.
struct Writer::Impl {
  Impl(const Directory& at, WriterOptions with, Catalogue agreed, Journal happened, const FingerprintKey& key)
      : directory(at),
        options(std::move(with)),
        queue(options),
        catalogue(std::move(agreed)),
        journal(std::move(happened)),
        reader(at),
        secret(key),
        fingerprinter(key),
        erased(key),
        dedupe(options.dedupe_bytes, [this](Day day, const auto& see) { return load(day, see); }),
        group(dedupe, fingerprinter, erased, kept_from),
        announced(journal.last_seq()),
        acknowledged(at.path()) {}

  Status prepare();
  void run();

  void commit(std::vector<PendingEvents> pending);
  Result<std::vector<std::vector<ItemVerdict>>> store(const std::vector<PendingEvents>& pending);
  Status set_aside();
  void announce(std::span<const JournalEntry> entries);
  void execute(PendingCommand command);
  Status read_refused();
  Result<std::vector<Erasure>> unfinished(const PendingErasure& pending);
  void execute(PendingErasure pending);
  void execute(PendingExpiry pending);
  Status expire(std::uint32_t environment);
  Status carry(const Expiry& order);
  Status expire_unfinished();
  void execute(PendingMerge pending);
  Status carry(Merge merge);
  Status erase(const PendingErasure& pending);
  Status erase(const std::vector<Erasure>& orders);
  Result<ErasedPart> part_of(const PendingErasure& pending, const std::vector<Erasure>& orders);

  Status load(Day day, const std::function<void(const Identity&)>& see);
  Status recover_journal();
  Status recover_catalogue();
  Status read_ledgers();
  void note_acknowledged();
  void fail(const std::string& cause);
  void recovered();

  const Directory& directory;
  WriterOptions options;
  WriterQueue queue;

  Catalogue catalogue;
  Journal journal;
  JournalReader reader;
  FingerprintKey secret;
  Fingerprinter fingerprinter;
  ErasedUnits erased;
  KeptFrom kept_from;
  Dedupe dedupe;
  Group group;
  std::uint64_t announced;  ///< last seq that on_committed has seen
  Acknowledged acknowledged;
  bool catalogue_sound = true;
  bool journal_sound = true;

  mutable std::mutex mutex;
  std::map<std::uint32_t, LedgerSums> ledgers;
  WriterState state;

  std::mutex stop_mutex;
  std::thread thread;
  std::optional<Merger> merger;  ///< ends before the thread that carries out what it finds
};

/// Erasures that were cut off are finished first. Days that almost every event belongs to are loaded before the first
/// one comes.
Status Writer::Impl::prepare() {
  auto orders = catalogue.erasures();
  if (!orders) return orders.error();
  std::erase_if(*orders, [](const Erasure& order) { return order.finished.has_value(); });
  if (Status erased_now = erase(*orders); !erased_now) return erased_now;
  if (Status finished = finish(*orders, catalogue, options.now()); !finished) return finished;
  if (Status expired = expire_unfinished(); !expired) return expired;
  if (Status read = read_refused(); !read) return read;
  const Day today = day_of(options.now());
  for (const Day day : {today - std::chrono::days(1), today}) {
    if (Status loaded = dedupe.prepare(day); !loaded) return loaded;
  }
  dedupe.settle();
  state.last_seq = journal.last_seq();
  note_acknowledged();
  return read_ledgers();
}

void Writer::Impl::run() {
  while (auto work = insist([this] { return queue.take(); })) {
    if (auto* command = std::get_if<PendingCommand>(&*work)) {
      execute(std::move(*command));
    } else if (auto* erasure = std::get_if<PendingErasure>(&*work)) {
      execute(std::move(*erasure));
    } else if (auto* expiry = std::get_if<PendingExpiry>(&*work)) {
      execute(std::move(*expiry));
    } else if (auto* merge = std::get_if<PendingMerge>(&*work)) {
      execute(std::move(*merge));
    } else {
      commit(std::get<std::vector<PendingEvents>>(std::move(*work)));
    }
  }
}

void Writer::Impl::commit(std::vector<PendingEvents> pending) {
  auto verdicts = contained([&] { return store(pending); });
  if (!verdicts) {
    dedupe.abandon();
    fail(verdicts.error().message);
  }
  using Given = Result<std::vector<ItemVerdict>>;
  for (std::size_t i = 0; i < pending.size(); ++i)
    give(pending[i].answer, [&]() -> Given {
      if (verdicts) return std::move((*verdicts)[i]);
      return unacknowledged(verdicts.error().message);
    });
}

Result<std::vector<std::vector<ItemVerdict>>> Writer::Impl::store(const std::vector<PendingEvents>& pending) {
  if (const Status sound = recover_journal(); !sound) return sound.error();
  const Time received = options.now();
  group.start(received);
  std::vector<std::vector<ItemVerdict>> verdicts;
  for (const PendingEvents& events : pending) {
    auto batch = group.admit(events.submission);
    if (!batch) return batch.error();
    verdicts.push_back(std::move(*batch));
  }
  if (const Status kept = set_aside(); !kept) return kept.error();
  const auto entries = group.entries(journal.last_seq() + 1);
  journal_sound = false;
  if (const Status appended = journal.append(received, entries); !appended) return appended.error();
  dedupe.settle();
  announce(entries);
  journal_sound = true;
  note_acknowledged();
  return verdicts;
}

/// Before the journal's commit: a retry after a crash between the two finds its event set aside already.
Status Writer::Impl::set_aside() {
  if (group.aside().empty()) return ok();
  if (Status sound = recover_catalogue(); !sound) return sound;
  Status kept = catalogue.transact([this](Catalogue& open) {
    for (const Group::Aside& aside : group.aside()) {
      if (Status one = open.quarantine(aside.environment, aside.name, aside.event); !one) return one;
    }
    return ok();
  });
  catalogue_sound = kept.ok();
  return kept;
}

void Writer::Impl::announce(std::span<const JournalEntry> entries) {
  for (const JournalEntry& entry : entries) {
    if (options.on_committed && !entry.events.empty()) options.on_committed(entry.environment, entry.events);
  }
  announced = journal.last_seq();
  std::size_t rows = 0;
  for (const JournalEntry& entry : entries) rows += entry.events.size();
  if (merger) merger->stored(entries.size(), rows);
  const std::lock_guard lock(mutex);
  for (const JournalEntry& entry : entries)
    for (const LedgerLine& line : entry.counts) ledgers[entry.environment].add(line.key, line.experiment, line.counts);
  state.last_seq = announced;
  ++state.commits;
  state.trouble.clear();
}

void Writer::Impl::execute(PendingCommand command) {
  Status done = contained([&]() -> Status {
    if (Status sound = recover_catalogue(); !sound) return sound;
    if (Status run = catalogue.transact(command.run); !run) return run;
    note_acknowledged();
    return read_refused();
  });
  if (of_the_disk(done)) {
    catalogue_sound = false;
    fail(done.error().message);
  } else if (done && journal_sound) {
    recovered();
  }
  give(command.answer, [&done] { return std::move(done); });
}

/// Whom an order names, or no longer names, is refused or taken from then on; and what is older than is kept.
Status Writer::Impl::read_refused() {
  const auto all = catalogue.erasures();
  if (!all) return all.error();
  ErasedUnits now(secret);
  for (const Erasure& erasure : *all)
    if (!erasure.lifted) now.put(erasure.environment, erasure.unit, erasure.id);
  const auto expiries = catalogue.expiries();
  if (!expiries) return expiries.error();
  for (const Expiry& expiry : *expiries) kept_from[expiry.environment] = expiry.kept_from;
  erased = std::move(now);
  return ok();
}

void Writer::Impl::execute(PendingErasure pending) {
  Status done = contained([&]() -> Status { return erase(pending); });
  if (of_the_disk(done)) fail(done.error().message);
  give(pending.answer, [&done] { return std::move(done); });
}

Status Writer::Impl::erase(const PendingErasure& pending) {
  if (Status sound = recover_journal(); !sound) return sound;
  if (Status sound = recover_catalogue(); !sound) return sound;
  if (Status read = read_refused(); !read) return read;
  const auto orders = unfinished(pending);
  if (!orders) return orders.error();
  if (orders->empty()) return ok();
  if (Status done = erase(*orders); !done) return done;
  const auto part = part_of(pending, *orders);
  if (!part) return part.error();
  if (Status finished = finish(*orders, catalogue, options.now()); !finished) return finished;
  if (options.on_erased) options.on_erased(*part);
  return ok();
}

Result<std::vector<Erasure>> Writer::Impl::unfinished(const PendingErasure& pending) {
  std::vector<Erasure> orders;
  for (const UnitName& unit : pending.units) {
    auto order = catalogue.erasure(pending.environment, fingerprinter.unit(pending.environment, unit.ref()));
    if (!order) return order.error();
    if (!order->finished) orders.push_back(*order);
  }
  return orders;
}

Status Writer::Impl::erase(const std::vector<Erasure>& orders) {
  std::set<Day> days;
  journal_sound = false;
  catalogue_sound = false;
  Status done = orders.empty() ? ok() : Checkpoint::remove_all(directory.path());
  if (done) done = carry_out(orders, catalogue, journal, secret, days);
  for (const Day day : days) dedupe.forget(day);
  journal_sound = done.ok();
  catalogue_sound = done.ok();
  return done;
}

void Writer::Impl::execute(PendingExpiry pending) {
  Status done = contained([&]() -> Status { return expire(pending.environment); });
  if (of_the_disk(done)) fail(done.error().message);
  give(pending.answer, [&done] { return std::move(done); });
}

Status Writer::Impl::expire(std::uint32_t environment) {
  if (Status sound = recover_journal(); !sound) return sound;
  if (Status sound = recover_catalogue(); !sound) return sound;
  if (Status read = read_refused(); !read) return read;
  const auto orders = catalogue.expiries();
  if (!orders) return orders.error();
  const auto order = std::ranges::find(*orders, environment, &Expiry::environment);
  if (order == orders->end() || order->finished) return ok();
  if (Status done = carry(*order); !done) return done;
  if (options.on_expired)
    if (Status shown = options.on_expired(environment); !shown) return shown;
  return catalogue.transact([&](Catalogue& open) { return open.finish_expiry(environment, options.now()); });
}

Status Writer::Impl::carry(const Expiry& order) {
  std::set<Day> days;
  journal_sound = false;
  catalogue_sound = false;
  Status done = Checkpoint::remove_all(directory.path());
  if (done) done = carry_out(order, catalogue, journal, secret, days);
  for (const Day day : days) dedupe.forget(day);
  journal_sound = done.ok();
  catalogue_sound = done.ok();
  return done;
}

/// That were cut off, before anything is shown.
Status Writer::Impl::expire_unfinished() {
  const auto orders = catalogue.expiries();
  if (!orders) return orders.error();
  for (const Expiry& order : *orders) {
    if (order.finished) continue;
    if (Status done = carry(order); !done) return done;
    Status finished =
        catalogue.transact([&](Catalogue& open) { return open.finish_expiry(order.environment, options.now()); });
    if (!finished) return finished;
  }
  return ok();
}

void Writer::Impl::execute(PendingMerge pending) {
  const auto merged = contained([&]() -> Result<bool> {
    if (const Status sound = recover_journal(); !sound) return sound.error();
    journal_sound = false;
    auto replaced = journal.merge(pending.merge);
    journal_sound = replaced.ok();
    return replaced;
  });
  if (!merged) {
    fail(merged.error().message);
  } else if (*merged) {
    const std::lock_guard lock(mutex);
    ++state.merges;
  }
  if (merged && options.on_merged) options.on_merged();
  give(pending.answer, [&merged] { return merged ? ok() : Status(merged.error()); });
}

Status Writer::Impl::carry(Merge merge) {
  return answered<Status>([&](CommandAnswer answer) {
    return queue.push(PendingMerge{std::move(merge), std::move(answer)});
  });
}

/// Of all attempts together: what an earlier one took is told with the last.
Result<ErasedPart> Writer::Impl::part_of(const PendingErasure& pending, const std::vector<Erasure>& orders) {
  ErasedPart part{pending.environment, pending.units, {}, {}};
  for (const Erasure& order : orders) {
    const auto taken = reader.erased(order.id);
    if (!taken) return taken.error();
    for (const ErasedEvents& events : *taken) part.events.add(events.events);
  }
  const auto newest = reader.newest(pending.environment);
  if (!newest) return newest.error();
  part.newest = *newest;
  return part;
}

Status Writer::Impl::load(Day day, const std::function<void(const Identity&)>& see) {
  return journal.scan_day(day, [&](std::uint32_t environment, StoredBatch&& batch) {
    for (const StoredEvent& row : batch.events) {
      if (day_of(row.event.ts) == day) see(fingerprinter.identify(environment, row.event));
    }
    return true;
  });
}

/// A commit that failed may have reached the disk all the same: what it left is made durable, shown and counted.
Status Writer::Impl::recover_journal() {
  if (journal_sound) return ok();
  if (Status opened = journal.reopen(); !opened) return opened;
  Status shown = reader.scan({announced + 1}, [this](std::uint32_t environment, StoredBatch&& batch) {
    if (options.on_committed) options.on_committed(environment, batch.events);
    announced = batch.events.back().seq;
    return true;
  });
  if (!shown) return shown;
  if (Status counted = read_ledgers(); !counted) return counted;
  journal_sound = true;
  return ok();
}

Status Writer::Impl::recover_catalogue() {
  if (catalogue_sound) return ok();
  auto opened = Catalogue::open(directory);
  if (!opened) return opened.error();
  catalogue = std::move(*opened);
  catalogue_sound = true;
  return ok();
}

Status Writer::Impl::read_ledgers() {
  auto read = reader.ledgers();
  if (!read) return read.error();
  const std::lock_guard lock(mutex);
  ledgers = std::move(*read);
  return ok();
}

/// Before anybody is answered. What cannot be read now is noted with the next commit.
void Writer::Impl::note_acknowledged() {
  if (const auto change = catalogue.last_change()) acknowledged.note({journal.last_seq(), *change});
}

void Writer::Impl::fail(const std::string& cause) {
  const std::lock_guard lock(mutex);
  ++state.failures;
  insist([&] { state.trouble = cause; });
}

void Writer::Impl::recovered() {
  const std::lock_guard lock(mutex);
  state.trouble.clear();
}

Result<std::unique_ptr<Writer>> Writer::open(const Directory& directory, WriterOptions options) {
  if (!options.now) options.now = system_now;
  auto catalogue = Catalogue::open(directory);
  if (!catalogue) return catalogue.error();
  const auto key = catalogue->fingerprint_key();
  if (!key) return key.error();
  auto journal = Journal::open(directory);
  if (!journal) return journal.error();
  const auto change = catalogue->last_change();
  if (!change) return change.error();
  const auto promised = Acknowledged::in(directory.path());
  if (const Status whole = Acknowledged::check(directory.path(), promised, {journal->last_seq(), *change}); !whole)
    return whole.error();
  auto impl = std::make_unique<Impl>(directory, std::move(options), std::move(*catalogue), std::move(*journal), *key);
  if (const Status ready = impl->prepare(); !ready) return ready.error();
  return std::unique_ptr<Writer>(new Writer(std::move(impl)));
}

Writer::Writer(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {
  impl_->merger.emplace(impl_->directory.path(), impl_->options.merges,
                        [impl = impl_.get()](Merge merge) { return impl->carry(std::move(merge)); });
  impl_->thread = std::thread([this] { impl_->run(); });
}

Writer::~Writer() { stop(); }

Status Writer::submit(EventSubmission submission, EventAnswer answer) {
  return impl_->queue.push(PendingEvents{std::move(submission), std::move(answer)});
}

Status Writer::change(CatalogueCommand command, CommandAnswer answer) {
  return impl_->queue.push(PendingCommand{std::move(command), std::move(answer)});
}

Result<std::vector<ItemVerdict>> Writer::submit_and_wait(EventSubmission submission) {
  return answered<Result<std::vector<ItemVerdict>>>(
      [&](EventAnswer answer) { return submit(std::move(submission), std::move(answer)); });
}

Status Writer::change_and_wait(CatalogueCommand command) {
  return answered<Status>([&](CommandAnswer answer) { return change(std::move(command), std::move(answer)); });
}

Status Writer::erase_and_wait(std::uint32_t environment, std::vector<UnitName> units) {
  return answered<Status>([&](CommandAnswer answer) {
    return impl_->queue.push(PendingErasure{environment, std::move(units), std::move(answer)});
  });
}

Status Writer::expire_and_wait(std::uint32_t environment) {
  return answered<Status>([&](CommandAnswer answer) {
    return impl_->queue.push(PendingExpiry{environment, std::move(answer)});
  });
}

void Writer::stop() {
  impl_->merger->stop();
  impl_->queue.close();
  const std::lock_guard lock(impl_->stop_mutex);
  if (impl_->thread.joinable()) impl_->thread.join();
}

WriterState Writer::state() const {
  WriterState now;
  {
    const std::lock_guard lock(impl_->mutex);
    now = impl_->state;
  }
  now.queued_events = impl_->queue.events();
  return now;
}

Ledger Writer::ledger(std::uint32_t environment) const {
  const std::lock_guard lock(impl_->mutex);
  const auto found = impl_->ledgers.find(environment);
  return found == impl_->ledgers.end() ? Ledger{} : found->second.total();
}

LedgerSums Writer::ledger_sums(std::uint32_t environment) const {
  const std::lock_guard lock(impl_->mutex);
  const auto found = impl_->ledgers.find(environment);
  return found == impl_->ledgers.end() ? LedgerSums{} : found->second;
}

}  // namespace touchstone::storage
