#include "service/app/secrets.hpp"

#include <string_view>

#include <sodium.h>

#include "storage/event_set.hpp"

namespace touchstone::app {

namespace {

/// BLAKE2b of the purpose under the key: keys for different purposes tell nothing about each other.
template <class Derived>
void derive(Derived& into, std::string_view purpose, const storage::FingerprintKey& key) {
  static_assert(sizeof(storage::FingerprintKey) >= crypto_generichash_KEYBYTES_MIN);
  static_assert(sizeof(Derived) >= crypto_generichash_BYTES_MIN);
  crypto_generichash(into.data(), into.size(), reinterpret_cast<const unsigned char*>(purpose.data()), purpose.size(),
                     key.data(), key.size());
}

}  // namespace

Secrets secrets_of(const storage::FingerprintKey& key) {
  Secrets secrets;
  secrets.events = storage::event_set_key(key);
  derive(secrets.draws, "touchstone-1k", key);
  derive(secrets.previews, "preview", key);
  derive(secrets.streams, "stream", key);
  derive(secrets.reports, "report", key);
  return secrets;
}

}  // namespace touchstone::app
