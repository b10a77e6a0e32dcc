#include "service/app/keys.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "service/app/salt.hpp"
#include "service/app/token_digest.hpp"
#include "service/codec/json_writer.hpp"
#include "service/codec/time_text.hpp"

namespace touchstone::app {

namespace {

constexpr std::string_view kWord = "key";
constexpr std::size_t kShown = 8;  ///< characters of the secret part that the id shows
constexpr std::chrono::hours kTokenLife{24};

IssuedKey new_key(fast::KeyKind kind, std::string name) {
  IssuedKey key;
  const auto prefix = "ts_" + std::string(fast::name_of(kind)) + "_";
  key.secret = prefix + new_secret();
  key.id = key.secret.substr(0, prefix.size() + kShown);
  key.kind = kind;
  key.name = std::move(name);
  return key;
}

/// The audit document of a key: everything about it but the key.
std::string document_of(std::string_view id, storage::KeyKind kind, std::string_view name, bool revoked) {
  std::string text;
  codec::JsonWriter(text)
      .begin_object()
      .key("id")
      .text(id)
      .key("kind")
      .text(storage::name_of(kind))
      .key("name")
      .text(name)
      .key("revoked")
      .boolean(revoked)
      .end_object();
  return text;
}

Status check_name(std::string_view name) {
  if (name.size() <= 200) return ok();
  return Error{ErrorCode::invalid, "the name is longer than 200 bytes", "/name", "Shorten it."};
}

Revision::Edit audit_of(const storage::ApiKey& key, bool revoked) {
  return {kWord, key.prefix, document_of(key.prefix, key.kind, key.name, revoked), revoked, revoked ? 1U : 0U};
}

template <class Made>
storage::CatalogueCommand told(const Besides<Made>& besides, const Made& made) {
  return besides ? besides(made) : storage::CatalogueCommand();
}

Result<storage::ApiKey> find_key(const Service& service, std::uint32_t environment, std::string_view id) {
  auto keys = list_keys(service, environment);
  if (!keys) return keys.error();
  const auto found = std::ranges::find(*keys, id, &storage::ApiKey::prefix);
  if (found == keys->end()) return no_such(kWord, id);
  if (found->revoked) return Error{ErrorCode::conflict, "this key is revoked already", "", ""};
  return *found;
}

}  // namespace

Result<IssuedKey> create_key(Service& service, std::uint32_t environment, fast::KeyKind kind, std::string name,
                             const storage::Actor& by, const Besides<IssuedKey>& besides) {
  if (auto named = check_name(name); !named) return named.error();
  IssuedKey issued = new_key(kind, std::move(name));
  storage::ApiKey key;
  key.environment = environment;
  key.kind = static_cast<storage::KeyKind>(kind);
  key.name = issued.name;
  key.prefix = issued.id;
  key.created = by.at;
  auto add = [key, digest = token_digest(issued.secret)](storage::Catalogue& catalogue) -> Status {
    const auto added = catalogue.add_key(key, digest);
    return added ? ok() : Status(added.error());
  };
  auto done = service.change(environment, by, [&](Revision& revision) {
    revision.put_key(audit_of(key, false), add);
    if (auto also = told(besides, issued)) revision.attach(std::move(also));
    return ok();
  });
  if (!done) return done.error();
  return issued;
}

Result<std::vector<storage::ApiKey>> list_keys(const Service& service, std::uint32_t environment) {
  return service.ask([environment](const storage::Catalogue& catalogue) { return catalogue.keys(environment); });
}

Status revoke_key(Service& service, std::uint32_t environment, std::string_view id, const storage::Actor& by) {
  const auto key = find_key(service, environment, id);
  if (!key) return key.error();
  auto revoke = [environment, number = key->id, at = by.at](storage::Catalogue& catalogue) {
    return catalogue.revoke_key(environment, number, at);
  };
  return service.change(environment, by, [&](Revision& revision) {
    revision.put_key(audit_of(*key, true), revoke);
    return ok();
  });
}

Result<bool> has_admin_key(const Service& service, std::uint32_t environment) {
  const auto keys = list_keys(service, environment);
  if (!keys) return keys.error();
  return std::ranges::any_of(
      *keys, [](const storage::ApiKey& key) { return key.kind == storage::KeyKind::admin && !key.revoked; });
}

Result<std::string> create_setup_token(Service& service, const Besides<std::string>& besides) {
  const auto token = new_secret();
  auto stored =
      service.writer().change_and_wait([digest = token_digest(token), expires = service.now() + kTokenLife,
                                        also = told(besides, token)](storage::Catalogue& catalogue) -> Status {
        if (auto added = catalogue.add_setup_token(digest, expires); !added) return added;
        return also ? also(catalogue) : ok();
      });
  if (!stored) return stored.error();
  return token;
}

}  // namespace touchstone::app
