#pragma once

#include <string>
#include <string_view>

#include "assign/result.hpp"
#include "storage/catalogue.hpp"

namespace touchstone::codec {

/// What a request for a new API key says: `{"kind": client|sdk|server|admin, "name"?}`; name 200 bytes.
struct KeyWish {
  storage::KeyKind kind = storage::KeyKind::client;
  std::string name;
};
[[nodiscard]] Result<KeyWish> read_key_wish(std::string_view json);

/// `{"id", "kind", "name", "prefix", "created_at", "revoked_at", "secret"}`; revoked_at is null while the key is good,
/// and `secret`, the key itself, is there only in the answer that hands it out.
[[nodiscard]] std::string write_api_key(const storage::ApiKey& key, std::string_view secret = "");

}  // namespace touchstone::codec
