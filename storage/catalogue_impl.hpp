#pragma once

#include "storage/catalogue.hpp"
#include "storage/sqlite/failure.hpp"
#include "storage/sqlite/handle.hpp"
#include "storage/sqlite/statement.hpp"
#include "storage/sqlite/transaction.hpp"

namespace touchstone::storage {

/// The connection with its questions, prepared. Shared by the catalogue's own sources alone.
struct Catalogue::Impl {
  explicit Impl(sqlite::Handle handle);

  sqlite::Handle db;

  sqlite::Statement environment_create;
  sqlite::Statement environments;
  sqlite::Statement environment_find;
  sqlite::Statement config_version;
  sqlite::Statement epoch_raise;

  sqlite::Statement document_current;
  sqlite::Statement document_put;
  sqlite::Statement document_find;
  sqlite::Statement document_version;
  sqlite::Statement documents;
  sqlite::Statement documents_as_of;
  sqlite::Statement documents_after;
  sqlite::Statement document_strays;

  sqlite::Statement chain_head;
  sqlite::Statement chain_advance;
  sqlite::Statement change_add;
  sqlite::Statement changes;
  sqlite::Statement changes_all;
  sqlite::Statement history;

  sqlite::Statement key_add;
  sqlite::Statement key_find;
  sqlite::Statement keys;
  sqlite::Statement key_revoke;
  sqlite::Statement token_add;
  sqlite::Statement token_use;

  sqlite::Statement person_add;
  sqlite::Statement person_find;
  sqlite::Statement person_of;
  sqlite::Statement people;
  sqlite::Statement person_put;
  sqlite::Statement person_link_put;
  sqlite::Statement person_link_find;
  sqlite::Statement person_link_end;
  sqlite::Statement session_open;
  sqlite::Statement session_find;
  sqlite::Statement sessions;
  sqlite::Statement session_see;
  sqlite::Statement session_end;
  sqlite::Statement sessions_end;
  sqlite::Statement sessions_forget;

  sqlite::Statement receipt_forget;
  sqlite::Statement receipt_add;
  sqlite::Statement receipt_find;

  sqlite::Statement erasure_order;
  sqlite::Statement erasure_find;
  sqlite::Statement erasures;
  sqlite::Statement erasure_count;
  sqlite::Statement erasure_finish;
  sqlite::Statement erasure_lift;

  sqlite::Statement expiry_order;
  sqlite::Statement expiries;
  sqlite::Statement expiry_finish;

  sqlite::Statement backup_note;
  sqlite::Statement backups;

  sqlite::Statement quarantine_add;
  sqlite::Statement quarantine_each;
  sqlite::Statement quarantined;
  sqlite::Statement quarantine_release;
  sqlite::Statement fingerprint_key;
};

/// Bytes of a fixed size, such as a digest; zeros where the file holds another size.
template <class Bytes>
Bytes fixed_bytes(std::string_view bytes) {
  Bytes fixed{};
  if (bytes.size() == fixed.size()) std::copy(bytes.begin(), bytes.end(), fixed.begin());
  return fixed;
}

}  // namespace touchstone::storage
