#pragma once

#include <string>

#include "storage/catalogue.hpp"

namespace touchstone::codec {

/// `{"seq", "at", "actor", "reason", "entity", "key", "version", "archived", "document", "previous"}`: one entry of the
/// configuration history with the whole document, and the digest of the change before it ("b2-256:...").
[[nodiscard]] std::string write_change(const storage::Change& change);

}  // namespace touchstone::codec
