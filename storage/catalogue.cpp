#include "storage/catalogue.hpp"

#include <array>
#include <utility>

#include "storage/catalogue_impl.hpp"
#include "storage/schemas.hpp"
#include "storage/sql_text.hpp"
#include "storage/sqlite/migrate.hpp"

namespace touchstone::storage {
namespace {

namespace text = sql::catalogue;
constexpr std::array kSteps{sql::migration::catalogue::step_0001_documents,
                            sql::migration::catalogue::step_0002_receipts,
                            sql::migration::catalogue::step_0003_erasures, sql::migration::catalogue::step_0004_people,
                            sql::migration::catalogue::step_0005_expiries};

Environment read_environment(const sqlite::Rows& row) {
  return {row.number<std::uint32_t>(0), std::string(row.text(1)), std::string(row.text(2)),
          row.number<std::uint64_t>(3)};
}

Error no_environment() { return {ErrorCode::not_found, "no such environment", {}, {}}; }

}  // namespace

int catalogue_schema() noexcept { return static_cast<int>(kSteps.size()); }

Catalogue::Impl::Impl(sqlite::Handle handle)
    : db(std::move(handle)),
      environment_create(db, text::environment_create),
      environments(db, text::environments),
      environment_find(db, text::environment_find),
      config_version(db, text::config_version),
      epoch_raise(db, text::epoch_raise),
      document_current(db, text::document_current),
      document_put(db, text::document_put),
      document_find(db, text::document_find),
      document_version(db, text::document_version),
      documents(db, text::documents),
      documents_as_of(db, text::documents_as_of),
      documents_after(db, text::documents_after),
      document_strays(db, text::document_strays),
      chain_head(db, text::chain_head),
      chain_advance(db, text::chain_advance),
      change_add(db, text::change_add),
      changes(db, text::changes),
      changes_all(db, text::changes_all),
      history(db, text::history),
      key_add(db, text::key_add),
      key_find(db, text::key_find),
      keys(db, text::keys),
      key_revoke(db, text::key_revoke),
      token_add(db, text::token_add),
      token_use(db, text::token_use),
      person_add(db, text::person_add),
      person_find(db, text::person_find),
      person_of(db, text::person_of),
      people(db, text::people),
      person_put(db, text::person_put),
      person_link_put(db, text::person_link_put),
      person_link_find(db, text::person_link_find),
      person_link_end(db, text::person_link_end),
      session_open(db, text::session_open),
      session_find(db, text::session_find),
      sessions(db, text::sessions),
      session_see(db, text::session_see),
      session_end(db, text::session_end),
      sessions_end(db, text::sessions_end),
      sessions_forget(db, text::sessions_forget),
      receipt_forget(db, text::receipt_forget),
      receipt_add(db, text::receipt_add),
      receipt_find(db, text::receipt_find),
      erasure_order(db, text::erasure_order),
      erasure_find(db, text::erasure_find),
      erasures(db, text::erasures),
      erasure_count(db, text::erasure_count),
      erasure_finish(db, text::erasure_finish),
      erasure_lift(db, text::erasure_lift),
      expiry_order(db, text::expiry_order),
      expiries(db, text::expiries),
      expiry_finish(db, text::expiry_finish),
      backup_note(db, text::backup_note),
      backups(db, text::backups),
      quarantine_add(db, text::quarantine_add),
      quarantine_each(db, text::quarantine_each),
      quarantined(db, text::quarantined),
      quarantine_release(db, text::quarantine_release),
      fingerprint_key(db, text::fingerprint_key) {}

Catalogue::Catalogue(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

Result<Catalogue> Catalogue::open(const Directory& directory) {
  return sqlite::answering([&]() -> Result<Catalogue> {
    sqlite::Handle db(directory.catalogue(), sqlite::Access::write);
    db.checkpoint();
    db.check();
    if (const Status migrated = sqlite::migrate(db, kSteps, directory.backups()); !migrated) return migrated.error();
    db.sync_folder();
    return Catalogue(std::make_unique<Impl>(std::move(db)));
  });
}

Result<std::unique_ptr<const Catalogue>> Catalogue::read(const std::filesystem::path& directory) {
  return sqlite::answering([&]() -> Result<std::unique_ptr<const Catalogue>> {
    sqlite::Handle db(Directory::catalogue_of(directory), sqlite::Access::read);
    return std::unique_ptr<const Catalogue>(new Catalogue(std::make_unique<Impl>(std::move(db))));
  });
}

Status Catalogue::transact(const std::function<Status(Catalogue&)>& command) {
  return sqlite::answering([&]() -> Status {
    sqlite::Transaction transaction(impl_->db);
    Status done = command(*this);
    if (done) transaction.commit();
    return done;
  });
}

Result<Environment> Catalogue::create_environment(std::string_view project, std::string_view key) {
  return sqlite::answering([&]() -> Result<Environment> {
    {
      auto row = impl_->environment_create(project, key);
      if (!row.step()) return Error{ErrorCode::conflict, "this environment exists", "/key", {}};
    }
    return environment(project, key);
  });
}

Result<std::vector<Environment>> Catalogue::environments() const {
  return sqlite::answering([&]() -> Result<std::vector<Environment>> {
    std::vector<Environment> all;
    for (auto row = impl_->environments(); row.step();) all.push_back(read_environment(row));
    return all;
  });
}

Result<Environment> Catalogue::environment(std::string_view project, std::string_view key) const {
  return sqlite::answering([&]() -> Result<Environment> {
    auto row = impl_->environment_find(project, key);
    if (!row.step()) return no_environment();
    return read_environment(row);
  });
}

Result<std::uint64_t> Catalogue::config_version(std::uint32_t environment) const {
  return sqlite::answering([&]() -> Result<std::uint64_t> {
    auto row = impl_->config_version(environment);
    if (!row.step()) return no_environment();
    return row.number<std::uint64_t>(0);
  });
}

Result<std::uint64_t> Catalogue::raise_epoch(std::uint32_t environment) {
  return sqlite::answering([&] {
    impl_->epoch_raise.run(environment);
    return config_version(environment);
  });
}

Result<FingerprintKey> Catalogue::fingerprint_key() const {
  return sqlite::answering([&]() -> Result<FingerprintKey> {
    auto row = impl_->fingerprint_key();
    if (!row.step()) return Error{ErrorCode::internal, "the catalogue has lost its fingerprint key", {}, {}};
    return fixed_bytes<FingerprintKey>(row.bytes(0));
  });
}

}  // namespace touchstone::storage
