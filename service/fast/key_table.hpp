#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace touchstone::fast {

/// What a key may do; the route table says where.
enum class KeyKind : std::uint8_t {
  client,  ///< public by nature: decisions, and events of its own units
  sdk,     ///< and the rules, for evaluation in the process of the caller
  server,  ///< evaluation and events for any unit, and the reports
  admin,   ///< everything
};
inline constexpr std::array all_key_kinds{KeyKind::client, KeyKind::sdk, KeyKind::server, KeyKind::admin};

[[nodiscard]] std::string_view name_of(KeyKind kind) noexcept;  ///< "client", ...
[[nodiscard]] std::optional<KeyKind> key_kind_named(std::string_view name) noexcept;

using KeyHash = std::array<std::uint8_t, 32>;

/// SHA-256 of a key as issued: all that is kept of it.
[[nodiscard]] KeyHash hash_of_key(std::string_view key) noexcept;

/// Who asks.
struct Caller {
  KeyKind kind = KeyKind::client;
  std::uint32_t environment = 0;
  std::uint64_t key = 0;     ///< the key's number; 0 = the operator, over the private socket
  std::uint32_t person = 0;  ///< whoever is signed in, without a key; 0 = nobody

  friend bool operator==(const Caller&, const Caller&) = default;
};

/// All valid keys by their hash: immutable, replaced whole, read without a lock.
class KeyTable {
 public:
  struct Entry {
    KeyHash hash{};
    Caller caller;
  };

  KeyTable() = default;
  explicit KeyTable(std::vector<Entry> entries);

  /// The caller who holds `key`; nothing for an unknown or revoked one. Hashes are compared in constant time.
  [[nodiscard]] std::optional<Caller> find(std::string_view key) const noexcept;
  /// Likewise, of a key that was hashed before.
  [[nodiscard]] std::optional<Caller> find(const KeyHash& hash) const noexcept;

 private:
  std::vector<Entry> entries_;  ///< sorted by hash
};

/// The token of an `Authorization: Bearer` header; empty for any other header.
[[nodiscard]] std::string_view bearer_token(std::string_view authorization) noexcept;

}  // namespace touchstone::fast
