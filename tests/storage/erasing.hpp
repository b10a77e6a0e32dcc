#pragma once

#include "storage/writer.hpp"
#include "tests/files_with.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {

inline Fingerprint hash_of(const Catalogue& catalogue, const UnitName& unit) {
  return Fingerprinter(catalogue.fingerprint_key().value()).unit(1, unit.ref());
}

/// Orders the erasure of a unit of environment 1, with its audit.
inline Status order_erasure(Writer& writer, const UnitName& unit) {
  return writer.change_and_wait([&](Catalogue& catalogue) -> Status {
    const auto audit = catalogue.put({1, "erasure", "unit", "{}", false, {}}, {"somebody", "", kNoon});
    if (!audit) return audit.error();
    Erasure order;
    order.environment = 1;
    order.unit = hash_of(catalogue, unit);
    order.ordered = kNoon;
    order.change = audit->seq;
    return catalogue.order_erasure(order);
  });
}

inline Status lift_erasure(Writer& writer, const UnitName& unit) {
  return writer.change_and_wait(
      [&](Catalogue& catalogue) { return catalogue.lift_erasure(1, hash_of(catalogue, unit), kNoon); });
}

}  // namespace touchstone::storage
