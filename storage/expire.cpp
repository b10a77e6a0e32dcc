#include "storage/expire.hpp"

#include <optional>

#include "storage/segment_sieve.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/sqlite/transaction.hpp"

namespace touchstone::storage {
namespace {

/// Numbers that went and lie in a row.
struct Run {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  EventSet events;
};

/// One file of the journal while what is too old is taken out of it.
class FileExpirer {
 public:
  FileExpirer(sqlite::Handle& db, const Expiry& order, const FingerprintKey& sets, std::set<Day>& days)
      : db_(db),
        order_(order),
        fingerprinter_(sets),
        days_(days),
        sieve_(db),
        add_(db, sql::journal::expired_add),
        of_(db, sql::journal::expired_of) {}

  Status run() {
    sqlite::Transaction transaction(db_);
    std::uint64_t after = 0;
    while (const auto row = sieve_.next(order_.environment, after, order_.kept_from)) {
      after = row->last_seq;
      Status sifted = sieve_.take_out(*row, [this](const StoredEvent& stored) { return takes(stored); });
      if (!sifted) return sifted;
    }
    end_run();
    transaction.commit();
    return ok();
  }

  /// Also where an earlier attempt took it.
  [[nodiscard]] bool took_something() { return of_(order_.environment, kLastSeq, std::uint64_t{0}).step(); }

 private:
  bool takes(const StoredEvent& stored) {
    if (!expires(stored.event.type) || stored.te >= order_.kept_from) return false;
    if (run_ && run_->last + 1 != stored.seq) end_run();
    if (!run_) run_ = Run{stored.seq, stored.seq, {}};
    run_->last = stored.seq;
    run_->events.add(fingerprinter_.fingerprint(stored));
    days_.insert(day_of(stored.event.ts));
    return true;
  }

  void end_run() {
    if (!run_) return;
    const std::string events = run_->events.bytes();
    add_.run(run_->first, run_->last, order_.environment, order_.change, sqlite::Blob{events});
    run_.reset();
  }

  sqlite::Handle& db_;
  const Expiry& order_;
  Fingerprinter fingerprinter_;
  std::set<Day>& days_;
  SegmentSieve sieve_;
  sqlite::Statement add_;
  sqlite::Statement of_;
  std::optional<Run> run_;
};

}  // namespace

Status expire_from(sqlite::Handle& db, const Expiry& order, const FingerprintKey& sets, std::set<Day>& days) {
  bool took = false;
  {
    FileExpirer expirer(db, order, sets, days);
    if (Status done = expirer.run(); !done) return done;
    took = expirer.took_something();
  }
  if (took) db.rebuild();
  return ok();
}

Status carry_out(const Expiry& order, Catalogue& catalogue, Journal& journal, const FingerprintKey& key,
                 std::set<Day>& days) {
  if (Status done = journal.expire(order, event_set_key(key), days); !done) return done;
  std::size_t aside = 0;
  Status done = catalogue.transact([&](Catalogue& open) -> Status {
    const auto taken = open.expire_quarantined(order);
    if (!taken) return taken.error();
    aside = *taken;
    return ok();
  });
  return done && aside > 0 ? catalogue.rebuild() : done;
}

}  // namespace touchstone::storage
