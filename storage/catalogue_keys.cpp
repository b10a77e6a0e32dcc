#include "storage/catalogue.hpp"
#include "storage/catalogue_impl.hpp"

namespace touchstone::storage {
namespace {

ApiKey read_key(const sqlite::Rows& row) {
  ApiKey key;
  key.id = row.number<std::uint32_t>(0);
  key.environment = row.number<std::uint32_t>(1);
  key.kind = row.number<KeyKind>(2);
  key.name = row.text(3);
  key.prefix = row.text(4);
  key.created = row.time(5);
  if (!row.null(6)) key.revoked = row.time(6);
  key.sha256 = fixed_bytes<Digest>(row.bytes(7));
  return key;
}

Error no_key() { return {ErrorCode::not_found, "no such key", {}, {}}; }

}  // namespace

Result<ApiKey> Catalogue::add_key(const ApiKey& key, const Digest& sha256) {
  return sqlite::answering([&]() -> Result<ApiKey> {
    if (const auto known = config_version(key.environment); !known) return known.error();
    auto row = impl_->key_add(key.environment, static_cast<std::uint8_t>(key.kind), std::string_view(key.name),
                              std::string_view(key.prefix), sqlite::blob(sha256), key.created);
    if (!row.step()) return Error{ErrorCode::conflict, "this key exists", {}, {}};
    ApiKey added = key;
    added.id = row.number<std::uint32_t>(0);
    return added;
  });
}

Result<ApiKey> Catalogue::find_key(const Digest& sha256) const {
  return sqlite::answering([&]() -> Result<ApiKey> {
    auto row = impl_->key_find(sqlite::blob(sha256));
    if (!row.step()) return no_key();
    return read_key(row);
  });
}

Result<std::vector<ApiKey>> Catalogue::keys(std::uint32_t environment) const {
  return sqlite::answering([&]() -> Result<std::vector<ApiKey>> {
    std::vector<ApiKey> all;
    for (auto row = impl_->keys(environment); row.step();) all.push_back(read_key(row));
    return all;
  });
}

Status Catalogue::revoke_key(std::uint32_t environment, std::uint32_t id, Time at) {
  return sqlite::answering([&]() -> Status {
    auto row = impl_->key_revoke(environment, id, at);
    return row.step() ? ok() : no_key();
  });
}

Status Catalogue::add_setup_token(const Digest& sha256, Time expires) {
  return sqlite::answering([&]() -> Status {
    impl_->token_add.run(sqlite::blob(sha256), expires);
    return ok();
  });
}

Status Catalogue::use_setup_token(const Digest& sha256, Time now) {
  return sqlite::answering([&]() -> Status {
    auto row = impl_->token_use(sqlite::blob(sha256), now);
    if (row.step()) return ok();
    return Error{ErrorCode::unauthorized, "this setup link is used, expired or unknown", {}, "Ask for a new one."};
  });
}

std::string_view name_of(KeyKind kind) noexcept {
  switch (kind) {
    case KeyKind::client:
      return "client";
    case KeyKind::sdk:
      return "sdk";
    case KeyKind::server:
      return "server";
    case KeyKind::admin:
      return "admin";
  }
  return "unknown";
}

}  // namespace touchstone::storage
