#pragma once

#include "storage/sqlite/handle.hpp"

namespace touchstone::storage::sqlite {

/// All or nothing: undone unless `commit` returned. Throws Failure.
class Transaction {
 public:
  explicit Transaction(Handle& handle);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  void commit();

 private:
  Handle* handle_;
};

}  // namespace touchstone::storage::sqlite
