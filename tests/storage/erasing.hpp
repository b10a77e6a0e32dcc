#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "storage/writer.hpp"
#include "tests/storage/sample.hpp"

namespace touchstone::storage {

/// The files of a directory that hold these bytes anywhere.
inline std::vector<std::string> files_with(const std::filesystem::path& directory, const std::string& bytes) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (all.find(bytes) != std::string::npos) found.push_back(entry.path().filename().string());
  }
  return found;
}

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
