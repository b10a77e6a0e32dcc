#include "storage/catalogue.hpp"
#include "storage/catalogue_impl.hpp"
#include "storage/erased_units.hpp"
#include "storage/segment.hpp"

namespace touchstone::storage {
namespace {

Erasure read_erasure(const sqlite::Rows& row) {
  Erasure erasure;
  erasure.id = row.number<std::uint64_t>(0);
  erasure.environment = row.number<std::uint32_t>(1);
  erasure.unit = fingerprint_of(row.bytes(2));
  erasure.ordered = row.time(3);
  erasure.change = row.number<std::uint64_t>(4);
  erasure.linked = row.number<std::uint64_t>(5);
  erasure.linked_too = row.integer(6) != 0;
  erasure.quarantined = row.number<std::uint64_t>(7);
  if (!row.null(8)) erasure.finished = row.time(8);
  if (!row.null(9)) erasure.lifted = row.time(9);
  return erasure;
}

Error not_erased() { return {ErrorCode::not_found, "this unit is not erased", {}, {}}; }

}  // namespace

Status Catalogue::order_erasure(const Erasure& order) {
  return sqlite::answering([&]() -> Status {
    const auto bytes = bytes_of(order.unit);
    auto row = impl_->erasure_order(order.environment, sqlite::blob(bytes), order.ordered, order.change, order.linked,
                                    order.linked_too);
    return row.step() ? ok() : Error{ErrorCode::conflict, "this unit is erased already", {}, {}};
  });
}

Result<Erasure> Catalogue::erasure(std::uint32_t environment, const Fingerprint& unit) const {
  return sqlite::answering([&]() -> Result<Erasure> {
    const auto bytes = bytes_of(unit);
    auto row = impl_->erasure_find(environment, sqlite::blob(bytes));
    if (!row.step()) return not_erased();
    return read_erasure(row);
  });
}

Result<std::vector<Erasure>> Catalogue::erasures() const {
  return sqlite::answering([&]() -> Result<std::vector<Erasure>> {
    std::vector<Erasure> all;
    for (auto row = impl_->erasures(); row.step();) all.push_back(read_erasure(row));
    return all;
  });
}

Status Catalogue::lift_erasure(std::uint32_t environment, const Fingerprint& unit, Time at) {
  return sqlite::answering([&]() -> Status {
    const auto bytes = bytes_of(unit);
    auto row = impl_->erasure_lift(environment, sqlite::blob(bytes), at);
    return row.step() ? ok() : not_erased();
  });
}

Status Catalogue::erase_quarantined(ErasedUnits& units) {
  return sqlite::answering([&]() -> Status {
    std::uint64_t after = 0;
    while (true) {
      auto aside = quarantined_after(after);
      if (!aside) return aside.error();
      if (!*aside) return ok();
      after = (*aside)->id;
      const auto erasure = units.find((*aside)->environment, (*aside)->batch.events.front().event);
      if (!erasure) continue;
      if (Status released = release((*aside)->environment, after); !released) return released;
      impl_->erasure_count.run(*erasure);
    }
  });
}

Status Catalogue::finish_erasure(std::uint64_t id, Time at) {
  return sqlite::answering([&]() -> Status {
    impl_->erasure_finish.run(id, at);
    return ok();
  });
}

Status Catalogue::rebuild() {
  return sqlite::answering([&]() -> Status {
    impl_->db.rebuild();
    return ok();
  });
}

Status Catalogue::note_backup(const BackupNote& backup) {
  return sqlite::answering([&]() -> Status {
    impl_->backup_note.run(backup.at, std::string_view(backup.path), backup.last_seq);
    return ok();
  });
}

Result<std::vector<BackupNote>> Catalogue::backups() const {
  return sqlite::answering([&]() -> Result<std::vector<BackupNote>> {
    std::vector<BackupNote> all;
    for (auto row = impl_->backups(); row.step();)
      all.push_back({row.time(0), std::string(row.text(1)), row.number<std::uint64_t>(2)});
    return all;
  });
}

}  // namespace touchstone::storage
