#include "storage/sqlite/transaction.hpp"

#include <sqlite3.h>

namespace touchstone::storage::sqlite {

Transaction::Transaction(Handle& handle) : handle_(&handle) { handle.run("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
  if (handle_ != nullptr) sqlite3_exec(handle_->raw(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  handle_->run("COMMIT");
  handle_ = nullptr;
}

}  // namespace touchstone::storage::sqlite
