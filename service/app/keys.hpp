#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assign/result.hpp"
#include "service/app/service.hpp"
#include "service/fast/key_table.hpp"
#include "storage/catalogue.hpp"

namespace touchstone::app {

/// A key as its owner sees it, once: nobody can show it again.
struct IssuedKey {
  std::string secret;  ///< ts_<kind>_ and 43 characters
  std::string id;      ///< its first characters: what lists and the audit show
  fast::KeyKind kind = fast::KeyKind::client;
  std::string name;
};

/// What else happens in the transaction that stores a new secret, of which it is told; may be empty, and so may be the
/// command it gives.
template <class Made>
using Besides = std::function<storage::CatalogueCommand(const Made&)>;

/// Makes a key and stores its SHA-256. It works as soon as this returns.
[[nodiscard]] Result<IssuedKey> create_key(Service& service, std::uint32_t environment, fast::KeyKind kind,
                                           std::string name, const storage::Actor& by,
                                           const Besides<IssuedKey>& besides = {});

[[nodiscard]] Result<std::vector<storage::ApiKey>> list_keys(const Service& service, std::uint32_t environment);

/// It stops working as soon as this returns. Errors: not_found; conflict where it was revoked before.
[[nodiscard]] Status revoke_key(Service& service, std::uint32_t environment, std::string_view id,
                                const storage::Actor& by);

/// True where somebody can administer the environment over HTTP.
[[nodiscard]] Result<bool> has_admin_key(const Service& service, std::uint32_t environment);

/// A token that lets somebody become the first administrator, within a day; of a demo, look at it.
[[nodiscard]] Result<std::string> create_setup_token(Service& service, const Besides<std::string>& besides = {});

}  // namespace touchstone::app
