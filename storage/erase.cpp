#include "storage/erase.hpp"

#include <algorithm>
#include <utility>

#include "storage/journal.hpp"
#include "storage/journal_files.hpp"
#include "storage/segment/units.hpp"
#include "storage/segment_sieve.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/sqlite/transaction.hpp"

namespace touchstone::storage {
namespace {

/// One file of the journal while units are taken out of it.
class FileEraser {
 public:
  FileEraser(sqlite::Handle& db, ErasedUnits& units, const FingerprintKey& sets, std::set<Day>& days)
      : db_(db),
        units_(units),
        fingerprinter_(sets),
        days_(days),
        sieve_(db),
        erased_add_(db, sql::journal::erased_add),
        erased_of_(db, sql::journal::erased_of) {}

  Status run() {
    sqlite::Transaction transaction(db_);
    for (const std::uint32_t environment : units_.environments())
      if (Status done = take_from(environment); !done) return done;
    transaction.commit();
    return ok();
  }

  /// Also where an earlier attempt took it.
  [[nodiscard]] bool took_something() {
    return std::ranges::any_of(units_.erasures(),
                               [this](std::uint64_t erasure) { return erased_of_(erasure, kLastSeq).step(); });
  }

 private:
  Status take_from(std::uint32_t environment) {
    std::uint64_t after = 0;
    while (const auto row = sieve_.next(environment, after)) {
      after = row->last_seq;
      if (Status sound = check(*row); !sound) return sound;
      bool named = false;
      const Status read = segment::for_each_unit(row->body, [&](const UnitRef& unit) {
        named = units_.find(environment, unit).has_value();
        return !named;
      });
      if (!read) return damaged(*row, read.error().message);
      if (!named) continue;
      Status taken = sieve_.take_out(*row, [&](const StoredEvent& stored) {
        const auto erasure = units_.find(environment, stored.event);
        if (erasure) note(environment, stored, *erasure);
        return erasure.has_value();
      });
      if (!taken) return taken;
    }
    return ok();
  }

  void note(std::uint32_t environment, const StoredEvent& stored, std::uint64_t erasure) {
    erased_add_.run(stored.seq, erasure, environment, sqlite::blob(bytes_of(fingerprinter_.fingerprint(stored))));
    days_.insert(day_of(stored.event.ts));
  }

  sqlite::Handle& db_;
  ErasedUnits& units_;
  Fingerprinter fingerprinter_;
  std::set<Day>& days_;
  SegmentSieve sieve_;
  sqlite::Statement erased_add_;
  sqlite::Statement erased_of_;
};

}  // namespace

Status erase_from(sqlite::Handle& db, ErasedUnits& units, const FingerprintKey& sets, std::set<Day>& days) {
  bool took = false;
  {
    FileEraser eraser(db, units, sets, days);
    if (Status done = eraser.run(); !done) return done;
    took = eraser.took_something();
  }
  if (took) db.rebuild();
  return ok();
}

Status carry_out(const std::vector<Erasure>& orders, Catalogue& catalogue, Journal& journal, const FingerprintKey& key,
                 std::set<Day>& days) {
  if (orders.empty()) return ok();
  ErasedUnits units(key);
  for (const Erasure& order : orders) units.put(order.environment, order.unit, order.id);
  if (Status done = journal.erase(units, event_set_key(key), days); !done) return done;
  Status done = catalogue.transact([&](Catalogue& open) { return open.erase_quarantined(units); });
  return done ? catalogue.rebuild() : done;
}

Status finish(const std::vector<Erasure>& orders, Catalogue& catalogue, Time now) {
  return catalogue.transact([&](Catalogue& open) -> Status {
    for (const Erasure& order : orders)
      if (Status finished = open.finish_erasure(order.id, now); !finished) return finished;
    return ok();
  });
}

}  // namespace touchstone::storage
