#include "storage/catalogue.hpp"
#include "storage/catalogue_impl.hpp"

namespace touchstone::storage {

Status Catalogue::keep_receipt(const Receipt& receipt, Time oldest) {
  return sqlite::answering([&]() -> Status {
    impl_->receipt_forget.run(oldest);
    auto row = impl_->receipt_add(sqlite::blob(receipt.name), sqlite::blob(receipt.request), receipt.at,
                                  sqlite::blob(receipt.answer));
    return row.step() ? ok() : Error{ErrorCode::conflict, "this request is answered already", {}, {}};
  });
}

Result<Receipt> Catalogue::receipt(const Digest& name) const {
  return sqlite::answering([&]() -> Result<Receipt> {
    auto row = impl_->receipt_find(sqlite::blob(name));
    if (!row.step()) return Error{ErrorCode::not_found, "no such receipt", {}, {}};
    return Receipt{name, fixed_bytes<Digest>(row.bytes(0)), row.time(1), std::string(row.bytes(2))};
  });
}

}  // namespace touchstone::storage
