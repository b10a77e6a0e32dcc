#include "storage/chain.hpp"

#include <sodium.h>

namespace touchstone::storage {
namespace {

class Hash {
 public:
  Hash() { crypto_generichash_init(&state_, nullptr, 0, std::tuple_size_v<Digest>); }

  void number(std::uint64_t value) {
    std::array<unsigned char, 8> bytes{};
    for (unsigned char& byte : bytes) {
      byte = static_cast<unsigned char>(value);
      value >>= 8U;
    }
    crypto_generichash_update(&state_, bytes.data(), bytes.size());
  }

  void text(std::string_view value) {
    number(value.size());
    crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(value.data()), value.size());
  }

  Digest finish() {
    Digest digest{};
    crypto_generichash_final(&state_, digest.data(), digest.size());
    return digest;
  }

 private:
  crypto_generichash_state state_{};
};

}  // namespace

Digest digest_of(const Change& change) {
  Hash hash;
  hash.text({reinterpret_cast<const char*>(change.previous.data()), change.previous.size()});
  hash.number(change.seq);
  hash.number(static_cast<std::uint64_t>(change.by.at.time_since_epoch().count()));
  hash.text(change.by.name);
  hash.text(change.by.reason);
  hash.number(change.environment);
  hash.text(change.document.entity);
  hash.text(change.document.key);
  hash.number(change.document.version);
  hash.number(change.document.archived ? 1 : 0);
  hash.text(change.document.text);
  return hash.finish();
}

}  // namespace touchstone::storage
