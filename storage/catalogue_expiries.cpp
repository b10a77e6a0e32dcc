#include "storage/catalogue.hpp"
#include "storage/catalogue_impl.hpp"

namespace touchstone::storage {
namespace {

Expiry read_expiry(const sqlite::Rows& row) {
  Expiry expiry{row.number<std::uint32_t>(0), row.time(1), row.time(2), row.number<std::uint64_t>(3), {}};
  if (!row.null(4)) expiry.finished = row.time(4);
  return expiry;
}

}  // namespace

Status Catalogue::order_expiry(const Expiry& order) {
  return sqlite::answering([&]() -> Status {
    auto row = impl_->expiry_order(order.environment, order.kept_from, order.ordered, order.change);
    return row.step() ? ok() : Error{ErrorCode::conflict, "these events were let go already", {}, {}};
  });
}

Result<std::vector<Expiry>> Catalogue::expiries() const {
  return sqlite::answering([&]() -> Result<std::vector<Expiry>> {
    std::vector<Expiry> all;
    for (auto row = impl_->expiries(); row.step();) all.push_back(read_expiry(row));
    return all;
  });
}

Result<std::size_t> Catalogue::expire_quarantined(const Expiry& order) {
  return sqlite::answering([&]() -> Result<std::size_t> {
    std::size_t taken = 0;
    std::uint64_t after = 0;
    while (true) {
      auto aside = quarantined_after(after);
      if (!aside) return aside.error();
      if (!*aside) return taken;
      after = (*aside)->id;
      const bool old = (*aside)->batch.events.front().received < order.kept_from;
      if ((*aside)->environment != order.environment || !old) continue;
      if (Status released = release(order.environment, after); !released) return released.error();
      ++taken;
    }
  });
}

Status Catalogue::finish_expiry(std::uint32_t environment, Time at) {
  return sqlite::answering([&]() -> Status {
    impl_->expiry_finish.run(environment, at);
    return ok();
  });
}

}  // namespace touchstone::storage
