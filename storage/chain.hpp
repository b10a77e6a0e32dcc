#pragma once

#include "storage/catalogue.hpp"

namespace touchstone::storage {

/// BLAKE2b-256 over every field of the change, `previous` included; texts are preceded by their length.
[[nodiscard]] Digest digest_of(const Change& change);

}  // namespace touchstone::storage
